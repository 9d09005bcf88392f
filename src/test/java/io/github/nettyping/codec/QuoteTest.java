package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {

    private static final byte[] PAYLOAD = Packets.hex("0102030405060708090a0b0c0d");
    private static final byte[] REQUEST_V4 = Packets.concat(Packets.hex("08 00 0000 1234 5678"), PAYLOAD);
    private static final byte[] REQUEST_V6 = Packets.concat(Packets.hex("80 00 0000 1234 5678"), PAYLOAD);
    private static final byte[] QUOTE_V4 = Packets.ipv4(Packets.US, Packets.TARGET, REQUEST_V4);
    private static final byte[] QUOTE_V6 =
            Packets.ipv6(Packets.US_V6, Packets.TARGET_V6, Ipv6Header.ICMPV6, REQUEST_V6);

    /** Puts a quote into a time exceeded message and takes it out again. */
    private static Optional<Quote> quoted(IpFamily family, String rest, byte[] quote) {
        SocketKind kind = SocketKind.of(family, true);
        boolean v4 = family == IpFamily.IPV4;
        byte[] icmp = Packets.concat(Packets.hex(v4 ? "0b00" : "0300", "0000", rest), quote);
        IcmpPacket packet = Packets.delivered(kind, v4 ? Packets.ROUTER : Packets.ROUTER_V6, icmp);
        return Packets.decode(IcmpError.class, kind, packet).quote();
    }

    private static Optional<Quote> v4(byte[] quote) {
        return quoted(IpFamily.IPV4, "00000000", quote);
    }

    private static Optional<Quote> v6(byte[] quote) {
        return quoted(IpFamily.IPV6, "00000000", quote);
    }

    private static Optional<Quote> v6(int next, String extensions) {
        return v6(Packets.ipv6(
                Packets.US_V6, Packets.TARGET_V6, next, Packets.concat(Packets.hex(extensions), REQUEST_V6)));
    }

    private static byte[] with(byte[] bytes, int index, String replacement) {
        byte[] changed = bytes.clone();
        byte[] part = Packets.hex(replacement);
        System.arraycopy(part, 0, changed, index, part.length);
        return changed;
    }

    private static Quote expectedV4(byte[] payload) {
        return Quote.of(Packets.TARGET, Optional.of(Packets.US), 0x1234, 0x5678, payload);
    }

    private static Quote expectedV6(byte[] payload) {
        return Quote.of(Packets.TARGET_V6, Optional.of(Packets.US_V6), 0x1234, 0x5678, payload);
    }

    @Test
    void readsAllThatIsQuoted() {
        assertThat(v4(QUOTE_V4)).contains(expectedV4(PAYLOAD));
        assertThat(v6(QUOTE_V6)).contains(expectedV6(PAYLOAD));
    }

    @Test
    void readsThePayloadInNetworkOrderAtAnyOffset() {
        Quote quote = v4(QUOTE_V4).orElseThrow();

        assertThat(quote.payloadBytes()).isEqualTo(13);
        assertThat(quote.payloadLong(0)).isEqualTo(0x0102030405060708L);
        assertThat(quote.payloadLong(5)).isEqualTo(0x060708090a0b0c0dL);
        assertThat(quote.payloadInt(9)).isEqualTo(0x0a0b0c0d);
    }

    @Test
    void refusesPayloadThatIsNotQuoted() {
        Quote quote = v4(QUOTE_V4).orElseThrow();

        assertThatThrownBy(() -> quote.payloadLong(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> quote.payloadInt(10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> quote.payloadInt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void quoteOfAnyLengthTellsAsMuchAsItHolds() {
        for (int length = 0; length <= QUOTE_V4.length; length++) {
            Optional<Quote> quote = v4(Arrays.copyOf(QUOTE_V4, length));
            assertThat(quote).isEqualTo(length < 28 ? Optional.empty() : Optional.of(expectedV4(head(length - 28))));
        }
        for (int length = 0; length <= QUOTE_V6.length; length++) {
            Optional<Quote> quote = v6(Arrays.copyOf(QUOTE_V6, length));
            assertThat(quote).isEqualTo(length < 48 ? Optional.empty() : Optional.of(expectedV6(head(length - 48))));
        }
    }

    private static byte[] head(int length) {
        return Arrays.copyOf(PAYLOAD, length);
    }

    @Test
    void skipsQuotedIpOptions() {
        byte[] options = Packets.hex("07 07 04 00000000 00");
        byte[] quote = Packets.concat(
                with(Arrays.copyOf(QUOTE_V4, 20), 0, "47"), options, Arrays.copyOfRange(QUOTE_V4, 20, QUOTE_V4.length));

        // The total length was not raised by the 8 bytes of the options: so much of the payload is cut.
        assertThat(v4(quote)).contains(expectedV4(head(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 44", // a header of 4 words
        "0, 4f", // a header beyond the quote
        "0, 65", // IPv6
        "6, 0001", // a later fragment
        "6, 3fff", // a later fragment, more to come
        "9, 11", // UDP
        "20, 00", // an echo reply
        "20, 0d" // a timestamp request
    })
    void quoteOfAnythingButAnEchoRequestIsEmpty(int index, String replacement) {
        assertThat(v4(with(QUOTE_V4, index, replacement))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 45", // IPv4
        "6, 11", // UDP
        "6, 3b", // no next header
        "6, 32", // encrypted
        "40, 81", // an echo reply
        "40, 08" // an echo request of the other family
    })
    void quoteOfAnythingButAnIpv6EchoRequestIsEmpty(int index, String replacement) {
        assertThat(v6(with(QUOTE_V6, index, replacement))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "6, 2000", // a first fragment: the ICMP header is there
        "6, 4000" // don't fragment
    })
    void flagsBesideTheFragmentOffsetDoNotMatter(int index, String replacement) {
        assertThat(v4(with(QUOTE_V4, index, replacement))).contains(expectedV4(PAYLOAD));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3a 00 0104 00000000", // hop-by-hop: padding
        "43, 3a 00 0000 00000000", // routing
        "60, 3a 01 010c 000000000000000000000000", // destination options of 16 bytes
        "44, 3a 00 0001 deadbeef", // fragment: offset 0, more to come
        "0, 3c 00 0104 00000000 2b 00 0104 00000000 2c 00 0000 00000000 3a 00 0001 deadbeef"
    })
    void walksIpv6ExtensionHeaders(int next, String extensions) {
        assertThat(v6(next, extensions)).contains(expectedV6(PAYLOAD));
    }

    @ParameterizedTest
    @CsvSource({
        "44, 3a 00 0009 deadbeef", // a later fragment
        "0, 3a ff 0104 00000000", // longer than the quote
        "60, 11 00 0104 00000000", // UDP behind it
        "0, 00 00 0104 00000000" // the request taken for an option
    })
    void extensionHeadersWithoutAnEchoRequestBehindThemQuoteNothing(int next, String extensions) {
        assertThat(v6(next, extensions)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 100})
    void paddingBehindTheQuotedPacketIsNoPayload(int padding) {
        assertThat(v4(Packets.concat(QUOTE_V4, new byte[padding]))).contains(expectedV4(PAYLOAD));
        assertThat(v6(Packets.concat(QUOTE_V6, new byte[padding]))).contains(expectedV6(PAYLOAD));
    }

    @Test
    void impossibleQuotedLengthIsIgnored() {
        assertThat(v4(with(QUOTE_V4, Ipv4Layout.TOTAL_LENGTH, "001b"))).contains(expectedV4(PAYLOAD));
        assertThat(v6(with(QUOTE_V6, Ipv6Header.PAYLOAD_LENGTH, "0000"))).contains(expectedV6(PAYLOAD));
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 00200000, 100", // 32 words: 128 bytes, of which 28 are headers
        "IPV6, 10000000, 80", // 16 double words: 128 bytes, of which 48 are headers
        "IPV4, 001f0000, 200", // 124 bytes are no length by RFC 4884
        "IPV6, 0f000000, 200",
        "IPV4, 00ff0000, 200", // beyond what arrived
        "IPV4, 20000000, 200", // another byte
        "IPV6, 00200000, 200"
    })
    void extensionsBehindTheQuoteAreNoPayload(IpFamily family, String rest, int payloadBytes) {
        byte[] payload = new byte[200];
        byte[] quote = family == IpFamily.IPV4
                ? Packets.ipv4(Packets.US, Packets.TARGET, Packets.concat(Arrays.copyOf(REQUEST_V4, 8), payload))
                : Packets.ipv6(
                        Packets.US_V6,
                        Packets.TARGET_V6,
                        Ipv6Header.ICMPV6,
                        Packets.concat(Arrays.copyOf(REQUEST_V6, 8), payload));

        assertThat(quoted(family, rest, quote).orElseThrow().payloadBytes()).isEqualTo(payloadBytes);
    }

    @Test
    void pointerOfAnIpv6ParameterProblemIsNoLength() {
        byte[] payload = new byte[200];
        byte[] quote = Packets.ipv6(
                Packets.US_V6,
                Packets.TARGET_V6,
                Ipv6Header.ICMPV6,
                Packets.concat(Arrays.copyOf(REQUEST_V6, 8), payload));
        byte[] icmp = Packets.concat(Packets.hex("0400 0000 10000000"), quote);

        IcmpError error = Packets.decode(IcmpError.class, SocketKind.IPV6_RAW, Packets.packet(Packets.ROUTER_V6, icmp));

        assertThat(error.quote().orElseThrow().payloadBytes()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"fe80::5, 3", "febf::5, 3", "ff02::1, 3", "fec0::5, 0", "fe7f::5, 0", "ff05::1, 0", "2001:db8::5, 0"})
    void linkLocalDestinationIsOnTheLinkOfTheError(String destination, int scopeId) {
        IpAddress quoted = Packets.address(destination);
        byte[] icmp = Packets.concat(
                Packets.hex("0103 0000 00000000"), Packets.ipv6(Packets.US_V6, quoted, Ipv6Header.ICMPV6, REQUEST_V6));
        IpAddress router = new IpAddress(0xfe80L << 48, 9, 3);

        IcmpError error = Packets.decode(IcmpError.class, SocketKind.IPV6_RAW, Packets.packet(router, icmp));

        assertThat(error.from()).contains(router);
        assertThat(error.quote().orElseThrow().destination())
                .isEqualTo(new IpAddress(quoted.high(), quoted.low(), scopeId));
    }

    @ParameterizedTest
    @ValueSource(ints = {Ipv6Header.SOURCE, Ipv6Header.DESTINATION})
    void mappedAddressInAnIpv6HeaderQuotesNothing(int index) {
        byte[] mapped =
                ByteBuffer.allocate(16).putLong(0).putLong(Packets.TARGET.low()).array();
        byte[] quote = QUOTE_V6.clone();
        System.arraycopy(mapped, 0, quote, index, mapped.length);

        assertThat(v6(quote)).isEmpty();
    }

    @Test
    void quotesAreEqualByAllTheyTell() {
        Quote quote = expectedV4(PAYLOAD);

        assertThat(quote).isEqualTo(expectedV4(PAYLOAD)).hasSameHashCodeAs(expectedV4(PAYLOAD));
        assertThat(quote)
                .isNotEqualTo(expectedV4(head(5)))
                .isNotEqualTo(Quote.of(Packets.US, Optional.of(Packets.US), 0x1234, 0x5678, PAYLOAD))
                .isNotEqualTo(Quote.of(Packets.TARGET, Optional.empty(), 0x1234, 0x5678, PAYLOAD))
                .isNotEqualTo(Quote.of(Packets.TARGET, Optional.of(Packets.US), 0x1235, 0x5678, PAYLOAD))
                .isNotEqualTo(Quote.of(Packets.TARGET, Optional.of(Packets.US), 0x1234, 0x5679, PAYLOAD));
        assertThat(quote)
                .hasToString("Quote(destination=198.18.0.5, source=192.0.2.1, identifier=4660, sequence=22136,"
                        + " 13 payload bytes)");
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatThrownBy(() -> Quote.of(Packets.TARGET, Optional.empty(), 65_536, 0, PAYLOAD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identifier: 65536");
    }
}
