package io.github.nettyping;

import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a host is pinged again and again. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe    what is sent each time, and how long each one waits
 * @param count    how many probes are sent, 1 or more; empty for no end
 * @param interval from each probe to the next, {@link #MIN_INTERVAL} or more; after a pause of this process the series
 *                 goes on at this interval and makes up for nothing
 */
public record PingOptions(ProbeOptions probe, OptionalLong count, Duration interval) {

    /** The shortest interval. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(1);

    /** The longest interval. */
    public static final Duration MAX_INTERVAL = Duration.ofDays(1);

    /**
     * Checks the ranges.
     *
     * @param probe    any
     * @param count    1 or more, or empty
     * @param interval {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public PingOptions {
        Objects.requireNonNull(probe, "probe");
        if (count.isPresent() && count.getAsLong() < 1) {
            throw new IllegalArgumentException("count: " + count.getAsLong() + " (expected: 1 or more)");
        }
        if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(MAX_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "interval: " + interval + " (expected: " + MIN_INTERVAL + " to " + MAX_INTERVAL + ')');
        }
    }

    /**
     * Returns a builder that holds the defaults: one try of one second for each probe, no end, one second between them.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; ranges are checked by {@link #build()}. Not safe for use by several threads at once. */
    public static final class Builder {

        private ProbeOptions probe = ProbeOptions.builder().attempts(1).build();
        private OptionalLong count = OptionalLong.empty();
        private Duration interval = Duration.ofSeconds(1);

        private Builder() {}

        /**
         * Sets what is sent each time; default one try that waits a second.
         *
         * @param value the options of every probe
         * @return this builder
         */
        public Builder probe(ProbeOptions value) {
            this.probe = value;
            return this;
        }

        /**
         * Sets how many probes are sent; default no end.
         *
         * @param value 1 or more
         * @return this builder
         */
        public Builder count(long value) {
            this.count = OptionalLong.of(value);
            return this;
        }

        /**
         * Sets the time from each probe to the next; default one second.
         *
         * @param value {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
         * @return this builder
         */
        public Builder interval(Duration value) {
            this.interval = value;
            return this;
        }

        /**
         * Returns the options.
         *
         * @return what was set
         * @throws IllegalArgumentException if a value is out of its range
         */
        public PingOptions build() {
            return new PingOptions(probe, count, interval);
        }
    }
}
