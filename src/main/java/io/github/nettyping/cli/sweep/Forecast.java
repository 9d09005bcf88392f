package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.progress.ProgressMeter;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.target.TargetSequence;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** What a sweep would do. Immutable. */
record Forecast(TargetSequence sequence, TargetOrder order, SweepOptions options) {

    private static final MathContext PRECISE = MathContext.DECIMAL64;
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    Optional<IpAddress> first() {
        return sequence.count() == 0 ? Optional.empty() : Optional.of(sequence.get(0));
    }

    Optional<IpAddress> last() {
        return sequence.count() == 0 ? Optional.empty() : Optional.of(sequence.get(sequence.count() - 1));
    }

    /** Returns the probes per second it would send if nothing holds it up, or where it would begin to find them. */
    long rate() {
        return options.rate() instanceof SweepRate.PerSecond given
                ? given.probesPerSecond()
                : SweepRate.Auto.START_PER_SECOND;
    }

    boolean isRateGiven() {
        return options.rate() instanceof SweepRate.PerSecond;
    }

    /** Returns how many probes a silent target would get. */
    int probesEach() {
        return options.probe().attempts();
    }

    /** Returns how long a silent target would be waited for. */
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
    static BigDecimal nanos(BigDecimal seconds) {
        return seconds.multiply(NANOS_PER_SECOND).setScale(0, RoundingMode.HALF_UP);
    }
}
