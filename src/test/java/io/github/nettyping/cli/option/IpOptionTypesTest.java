package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class IpOptionTypesTest {

    @Test
    void sizesAndHopLimitsKeepTheirRanges() {
        assertThat(new OptionTypes.PayloadBytes().convert("0")).isZero();
        assertThat(new OptionTypes.PayloadBytes().convert("65507")).isEqualTo(65_507);
        assertRefused(new OptionTypes.PayloadBytes(), "65508", "0 to 65507");
        assertRefused(new OptionTypes.PayloadBytes(), "0x10", "0 to 65507");
        assertRefused(new OptionTypes.PayloadBytes(), "99999999999", "0 to 65507");
        assertThat(new OptionTypes.HopLimit().convert("255")).isEqualTo(255);
        assertRefused(new OptionTypes.HopLimit(), "0", "1 to 255");
        assertRefused(new OptionTypes.HopLimit(), "256", "1 to 255");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "255, 255", "0x0, 0", "0xB8, 184", "0Xff, 255", "016, 16"})
    void trafficClassesAreDecimalOrHexadecimalNeverOctal(String text, int value) {
        assertThat(new IpOptionTypes.TrafficClass().convert(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "256", "0x100", "-1", "+1", "b8", "0x", "1 ", "٣"})
    void trafficClassThatIsNoneIsRefused(String text) {
        assertRefused(new IpOptionTypes.TrafficClass(), text, "0 to 255, or 0x0 to 0xff");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "4294967295, -1", "0xffffffff, -1", "0x80000000, -2147483648"})
    void marksHave32BitsWithoutASign(String text, int value) {
        assertThat(new IpOptionTypes.Mark().convert(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "4294967296", "0x100000000", "0xg"})
    void markThatIsNoneIsRefused(String text) {
        assertRefused(new IpOptionTypes.Mark(), text, "0 to 4294967295");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lo", "eth0.100", "br-12345678abcd", "wg_1"})
    void interfaceNamesAreTaken(String text) {
        assertThat(new IpOptionTypes.InterfaceName().convert(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "eth0:1", "two words", "0123456789abcdef", "äöüäöüäö"})
    void whatNoInterfaceCanBeCalledIsRefused(String text) {
        assertRefused(new IpOptionTypes.InterfaceName(), text, "1 to 15 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2001:db8::7", "::1"})
    void sourceIsTheAddressOfOneHost(String text) {
        assertThat(new IpOptionTypes.Source().convert(text)).hasToString(text);
    }

    @Test
    void sourceKeepsItsScope() {
        assertThat(new IpOptionTypes.Source().convert("fe80::1%1")).isEqualTo(new IpAddress(0xfe80L << 48, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host.example",
                "127.0.0.0/8",
                "127.0.0.1-127.0.0.2",
                "127.0.0.1,2",
                "::/120",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "255.255.255.255",
                "ff02::1"
            })
    void whatIsNoAddressOfOneHostIsNoSource(String text) {
        assertRefused(new IpOptionTypes.Source(), text, "one address of this machine");
    }

    @Test
    void brokenSourceIsToldLikeABrokenTarget() {
        assertThatThrownBy(() -> new IpOptionTypes.Source().convert("10.1"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("\"10.1\", character 5: ")
                .hasMessageContaining("expected four octets");
    }

    private static void assertRefused(ITypeConverter<?> type, String text, String expected) {
        assertThatThrownBy(() -> type.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith('"' + text + "\" (expected: ")
                .hasMessageContaining(expected);
    }
}
