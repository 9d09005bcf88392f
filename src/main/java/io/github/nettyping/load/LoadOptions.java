package io.github.nettyping.load;

import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Load} is done. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe           what is sent: one try each, one reply
 * @param sockets         what the sockets are to be like
 * @param probesPerSecond probes a second, on all loops together, 1 to {@link #MAX_PROBES_PER_SECOND}, at equal intervals whether or not replies come (an
 *                        open loop); empty: as fast as replies come back (a closed loop)
 * @param warmUp          how long probes are sent first without being counted: zero to {@link #MAX_DURATION}
 * @param duration        how long probes are sent and counted after that: more than zero, at most {@link #MAX_DURATION}
 * @param loops           event loops, each with sockets of its own: 1 to {@link #MAX_LOOPS}
 * @param maxInFlight     probes waiting at once, on all loops together, {@code loops} to {@link #MAX_IN_FLIGHT}; lowered to what the receive buffers hold.
 *                        Probes that have to wait for it are late
 * @param timestamps      whose clocks round trips are measured by
 */
public record LoadOptions(
        ProbeOptions probe,
        SocketSettings sockets,
        OptionalLong probesPerSecond,
        Duration warmUp,
        Duration duration,
        int loops,
        int maxInFlight,
        Timestamps timestamps) {

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = Ranges.MAX_PROBES_PER_SECOND;

    /** Most probes that can wait at once. */
    public static final int MAX_IN_FLIGHT = Ranges.MAX_IN_FLIGHT;

    /** Most event loops. */
    public static final int MAX_LOOPS = Ranges.MAX_LOOPS;

    /** The longest time for measuring, and for warming up. */
    public static final Duration MAX_DURATION = Duration.ofDays(1);

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public LoadOptions {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(sockets, "sockets");
        if (probe.severalReplies()) {
            throw new IllegalArgumentException("probe: severalReplies (expected: one reply)");
        }
        if (probe.attempts() != 1) {
            throw new IllegalArgumentException("probe: " + probe.attempts()
                    + " attempts (expected: 1, for what a further try brings is no latency)");
        }
        if (probesPerSecond.isPresent()) {
            Ranges.require("probesPerSecond", probesPerSecond.getAsLong(), 1, MAX_PROBES_PER_SECOND);
        }
        Ranges.require("warmUp", warmUp, Duration.ZERO, MAX_DURATION);
        Ranges.requirePositive("duration", duration, MAX_DURATION);
        Ranges.require("loops", loops, 1, MAX_LOOPS);
        Ranges.require("maxInFlight", maxInFlight, loops, MAX_IN_FLIGHT);
        Objects.requireNonNull(timestamps, "timestamps");
    }

    /** {@return a new builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a new builder with the values of these options} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.probe = probe;
        builder.sockets(sockets);
        builder.probesPerSecond = probesPerSecond;
        builder.warmUp = warmUp;
        builder.duration = duration;
        builder.loops = loops;
        builder.maxInFlight = maxInFlight;
        // The best for one rate need not be the best for another.
        builder.timestamps = timestamps == ProbeChannelOptions.timestampsFitting(probesPerSecond) ? null : timestamps;
        return builder;
    }

    /** Builds {@link LoadOptions}. Confined to one thread. */
    public static final class Builder extends SocketSettings.Builder<Builder> {

        private ProbeOptions probe = ProbeOptions.builder().attempts(1).build();
        private OptionalLong probesPerSecond = OptionalLong.of(1_000);
        private Duration warmUp = Duration.ofSeconds(1);
        private Duration duration = Duration.ofSeconds(10);
        private int loops = 1;
        private int maxInFlight = Ranges.DEFAULT_IN_FLIGHT;
        private @Nullable Timestamps timestamps;

        private Builder() {}

        /**
         * Sets what is sent; default {@link ProbeOptions#defaults()} with one attempt.
         *
         * @param value the options of every probe
         * @return this builder
         */
        public Builder probe(ProbeOptions value) {
            this.probe = value;
            return this;
        }

        /**
         * Sets the rate of an open loop; default 1,000.
         *
         * @param value probes a second, 1 to {@link #MAX_PROBES_PER_SECOND}
         * @return this builder
         */
        public Builder probesPerSecond(long value) {
            this.probesPerSecond = OptionalLong.of(value);
            return this;
        }

        /**
         * Sets a closed loop: probes are sent as fast as replies come back. If replies are slow, as many wait as
         * allowed.
         *
         * @return this builder
         */
        public Builder asFastAsRepliesReturn() {
            this.probesPerSecond = OptionalLong.empty();
            return this;
        }

        /**
         * Sets how long probes are sent first without being counted; default a second.
         *
         * @param value zero to {@link #MAX_DURATION}
         * @return this builder
         */
        public Builder warmUp(Duration value) {
            this.warmUp = value;
            return this;
        }

        /**
         * Sets how long probes are sent and counted; default ten seconds.
         *
         * @param value more than zero, at most {@link #MAX_DURATION}
         * @return this builder
         */
        public Builder duration(Duration value) {
            this.duration = value;
            return this;
        }

        /**
         * Sets how many event loops share the work; default one.
         *
         * @param value 1 to {@link #MAX_LOOPS}
         * @return this builder
         */
        public Builder loops(int value) {
            this.loops = value;
            return this;
        }

        /**
         * Sets how many probes may wait at once; default 65,536.
         *
         * @param value {@code loops} to {@link #MAX_IN_FLIGHT}
         * @return this builder
         */
        public Builder maxInFlight(int value) {
            this.maxInFlight = value;
            return this;
        }

        /**
         * Sets whose clocks round trips are measured by; default {@link Timestamps#TRANSMIT} at a rate of at most 50,000
         * probes a second, {@link Timestamps#RECEIVE} at a higher one or none.
         *
         * @param value whose
         * @return this builder
         */
        public Builder timestamps(Timestamps value) {
            this.timestamps = Objects.requireNonNull(value, "timestamps");
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public LoadOptions build() {
            return new LoadOptions(
                    probe,
                    sockets(),
                    probesPerSecond,
                    warmUp,
                    duration,
                    loops,
                    maxInFlight,
                    timestamps != null ? timestamps : ProbeChannelOptions.timestampsFitting(probesPerSecond));
        }
    }
}
