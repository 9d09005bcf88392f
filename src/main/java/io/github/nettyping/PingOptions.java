package io.github.nettyping;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a host is pinged again and again. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe    the options of each probe
 * @param count    how many probes are sent, 1 or more; empty for no end
 * @param pace     when they are sent
 * @param preload  how many of them are sent at once at the beginning, 1 to {@link #MAX_PRELOAD}
 */
public record PingOptions(ProbeOptions probe, OptionalLong count, Pace pace, int preload) {

    /** The shortest interval of a clock. */
    public static final Duration MIN_INTERVAL = Pace.MIN_INTERVAL;

    /** The longest interval. */
    public static final Duration MAX_INTERVAL = Pace.MAX_INTERVAL;

    /** The most probes sent at once. */
    public static final int MAX_PRELOAD = 65_536;

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public PingOptions {
        Objects.requireNonNull(probe, "probe");
        if (count.isPresent() && count.getAsLong() < 1) {
            throw new IllegalArgumentException("count: " + count.getAsLong() + " (expected: 1 or more)");
        }
        Objects.requireNonNull(pace, "pace");
        Ranges.require("preload", preload, 1, MAX_PRELOAD);
    }

    /**
     * {@return a new builder with the defaults: one try of one second for each probe, no end, one second between them}
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; ranges are checked by {@link #build()}. Not safe for use by several threads at once. */
    public static final class Builder {

        private ProbeOptions probe = ProbeOptions.builder().attempts(1).build();
        private OptionalLong count = OptionalLong.empty();
        private Pace pace = Pace.every(Duration.ofSeconds(1));
        private int preload = 1;

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
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder interval(Duration value) {
            return pace(Pace.every(value));
        }

        /**
         * Sets when probes are sent; default every second.
         *
         * @param value the pace
         * @return this builder
         */
        public Builder pace(Pace value) {
            this.pace = value;
            return this;
        }

        /**
         * Sets how many probes are sent at once at the beginning, before the pace counts; default 1. A publisher sends
         * as many of them as are requested.
         *
         * @param value 1 to {@link #MAX_PRELOAD}
         * @return this builder
         */
        public Builder preload(int value) {
            this.preload = value;
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public PingOptions build() {
            return new PingOptions(probe, count, pace, preload);
        }
    }
}
