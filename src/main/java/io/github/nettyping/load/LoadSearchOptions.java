package io.github.nettyping.load;

import io.github.nettyping.internal.Ranges;
import java.time.Duration;

/**
 * How a {@link LoadSearch} is done. Immutable.
 *
 * @param lowest    the rate to begin with, in probes per second: 1 to {@code highest}
 * @param highest   the rate to end with, if nothing is lost at it: at most {@link LoadOptions#MAX_PROBES_PER_SECOND}
 * @param tolerance how far the result may be below the lowest rate with loss, as a share of that: 0.001 to 0.5
 * @param trial     how long each rate is tried: more than zero, at most {@link LoadOptions#MAX_DURATION}; the rate found is confirmed for the whole duration of the load
 */
public record LoadSearchOptions(long lowest, long highest, double tolerance, Duration trial) {

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public LoadSearchOptions {
        Ranges.require("highest", highest, 1, LoadOptions.MAX_PROBES_PER_SECOND);
        Ranges.require("lowest", lowest, 1, highest);
        // Written so that NaN fails it.
        if (!(tolerance >= 0.001 && tolerance <= 0.5)) {
            throw new IllegalArgumentException("tolerance: " + tolerance + " (expected: 0.001 to 0.5)");
        }
        Ranges.requirePositive("trial", trial, LoadOptions.MAX_DURATION);
    }

    /** {@return the defaults: from 1,000 to 1,000,000 a second, to a hundredth, two seconds each} */
    public static LoadSearchOptions defaults() {
        return new LoadSearchOptions(1_000, 1_000_000, 0.01, Duration.ofSeconds(2));
    }
}
