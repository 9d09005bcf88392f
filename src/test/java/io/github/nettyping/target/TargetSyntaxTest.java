package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSyntaxTest {

    private static final String OCTET = "a number from 0 to 255 without leading zeros";
    private static final String QUAD = "four octets with dots between them";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "192.0.02.1 | 7 | leading zero in 02 | OCTET",
                "192.0.00.1 | 7 | leading zero in 00 | OCTET",
                "192.0.2.256 | 9 | 256 is out of range | OCTET",
                "192.0.2.99999999999999999999 | 9 | 99999999999999999999 is out of range | OCTET",
                "10 | 3 | the word ends | QUAD",
                "10.1 | 5 | the word ends | QUAD",
                "10.1.2 | 7 | the word ends | QUAD",
                "10.1.2. | 8 | the word ends | OCTET",
                ".10.1.2 | 1 | '.' cannot stand here | OCTET",
                "10..1.2 | 4 | '.' cannot stand here | OCTET",
                "10.1.2.3.4 | 9 | '.' cannot stand here | the end of the word after four octets",
                "10.1.2.3. | 9 | '.' cannot stand here | the end of the word after four octets",
                "- | 1 | '-' cannot stand here | OCTET",
                "1-2 | 4 | the word ends | QUAD",
                "10.1/24 | 5 | '/' cannot stand here | QUAD",
                "10.0.0.0/33 | 10 | 33 is out of range | a prefix length from 0 to 32",
                "10.0.0.0/08 | 10 | leading zero in 08 | a prefix length from 0 to 32",
                "10.0.0.0/ | 10 | the word ends | a prefix length from 0 to 32",
                "10.0.0.0/-1 | 10 | '-' cannot stand here | a prefix length from 0 to 32",
                "10.0.0.0/24/25 | 12 | '/' cannot stand here | the end of the word after the prefix length",
                "10.0.0.0/24-26 | 12 | '-' cannot stand here | the end of the word after the prefix length",
                "/24 | 1 | '/' cannot stand here | OCTET",
                "10.0-3.0.0/24 | 5 | '-' cannot stand here | QUAD",
                "10.0.0.0-9/24 | 9 | '-' cannot stand here | '/' and a prefix length: ranges and lists take none",
                "192.0.2.99-192.0.2.10 | 12 | the range runs backwards | a last address not below the first",
                "192.0.2.1-192.0.2 | 18 | the word ends | QUAD",
                "192.0.2.1-192.0.2.5.6 | 20 | '.' cannot stand here"
                        + "| the end of the word after the last address of the range",
                "192.0.2.1-192.0.2.5,7 | 20 | ',' cannot stand here"
                        + "| the end of the word after the last address of the range",
                "192.0.2.1,192.0.2.5 | 10 | ',' cannot stand here | '-' and the last address of a range",
                "192.0.2.99-10 | 12 | the range runs backwards | a number not below 99",
                "192.0.2.10-256 | 12 | 256 is out of range | OCTET",
                "192.0.2.10- | 12 | the word ends | OCTET",
                "192.0.2.-10 | 9 | '-' cannot stand here | OCTET",
                "192.0.2.1-2-3 | 12 | '-' cannot stand here | the end of the word after four octets",
                "192.0.2.1, | 11 | the word ends | OCTET",
                "192.0.2.,1 | 9 | ',' cannot stand here | OCTET",
                "192.0.2.1,,2 | 11 | ',' cannot stand here | OCTET",
                "10.0-03.1.1 | 6 | leading zero in 03 | OCTET",
                "0-255.0-255.0-255.0,2 | 1 | the lists make 33554432 separate ranges"
                        + "| at most 16777216; ranges in the last octets cost less than lists"
            })
    void refusesAnIpv4WordAtThisPlace(String word, int character, String problem, String expected) {
        String full = expected.equals("OCTET") ? OCTET : expected.equals("QUAD") ? QUAD : expected;

        assertThatThrownBy(() -> Targets.parse(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessage('"' + word + "\", character " + character + ": " + problem + "; expected " + full);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ": | 1 | ':' cannot stand here | a group of 1 to 4",
                ":1 | 1 | ':' cannot stand here | a group of 1 to 4",
                "1: | 3 | the word ends | a group of 1 to 4",
                "1:2 | 4 | the word ends | eight groups",
                "1:2:3:4:5:6:7 | 14 | the word ends | eight groups",
                "1:2:3:4:5:6:7: | 15 | the word ends | a group of 1 to 4",
                "1:2:3:4:5:6:7:8: | 16 | ':' cannot stand here | the end of the word",
                "1:2:3:4:5:6:7:8:9 | 16 | ':' cannot stand here | the end of the word",
                "1:2:3:4:5:6:7:8:: | 16 | more than eight groups | eight groups",
                "::1:2:3:4:5:6:7:8 | 1 | '::' among eight groups stands for none | eight groups",
                "1:2:3:4::5:6:7:8 | 8 | '::' among eight groups stands for none | eight groups",
                "1::2::3 | 5 | a second '::' | one at most",
                "1:::2 | 4 | ':' cannot stand here | the end of the word",
                "::: | 3 | ':' cannot stand here | the end of the word",
                "2001:db8::12345 | 11 | a group of 5 digits | a group of 1 to 4",
                "2001:db8::00001 | 11 | a group of 5 digits | a group of 1 to 4",
                "2001:db8::fffffffffffffffff1 | 11 | a group of 18 digits | a group of 1 to 4",
                "2001:db8::g | 11 | 'g' cannot stand here | the end of the word",
                "2001:db8::1g | 12 | 'g' cannot stand here | the end of the word",
                "[2001:db8::1] | 1 | an address in brackets | its host alone, 2001:db8::1",
                "http://h | 1 | a URL | its host alone, h",
                "ssh://u@[::1%eth0]:22/x | 1 | a URL | its host alone, ::1%eth0",
                "host.example:443 | 1 | a port, which ICMP does not have | its host alone, host.example",
                "[::1]:443 | 1 | a port, which ICMP does not have | its host alone, ::1",
                "192.0.2.1:80 | 1 | a port, which ICMP does not have | its host alone, 192.0.2.1",
                "192.0.2.1-2001:db8::1 | 1 | an IPv4 address cannot stand here | it in place",
                "1:2:3:4:5:192.0.2.1 | 11 | an IPv4 address cannot stand here | it in place",
                "1:2:3:4:5:6:7:192.0.2.1 | 15 | an IPv4 address cannot stand here | it in place",
                "1::3:4:5:6:7:192.0.2.1 | 14 | an IPv4 address cannot stand here | it in place",
                "::192.0.2.01 | 11 | leading zero in 01 | a number from 0",
                "::192.0.2.256 | 11 | 256 is out of range | a number from 0",
                "::192.0.2 | 10 | the word ends | four octets",
                "::1.2.3.4:5 | 10 | ':' cannot stand here | the end of the word",
                "::a.2.3.4 | 3 | 'a' cannot stand here | a number from 0",
                "2001:db8::/129 | 12 | 129 is out of range | a prefix length from 0 to 128",
                "2001:db8::/064 | 12 | leading zero in 064 | a prefix length from 0 to 128",
                "2001:db8::/ | 12 | the word ends | a prefix length from 0 to 128",
                "2001:db8::/120-2001:db8::1 | 15 | '-' cannot stand here | the end of the word after the prefix",
                "2001:db8::/120%eth0 | 15 | '%' cannot stand here | the end of the word after the prefix",
                "2001:db8::ff-2001:db8::1 | 14 | the range runs backwards | a last address not below the first",
                "2001:db8::1-ff | 15 | the word ends | eight groups",
                "2001:db8::1- | 13 | the word ends | a group of 1 to 4",
                "2001:db8::1,2001:db8::2 | 12 | ',' cannot stand here | the end of the word"
            })
    void refusesAnIpv6WordAtThisPlace(String word, int character, String problem, String expected) {
        assertThatThrownBy(() -> Targets.parse(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith(
                        '"' + word + "\", character " + character + ": " + problem + "; expected " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, IPV4",
        "'10.0-3.1,5.1-254', IPV4",
        "192.0.2.0/24, IPV4",
        "1, IPV4",
        "-, IPV4",
        "2001:db8::1, IPV6",
        "fe80::1%eth0, IPV6",
        "host.example, NAME",
        "10.0.0.x, NAME",
        "a, NAME",
        "xn--bcher-kva.example, NAME",
        "192.0.2.1%eth0, NAME",
        "१.२.३.४, NAME"
    })
    void tellsAddressesFromNamesByTheirCharacters(String word, TargetWord kind) {
        assertThat(TargetWord.of(word)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"host.example", "10.0.0.x", "bücher.example", "_service.host"})
    void aHostNameIsRefusedWithWhatToDo(String word) {
        assertThatThrownBy(() -> Targets.parse(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessage('"' + word + "\", character 1: a host name; expected an address, a prefix or a range;"
                        + " resolve the name and add its address");
    }

    @ParameterizedTest
    @CsvSource({
        "host.example/24, 13, /",
        "192.0.2.1%eth0, 10, %",
        "'192.0.2.1 ', 10, ' '",
        "' 192.0.2.1', 1, ' '",
        "user@host, 5, @",
        "'a,b', 2, ','"
    })
    void namesTheCharacterThatNoTargetHolds(String word, int character, String stray) {
        assertThatThrownBy(() -> Targets.parse(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith(
                        '"' + word + "\", character " + character + ": '" + stray + "' cannot stand here");
    }

    @Test
    void refusesTheEmptyWord() {
        assertThatThrownBy(() -> Targets.parse(""))
                .hasMessage("\"\", character 1: the word ends; expected an address, a prefix or a range");
    }

    @Test
    void aMessageCarriesNoControlCharacterOfTheWord() {
        assertThatThrownBy(() -> Targets.parse("192.0.2.1\u001b[31m\u202e\0"))
                .hasMessageStartingWith("\"192.0.2.1\\x1b[31m\\u202e\\x00\", character 10: '\\x1b' cannot stand here");
    }

    @Test
    void aMessageShowsTheBeginningOfALongWord() {
        assertThatThrownBy(() -> Targets.parse("1".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).startsWith("\"1111"));
    }

    @Test
    void anExceptionTellsItsPartsToPrograms() {
        TargetSyntaxException e = catchThrowableOfType(TargetSyntaxException.class, () -> Targets.parse("192.0.2.256"));

        assertThat(e.word()).isEqualTo("192.0.2.256");
        assertThat(e.character()).isEqualTo(9);
        assertThat(e.expected()).isEqualTo(OCTET);
    }

    @Test
    void aRefusedWordAddsNothing() {
        Targets.Builder builder = Targets.builder().add("192.0.2.1");

        assertThatThrownBy(() -> builder.add("192.0.2.1,2,x")).isInstanceOf(TargetSyntaxException.class);
        assertThatThrownBy(() -> builder.add("192.0.2.1-3,300")).isInstanceOf(TargetSyntaxException.class);

        assertThat(builder.build().count()).isEqualTo(1);
    }
}
