package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.Timestamps;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class OptionTypesTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, 250000000",
        "1s, 1000000000",
        "1.5s, 1500000000",
        "100, 100000000",
        "0.5, 500000",
        "3600s, 3600000000000",
        "0.000001ms, 1"
    })
    void timeoutIsReadToTheNanosecond(String text, long nanos) {
        assertThat(new DurationTypes.Timeout().convert(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0s",
                "-1",
                "1m",
                "1h",
                "s",
                "1 s",
                "1,5s",
                "1e3",
                ".5s",
                "3600.001s",
                "0.0000001ms",
                "٣s"
            })
    void timeoutThatIsNoneIsRefused(String text) {
        assertRefused(new DurationTypes.Timeout(), text, "250ms");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "500, 500", "10k, 10000", "1m, 1000000", "100m, 100000000"})
    void rateHasUnits(String text, long perSecond) {
        assertThat(new OptionTypes.Rate().convert(text)).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "auto", "1.5k", "10K", "101m", "999999999999m", "-5", "", "k"})
    void rateThatIsNoneIsRefused(String text) {
        assertRefused(new OptionTypes.Rate(), text, "probes per second");
    }

    @ParameterizedTest
    @CsvSource({"auto, DGRAM_RAW", "dgram, DGRAM", "raw, RAW", "'dgram,raw', DGRAM_RAW", "'raw,dgram', RAW_DGRAM"})
    void socketKindsAreReadInTheirOrder(String text, SocketPolicy policy) {
        assertThat(new OptionTypes.Sockets().convert(text)).isEqualTo(policy);
    }

    @Test
    void socketKindThatIsNoneIsRefused() {
        assertRefused(new OptionTypes.Sockets(), "RAW", "raw,dgram");
        assertRefused(new OptionTypes.Sockets(), "raw,raw", "raw,dgram");
    }

    @ParameterizedTest
    @CsvSource({"tx, TRANSMIT", "rx, RECEIVE", "user, USER"})
    void clocksAreReadByTheirNames(String text, Timestamps timestamps) {
        assertThat(new OptionTypes.Clocks().convert(text)).isEqualTo(timestamps);
    }

    @Test
    void clocksThatAreNoneAreRefused() {
        assertRefused(new OptionTypes.Clocks(), "TX", "tx, rx or user");
        assertRefused(new OptionTypes.Clocks(), "transmit", "tx, rx or user");
    }

    @Test
    void integersKeepTheirRanges() {
        assertThat(new OptionTypes.Retries().convert("0")).isZero();
        assertThat(new OptionTypes.Retries().convert("255")).isEqualTo(255);
        assertRefused(new OptionTypes.Retries(), "256", "0 to 255");
        assertThat(new OptionTypes.InFlight().convert("4194304")).isEqualTo(4_194_304);
        assertRefused(new OptionTypes.InFlight(), "0", "1 to 4194304");
        assertThat(new OptionTypes.BufferBytes().convert("4096")).isEqualTo(4_096);
        assertRefused(new OptionTypes.BufferBytes(), "4095", "4096 to 1073741823");
        assertRefused(new OptionTypes.BufferBytes(), "99999999999999999999", "4096 to 1073741823");
    }

    @Test
    void backoffIsADecimal() {
        assertThat(new OptionTypes.Backoff().convert("1.5")).isEqualTo(1.5);
        assertRefused(new OptionTypes.Backoff(), "0.9", "1 to 10");
        assertRefused(new OptionTypes.Backoff(), "NaN", "1 to 10");
        assertRefused(new OptionTypes.Backoff(), "1.5f", "1 to 10");
    }

    @Test
    void formsOfLaterVersionsAreRefused() {
        assertRefused(new OptionTypes.Format(), "csv", "text or jsonl");
        assertRefused(new OptionTypes.SweepFormat(), "xml", "text, jsonl or csv");
        assertRefused(new OptionTypes.Summary(), "csv", "text or json");
    }

    private static void assertRefused(ITypeConverter<?> type, String text, String expected) {
        assertThatThrownBy(() -> type.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith('"' + text + '"')
                .hasMessageContaining("expected: ")
                .hasMessageContaining(expected);
    }
}
