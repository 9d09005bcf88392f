package io.github.nettyping.monitor;

import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a {@link Monitor} works. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe          what is sent: one try for each probe, one reply
 * @param sockets        what the sockets are to be like
 * @param interval       between two probes to one target, {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
 * @param window         how many probes a target's loss and round trips are told of: 1 to {@link #MAX_WINDOW}
 * @param downAfter      lost probes in a row after which a target is down: 1 or more
 * @param upAfter        answered probes in a row after which a target that was down is up: 1 or more
 * @param degradedLoss   part of the window, 0 to 1: a target that loses more is degraded
 * @param degradedRtt    a target is degraded if more than half of the answers in the window take longer; empty: never
 * @param count          probes to each target, after which it is asked no more; empty: for ever
 * @param probesPerSecond upper bound of all loops together: if the intervals ask for more, all of them become longer; empty:
 *                       none
 * @param resolveEvery   how often names are resolved: {@link #MIN_RESOLVE} or more
 * @param resolver       finds the addresses of a name
 * @param families       families of targets: one or both
 * @param loops          event loops, each with sockets of its own: 1 to {@link #MAX_LOOPS}
 * @param maxInFlight    probes waiting at once, on each loop: 1 to {@link #MAX_IN_FLIGHT}
 * @param timestamps     whose clocks round trips are measured by
 */
public record MonitorOptions(
        ProbeOptions probe,
        SocketSettings sockets,
        Duration interval,
        int window,
        int downAfter,
        int upAfter,
        double degradedLoss,
        Optional<Duration> degradedRtt,
        OptionalLong count,
        OptionalLong probesPerSecond,
        Duration resolveEvery,
        Resolver resolver,
        Set<IpFamily> families,
        int loops,
        int maxInFlight,
        Timestamps timestamps) {

    /** The shortest interval. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(2);

    /** The longest interval. */
    public static final Duration MAX_INTERVAL = Duration.ofDays(1);

    /** Most probes in a window. */
    public static final int MAX_WINDOW = 100_000;

    /** How often names can be resolved at most. */
    public static final Duration MIN_RESOLVE = Duration.ofSeconds(1);

    /** Most probes that can wait at once on one loop. */
    public static final int MAX_IN_FLIGHT = Ranges.MAX_IN_FLIGHT;

    /** Most event loops. */
    public static final int MAX_LOOPS = Ranges.MAX_LOOPS;

    /** Finds the addresses of names. Called on threads of the monitor, which it may block. */
    @FunctionalInterface
    public interface Resolver {

        /** The resolver of the JDK, which asks that of the system. */
        Resolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

        /**
         * {@return the addresses of a name, the best first}
         *
         * @param name of a host
         * @throws UnknownHostException if there is none; its message is told
         */
        List<InetAddress> resolve(String name) throws UnknownHostException;
    }

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public MonitorOptions {
        checked(probe);
        Objects.requireNonNull(sockets, "sockets");
        Ranges.require("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        Ranges.require("window", window, 1, MAX_WINDOW);
        Ranges.require("downAfter", downAfter, 1, Integer.MAX_VALUE);
        Ranges.require("upAfter", upAfter, 1, Integer.MAX_VALUE);
        if (!(degradedLoss >= 0 && degradedLoss <= 1)) {
            throw new IllegalArgumentException("degradedLoss: " + degradedLoss + " (expected: 0 to 1)");
        }
        if (degradedRtt.isPresent()) {
            Ranges.requirePositive("degradedRtt", degradedRtt.get(), ProbeOptions.MAX_TIMEOUT);
        }
        if (count.isPresent()) {
            Ranges.require("count", count.getAsLong(), 1, Long.MAX_VALUE);
        }
        if (probesPerSecond.isPresent()) {
            Ranges.require("probesPerSecond", probesPerSecond.getAsLong(), 1, Ranges.MAX_PROBES_PER_SECOND);
        }
        Ranges.require("resolveEvery", resolveEvery, MIN_RESOLVE, MAX_INTERVAL);
        Objects.requireNonNull(resolver, "resolver");
        families = Set.copyOf(families);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("families: none (expected: one or both)");
        }
        Ranges.require("loops", loops, 1, MAX_LOOPS);
        Ranges.requireInFlight("maxInFlight", maxInFlight);
        Objects.requireNonNull(timestamps, "timestamps");
    }

    static ProbeOptions checked(ProbeOptions probe) {
        if (probe.severalReplies()) {
            throw new IllegalArgumentException("probe: severalReplies (expected: one reply)");
        }
        if (probe.attempts() != 1) {
            throw new IllegalArgumentException(
                    "probe: " + probe.attempts() + " attempts (expected: 1, for every probe counts by itself)");
        }
        return probe;
    }

    /** {@return a new builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link MonitorOptions}. Confined to one thread. */
    public static final class Builder extends SocketSettings.Builder<Builder> {

        private ProbeOptions probe = ProbeOptions.builder().attempts(1).build();
        private Duration interval = Duration.ofSeconds(1);
        private int window = 60;
        private int downAfter = 3;
        private int upAfter = 2;
        private double degradedLoss = 0.2;
        private Optional<Duration> degradedRtt = Optional.empty();
        private OptionalLong count = OptionalLong.empty();
        private OptionalLong probesPerSecond = OptionalLong.empty();
        private Duration resolveEvery = Duration.ofMinutes(5);
        private Resolver resolver = Resolver.SYSTEM;
        private Set<IpFamily> families = EnumSet.allOf(IpFamily.class);
        private int loops = 1;
        private int maxInFlight = 1 << 18;
        private Timestamps timestamps = Timestamps.TRANSMIT;

        private Builder() {}

        /**
         * Sets what is sent; default {@link ProbeOptions#defaults()} with one attempt.
         *
         * @param value one try for each probe, one reply
         * @return this builder
         */
        public Builder probe(ProbeOptions value) {
            this.probe = value;
            return this;
        }

        /**
         * Sets the time between two probes to one target; default a second.
         *
         * @param value {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
         * @return this builder
         */
        public Builder interval(Duration value) {
            this.interval = value;
            return this;
        }

        /**
         * Sets how many probes loss and round trips are told of; default 60. Each takes 4 bytes for each target.
         *
         * @param value 1 to {@link #MAX_WINDOW}
         * @return this builder
         */
        public Builder window(int value) {
            this.window = value;
            return this;
        }

        /**
         * Sets after how many lost probes in a row a target is down; default 3.
         *
         * @param value 1 or more
         * @return this builder
         */
        public Builder downAfter(int value) {
            this.downAfter = value;
            return this;
        }

        /**
         * Sets after how many answered probes in a row a target that was down is up; default 2. A target of which nothing
         * is known yet is up with its first answer.
         *
         * @param value 1 or more
         * @return this builder
         */
        public Builder upAfter(int value) {
            this.upAfter = value;
            return this;
        }

        /**
         * Sets beyond which loss an answering target is degraded; default 0.2. It is good again once it has lost no more
         * than half of that.
         *
         * @param value part of the whole window, 0 to 1; 1: never
         * @return this builder
         */
        public Builder degradedLoss(double value) {
            this.degradedLoss = value;
            return this;
        }

        /**
         * Sets beyond which round trip an answering target is degraded, by default none: if more than half of the answers
         * in the window take longer. It is good again once no more than a quarter of them do.
         *
         * @param value more than zero, at most {@link ProbeOptions#MAX_TIMEOUT}
         * @return this builder
         */
        public Builder degradedRtt(Duration value) {
            this.degradedRtt = Optional.of(value);
            return this;
        }

        /**
         * Sets how many probes each target is sent; by default it is asked for ever. When all have had theirs, the monitor
         * ends.
         *
         * @param value 1 or more
         * @return this builder
         */
        public Builder count(long value) {
            this.count = OptionalLong.of(value);
            return this;
        }

        /**
         * Sets how many probes a second are sent at most, by all loops together; by default as many as the intervals ask
         * for. If those ask for more, all of them become longer by the same factor.
         *
         * @param value 1 or more
         * @return this builder
         */
        public Builder probesPerSecond(long value) {
            this.probesPerSecond = OptionalLong.of(value);
            return this;
        }

        /**
         * Sets how often names are resolved; default five minutes.
         *
         * @param value {@link #MIN_RESOLVE} to {@link #MAX_INTERVAL}
         * @return this builder
         */
        public Builder resolveEvery(Duration value) {
            this.resolveEvery = value;
            return this;
        }

        /**
         * Sets who resolves names; default {@link Resolver#SYSTEM}.
         *
         * @param value may block
         * @return this builder
         */
        public Builder resolver(Resolver value) {
            this.resolver = value;
            return this;
        }

        /**
         * Sets the families of targets; default both. If both are wanted and the kernel refuses one, the other is used.
         *
         * @param values one or both
         * @return this builder
         */
        public Builder families(IpFamily... values) {
            this.families = Set.of(values);
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
         * Sets how many probes may wait at once on each loop; default 262,144. What is due beyond that waits for a moment,
         * then is skipped.
         *
         * @param value 1 to {@link #MAX_IN_FLIGHT}
         * @return this builder
         */
        public Builder maxInFlight(int value) {
            this.maxInFlight = value;
            return this;
        }

        /**
         * Sets whose clocks round trips are measured by; default {@link Timestamps#TRANSMIT}. Beyond 50,000 probes a second
         * on one loop, {@link Timestamps#RECEIVE} leaves more room.
         *
         * @param value whose
         * @return this builder
         */
        public Builder timestamps(Timestamps value) {
            this.timestamps = value;
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public MonitorOptions build() {
            return new MonitorOptions(
                    probe,
                    sockets(),
                    interval,
                    window,
                    downAfter,
                    upAfter,
                    degradedLoss,
                    degradedRtt,
                    count,
                    probesPerSecond,
                    resolveEvery,
                    resolver,
                    families,
                    loops,
                    maxInFlight,
                    timestamps);
        }
    }
}
