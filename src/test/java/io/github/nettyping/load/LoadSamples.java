package io.github.nettyping.load;

import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.DistributionRecorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Summaries of loads that never were, for tests of what is made of them. */
public final class LoadSamples {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final long SECOND = 1_000_000_000L;

    private LoadSamples() {}

    /** Returns 10,000 probes in ten seconds, of which nothing is odd. */
    public static LoadSummary plain() {
        return summary(
                OptionalLong.of(1_000),
                new LoadSummary.Counts(10_000, 10_000, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                times(10_000, 100),
                times(10_000, 150),
                times(10_000, 50),
                Map.of(RttSource.KERNEL_TX_RX, 10_000L),
                false);
    }

    /** Returns a load in which everything went wrong that can, each in its own number. */
    public static LoadSummary odd() {
        return summary(
                OptionalLong.of(1_000),
                new LoadSummary.Counts(1_000, 900, 60, 5, 30, 10, 7, 8, 3, 4, 2),
                times(900, 100),
                times(900, 400),
                times(1_000, 300),
                Map.of(RttSource.USER_TX_KERNEL_RX, 890L, RttSource.USER_CLOCK, 10L),
                true);
    }

    private static final Distribution NONE = DistributionRecorder.growing(1).distribution();

    /** Returns a load whose probes nobody answered, paced by the replies. */
    public static LoadSummary silent() {
        return summary(
                OptionalLong.empty(),
                new LoadSummary.Counts(64, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0),
                NONE,
                NONE,
                NONE,
                Map.of(),
                false);
    }

    private static Distribution times(int count, long micros) {
        DistributionRecorder recorder = DistributionRecorder.ofFixedSize(3);
        for (int i = 1; i <= count; i++) {
            // From a tenth to eleven tenths, so that every percentile is another one.
            recorder.record(micros * 100 + i * micros * 1_000 / count);
        }
        return recorder.distribution();
    }

    private static LoadSummary summary(
            OptionalLong rate,
            LoadSummary.Counts counts,
            Distribution roundTrips,
            Distribution latencies,
            Distribution lags,
            Map<RttSource, Long> clocks,
            boolean odd) {
        boolean silent = roundTrips.count() == 0;
        List<LoadInterval> intervals = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            boolean gap = silent || (odd && i == 4);
            intervals.add(new LoadInterval(
                    i * SECOND,
                    SECOND,
                    counts.sent() / 10,
                    gap ? counts.lost() : 0,
                    gap ? NONE : times(100, 100 + 20 * i)));
        }
        return new LoadSummary(
                rate,
                counts,
                roundTrips,
                latencies,
                lags,
                silent ? OptionalDouble.empty() : OptionalDouble.of(1_234.5),
                roundTrips,
                clocks,
                odd ? 40 : 0,
                odd ? List.of("eth0") : List.of(),
                odd
                        ? new LoadSummary.GcPauses(2, 12_000_000, OptionalLong.of(8_000_000))
                        : new LoadSummary.GcPauses(0, 0, OptionalLong.of(0)),
                new LoadSummary.LoopStalls(odd ? 3 : 0, odd ? 25_000_000 : 300_000),
                odd,
                odd ? 3 : 1,
                odd || silent ? 1 : 0,
                Set.of(SocketKind.IPV4_RAW),
                1,
                10_082,
                START,
                10_500_000_000L,
                10 * SECOND,
                List.copyOf(intervals),
                odd
                        ? Optional.of(new SystemCallException("sendmmsg", 101, "ENETUNREACH", "add a route"))
                        : Optional.empty(),
                odd);
    }
}
