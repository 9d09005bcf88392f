package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.progress.ProgressMeter;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a sweep would do. Immutable. */
record Forecast(TargetSequence sequence, TargetOrder order, SweepOptions options) {

    private static final MathContext PRECISE = MathContext.DECIMAL64;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private Optional<IpAddress> first() {
        return sequence.count() == 0 ? Optional.empty() : Optional.of(sequence.get(0));
    }

    private Optional<IpAddress> last() {
        return sequence.count() == 0 ? Optional.empty() : Optional.of(sequence.get(sequence.count() - 1));
    }

    /** Returns the probes per second it would send if nothing holds it up, or where it would begin to find them. */
    long rate() {
        return options.rate() instanceof SweepRate.PerSecond given
                ? given.probesPerSecond()
                : SweepRate.Auto.START_PER_SECOND;
    }

    /** Returns how many probes a silent target would get. */
    int probesEach() {
        return options.probe().attempts();
    }

    BigDecimal waitSeconds() {
        return BigDecimal.valueOf(ProgressMeter.longestWaitNanos(options.probe()))
                .divide(NANOS_PER_SECOND, PRECISE);
    }

    /** Returns how long it would take if each target answered its first probe. */
    BigDecimal shortestSeconds() {
        return count().divide(BigDecimal.valueOf(rate()), PRECISE);
    }

    /**
     * Returns how long it would take if no target answered: as long as all probes take at this rate, or as the waits take with
     * no more of them at a time than may be, and then the waits for the last target.
     */
    BigDecimal longestSeconds() {
        if (sequence.count() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal sending = shortestSeconds().multiply(BigDecimal.valueOf(probesEach()), PRECISE);
        BigDecimal waiting =
                count().multiply(waitSeconds(), PRECISE).divide(BigDecimal.valueOf(options.maxInFlight()), PRECISE);
        return sending.max(waiting).add(waitSeconds());
    }

    private BigDecimal count() {
        return BigDecimal.valueOf(sequence.count());
    }

    /** Returns seconds as whole nanoseconds. */
    private static BigDecimal nanos(BigDecimal seconds) {
        return seconds.multiply(NANOS_PER_SECOND).setScale(0, RoundingMode.HALF_UP);
    }

    /** Returns the object for programs, without a line end. */
    String json() {
        return new JsonObject()
                .put("count", sequence.count())
                .put("first", first().map(AddressText::of))
                .put("last", last().map(AddressText::of))
                .put("targets", sequence.targets().count())
                .put("order", order.seed().isPresent() ? "random" : "sequential")
                .put("seed", order.seed())
                .put("shard", order.shard().toString())
                .put("rate", rate())
                .put("probes_each", probesEach())
                .put(
                        "expected_duration_ns",
                        new JsonObject().put("min", nanos(shortestSeconds())).put("max", nanos(longestSeconds())))
                .toString();
    }

    /** Returns a few lines for people, each with its end. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("count " + sequence.count());
        lines.add("first " + first().map(AddressText::of).orElse("none"));
        lines.add("last " + last().map(AddressText::of).orElse("none"));
        lines.add("order "
                + (order.seed().isPresent() ? "random, seed " + order.seed().getAsLong() : "sequential"));
        if (!order.shard().equals(Shard.WHOLE)) {
            lines.add("part " + order.shard() + " of " + sequence.targets().count() + " targets");
        }
        lines.add("expected duration " + duration(shortestSeconds()) + " to " + duration(longestSeconds()));
        lines.add(
                "  the shorter one if each target answers its first probe, the longer one if none answers: then each gets "
                        + probesEach() + (probesEach() == 1 ? " probe" : " probes") + ", and "
                        + duration(waitSeconds()) + " to do so");
        boolean given = options.rate() instanceof SweepRate.PerSecond;
        lines.add("  at " + rate() + " probes per second" + (given ? "" : ", which --rate can change")
                + ", of which at most " + options.maxInFlight()
                + " wait at once, or as many as the receive buffer has room for");
        return String.join("\n", lines) + "\n";
    }

    /** Returns a time as people say it: to the millisecond below a minute, then in whole seconds, in the two largest units. */
    static String duration(BigDecimal seconds) {
        if (seconds.compareTo(BigDecimal.valueOf(SECONDS_PER_MINUTE)) < 0) {
            return seconds.setScale(3, RoundingMode.HALF_UP) + " s";
        }
        BigInteger whole = seconds.setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (whole.compareTo(BigInteger.valueOf(SECONDS_PER_HOUR)) < 0) {
            return units(whole, SECONDS_PER_MINUTE, "min", 1, "s");
        }
        if (whole.compareTo(BigInteger.valueOf(SECONDS_PER_DAY)) < 0) {
            return units(whole, SECONDS_PER_HOUR, "h", SECONDS_PER_MINUTE, "min");
        }
        return units(whole, SECONDS_PER_DAY, "d", SECONDS_PER_HOUR, "h");
    }

    private static String units(BigInteger seconds, int large, String largeName, int small, String smallName) {
        BigInteger[] parts = seconds.divideAndRemainder(BigInteger.valueOf(large));
        return parts[0] + " " + largeName + ' ' + parts[1].intValue() / small + ' ' + smallName;
    }
}
