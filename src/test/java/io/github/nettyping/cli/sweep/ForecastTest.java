package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.Targets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static final ProbeOptions TWO_TRIES = ProbeOptions.builder()
            .timeout(Duration.ofSeconds(1))
            .attempts(2)
            .backoff(1.5)
            .build();

    private static SweepOptions.Builder options() {
        return SweepOptions.builder().probe(TWO_TRIES).maxInFlight(65_536);
    }

    private static Forecast forecast(String target, TargetOrder order, SweepOptions options) {
        Targets targets = Targets.builder().limit(Long.MAX_VALUE).add(target).build();
        return new Forecast(order.of(targets), order, options);
    }

    private static final TargetOrder PART =
            new TargetOrder(OptionalLong.of(42), false, new Shard(2, 8), OptionalLong.empty());

    @Test
    void textHasNumberFirstLastOrderPartAndDuration() {
        Forecast forecast =
                forecast("127.0.0.0/16", PART, options().probesPerSecond(1_000).build());
        assertThat(forecast.text())
                .isEqualTo("count 8192\n"
                        + "first " + forecast.sequence().get(0) + "\n"
                        + "last " + forecast.sequence().get(8_191) + "\n"
                        + "order random, seed 42\n"
                        + "part 2/8 of 65534 targets\n"
                        + "expected duration 8.192 s to 18.884 s\n"
                        + "  the shorter one if each target answers its first probe, the longer one if none answers: then"
                        + " each gets 2 probes, and 2.500 s to do so\n"
                        + "  at 1000 probes per second, of which at most 65536 wait at once, or as many as the receive"
                        + " buffer has room for\n");
    }

    @Test
    void rateIsTheCeilingUnlessOneIsGiven() {
        Forecast forecast =
                forecast("127.0.0.0/16", TargetOrder.ASCENDING, options().build());
        assertThat(forecast.text()).startsWith("""
                        count 65534
                        first 127.0.0.1
                        last 127.0.255.254
                        order sequential
                        expected duration 6.553 s to 15.607 s
                        """).contains("  at 10000 probes per second, which --rate can change,");
    }

    @Test
    void whatMayWaitAtOnceBoundsWhatSilentTargetsTake() {
        Forecast forecast = forecast(
                "127.0.0.0/16",
                TargetOrder.ASCENDING,
                options().probesPerSecond(100_000_000).maxInFlight(1_000).build());
        // 65,534 times 2.5 s, a thousand at a time, and 2.5 s for the last.
        assertThat(forecast.longestSeconds()).isEqualByComparingTo(new BigDecimal("166.335"));
    }

    @Test
    void jsonIsTheSameForPrograms() {
        Forecast forecast =
                forecast("127.0.0.0/16", PART, options().probesPerSecond(1_000).build());
        assertThat(forecast.json())
                .isEqualTo("{\"count\":8192,\"first\":\"" + forecast.sequence().get(0) + "\",\"last\":\""
                        + forecast.sequence().get(8_191) + "\",\"targets\":65534,\"order\":\"random\",\"seed\":42,"
                        + "\"shard\":\"2/8\",\"rate\":1000,\"probes_each\":2,"
                        + "\"expected_duration_ns\":{\"min\":8192000000,\"max\":18884000000}}");
    }

    @Test
    void partWithoutTargetsHasNeitherFirstNorLast() {
        TargetOrder empty = new TargetOrder(OptionalLong.empty(), false, new Shard(3, 3), OptionalLong.empty());
        Forecast forecast = forecast("127.0.0.0/30", empty, options().build());
        assertThat(forecast.text()).startsWith("""
                        count 0
                        first none
                        last none
                        order sequential
                        part 3/3 of 2 targets
                        expected duration 0.000 s to 0.000 s
                        """);
        assertThat(forecast.json())
                .startsWith("{\"count\":0,\"first\":null,\"last\":null,\"targets\":2,\"order\":\"sequential\","
                        + "\"seed\":null,\"shard\":\"3/3\",")
                .endsWith("{\"min\":0,\"max\":0}}");
    }

    @Test
    void anyNumberOfTargetsHasADuration() {
        TargetOrder all = new TargetOrder(OptionalLong.empty(), false, Shard.WHOLE, OptionalLong.of(Long.MAX_VALUE));
        Forecast forecast = forecast("2001:db8::/32", all, options().build());
        assertThat(forecast.text())
                .startsWith("count 9223372036854775807\nfirst 2001:db8::\nlast 2001:db8::7fff:ffff:ffff:fffe\n")
                .contains("expected duration 10675199116 d 17 h to 21350398233 d 11 h\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0.000 s",
                "0.0005 | 0.001 s",
                "59.999 | 59.999 s",
                "60 | 1 min 0 s",
                "3599.4 | 59 min 59 s",
                "3600 | 1 h 0 min",
                "86399 | 23 h 59 min",
                "370225.8 | 4 d 6 h"
            })
    void durationIsSaidInItsTwoLargestUnits(BigDecimal seconds, String text) {
        assertThat(Forecast.duration(seconds)).isEqualTo(text);
    }
}
