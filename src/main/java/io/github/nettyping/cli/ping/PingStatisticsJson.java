package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.PingStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What there is to say about a host at the end, for programs. Stateless. */
final class PingStatisticsJson {

    private static final int LOSS_DECIMALS = 4;

    private PingStatisticsJson() {}

    static JsonObject of(PingHost host, PingTally tally) {
        PingStatistics statistics = tally.statistics();
        long sent = statistics.sent();
        return new JsonObject()
                .put(
                        "statistics",
                        new JsonObject()
                                .put("target", AddressText.of(host.address()))
                                .put("name", host.isNamed() ? Optional.of(host.word()) : Optional.empty())
                                .put("sent", sent)
                                .put("received", statistics.received())
                                .put("duplicates", statistics.duplicates())
                                .put("late", tally.lateReplies())
                                .putDecimal(
                                        "loss",
                                        sent == 0 ? OptionalDouble.empty() : OptionalDouble.of(statistics.loss()),
                                        LOSS_DECIMALS)
                                .put("rtt_ns", roundTrips(statistics.roundTrips()))
                                .put("jitter_ns", whole(statistics.jitterNanos())));
    }

    private static JsonObject roundTrips(Distribution trips) {
        return new JsonObject()
                .put("min", trips.minNanos())
                .put("mean", whole(trips.meanNanos()))
                .put("max", trips.maxNanos())
                .put("mdev", whole(trips.standardDeviationNanos()))
                .put("p50", trips.percentileNanos(50))
                .put("p99", trips.percentileNanos(99));
    }

    private static OptionalLong whole(OptionalDouble value) {
        return value.isPresent() ? OptionalLong.of(Math.round(value.getAsDouble())) : OptionalLong.empty();
    }
}
