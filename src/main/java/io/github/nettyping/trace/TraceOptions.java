package io.github.nettyping.trace;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the paths to targets are found. Immutable; see {@link Builder} for the defaults.
 *
 * @param timeout         wait for the answer to each probe: more than zero, at most {@link ProbeOptions#MAX_TIMEOUT}
 * @param firstHop        the hop to begin with, 1 to {@code maxHops}
 * @param maxHops         the hop to end with, if nothing else does, to {@link #MAX_HOPS}
 * @param probesPerHop    probes to each hop in each cycle, 1 to {@link #MAX_PROBES_PER_HOP}
 * @param cycles          how often all hops are asked, 1 to {@link #MAX_CYCLES}; after the first cycle only those up to
 *                        the end found in it
 * @param interval        from the beginning of each cycle to the next, as for {@link Pace#every}; longer, if a cycle takes
 *                        longer
 * @param parallelHops    hops of one target that are asked at the same time, 1 to {@link #MAX_HOPS}
 * @param parallelTargets targets that are traced at the same time, 1 to {@link #MAX_PARALLEL_TARGETS}; fewer if they
 *                        keep the pinger busy. Each takes a few kilobytes
 * @param payloadBytes    ICMP payload, without the 8-byte header, to {@link ProbeOptions#MAX_PAYLOAD_BYTES}; 0 or more, with
 *                        {@code paris} {@link ProbeOptions#MIN_FLOW_PAYLOAD_BYTES} or more. Empty: 56; with {@code pathMtu},
 *                        as much as the interface takes
 * @param paris           whether all probes to a target look like one flow, so that routers that spread packets over
 *                        several paths send all of them along the same one
 * @param pathMtu         whether to find out how long packets to the target can be: probes begin as long as the
 *                        interface takes, forbid fragmentation, and get shorter as routers ask
 * @param maxSilentHops   after how many silent hops in a row, if none behind them is known, no further ones are asked,
 *                        1 to {@link #MAX_HOPS}; empty for no such limit
 * @param sendOptions     what the packets' IP headers hold and which route they take, except for the hop limit
 * @param filler          the bytes of the payload behind those that authenticate a reply
 * @param anySource       whether an authentic reply from another address is the target's
 * @param probesPerSecond probes a second, all targets together, 1 to {@link #MAX_PROBES_PER_SECOND}; without it
 *                        answers set the pace
 */
public record TraceOptions(
        Duration timeout,
        int firstHop,
        int maxHops,
        int probesPerHop,
        int cycles,
        Duration interval,
        int parallelHops,
        int parallelTargets,
        OptionalInt payloadBytes,
        boolean paris,
        boolean pathMtu,
        OptionalInt maxSilentHops,
        SendOptions sendOptions,
        PayloadFiller filler,
        boolean anySource,
        OptionalLong probesPerSecond) {

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = Ranges.MAX_PROBES_PER_SECOND;

    /** The farthest hop there can be: the field has 8 bits. */
    public static final int MAX_HOPS = 255;

    /** The most probes to a hop in one cycle. */
    public static final int MAX_PROBES_PER_HOP = 1_000;

    /** The most cycles. */
    public static final int MAX_CYCLES = 1_000_000_000;

    /** The most targets at the same time. */
    public static final int MAX_PARALLEL_TARGETS = 1_000_000;

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public TraceOptions {
        Ranges.requirePositive("timeout", timeout, ProbeOptions.MAX_TIMEOUT);
        Ranges.require("maxHops", maxHops, 1, MAX_HOPS);
        Ranges.require("firstHop", firstHop, 1, maxHops);
        Ranges.require("probesPerHop", probesPerHop, 1, MAX_PROBES_PER_HOP);
        Ranges.require("cycles", cycles, 1, MAX_CYCLES);
        Ranges.require("interval", interval, Pace.MIN_INTERVAL, Pace.MAX_INTERVAL);
        Ranges.require("parallelHops", parallelHops, 1, MAX_HOPS);
        Ranges.require("parallelTargets", parallelTargets, 1, MAX_PARALLEL_TARGETS);
        if (payloadBytes.isPresent()) {
            int least = paris ? ProbeOptions.MIN_FLOW_PAYLOAD_BYTES : 0;
            Ranges.require("payloadBytes", payloadBytes.getAsInt(), least, ProbeOptions.MAX_PAYLOAD_BYTES);
        }
        if (maxSilentHops.isPresent()) {
            Ranges.require("maxSilentHops", maxSilentHops.getAsInt(), 1, MAX_HOPS);
        }
        Objects.requireNonNull(sendOptions, "sendOptions");
        Objects.requireNonNull(filler, "filler");
        if (sendOptions.hopLimit().isPresent()) {
            throw new IllegalArgumentException(
                    "sendOptions: " + sendOptions + " (expected: no hopLimit, which differs from probe to probe)");
        }
        if (probesPerSecond.isPresent()) {
            Ranges.require("probesPerSecond", probesPerSecond.getAsLong(), 1, MAX_PROBES_PER_SECOND);
        }
    }

    /**
     * {@return a new builder with the defaults} Hops 1 to 30, three probes to each, 16 hops at the same time, one
     * second for each probe, one cycle, 10,000 targets at the same time, 56 bytes that look like one flow.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the options a builder starts with} */
    public static TraceOptions defaults() {
        return builder().build();
    }

    /** Collects options; ranges are checked by {@link #build()}. Not safe for use by several threads at once. */
    public static final class Builder {

        private Duration timeout = Duration.ofSeconds(1);
        private int firstHop = 1;
        private int maxHops = 30;
        private int probesPerHop = 3;
        private int cycles = 1;
        private Duration interval = Duration.ofSeconds(1);
        private int parallelHops = 16;
        private int parallelTargets = 10_000;
        private OptionalInt payloadBytes = OptionalInt.empty();
        private boolean paris = true;
        private boolean pathMtu;
        private OptionalInt maxSilentHops = OptionalInt.empty();
        private SendOptions sendOptions = SendOptions.none();
        private PayloadFiller filler = PayloadFiller.offsets();
        private boolean anySource;
        private OptionalLong probesPerSecond = OptionalLong.empty();

        private Builder() {}

        /**
         * Sets the wait for the answer to each probe; default one second.
         *
         * @param value more than zero, at most {@link ProbeOptions#MAX_TIMEOUT}
         * @return this builder
         */
        public Builder timeout(Duration value) {
            this.timeout = value;
            return this;
        }

        /**
         * Sets the hop to begin with; default 1.
         *
         * @param value 1 to the hop to end with
         * @return this builder
         */
        public Builder firstHop(int value) {
            this.firstHop = value;
            return this;
        }

        /**
         * Sets the hop to end with, if nothing else does; default 30.
         *
         * @param value 1 to {@link #MAX_HOPS}
         * @return this builder
         */
        public Builder maxHops(int value) {
            this.maxHops = value;
            return this;
        }

        /**
         * Sets how many probes each hop gets in each cycle; default 3.
         *
         * @param value 1 to {@link #MAX_PROBES_PER_HOP}
         * @return this builder
         */
        public Builder probesPerHop(int value) {
            this.probesPerHop = value;
            return this;
        }

        /**
         * Sets how often all hops are asked; default once.
         *
         * @param value 1 to {@link #MAX_CYCLES}
         * @return this builder
         */
        public Builder cycles(int value) {
            this.cycles = value;
            return this;
        }

        /**
         * Sets the time from the beginning of each cycle to the next; default one second.
         *
         * @param value {@link Pace#MIN_INTERVAL} to {@link Pace#MAX_INTERVAL}
         * @return this builder
         */
        public Builder interval(Duration value) {
            this.interval = value;
            return this;
        }

        /**
         * Sets how many hops of one target are asked at the same time; default 16. More hops make it faster, and send
         * more extra probes to a near target.
         *
         * @param value 1 to {@link #MAX_HOPS}
         * @return this builder
         */
        public Builder parallelHops(int value) {
            this.parallelHops = value;
            return this;
        }

        /**
         * Sets how many targets are traced at the same time; default 10,000.
         *
         * @param value 1 to {@link #MAX_PARALLEL_TARGETS}
         * @return this builder
         */
        public Builder parallelTargets(int value) {
            this.parallelTargets = value;
            return this;
        }

        /**
         * Sets the length of the ICMP payload; default 56, or as much as the interface takes if the path MTU is asked for.
         *
         * @param value bytes without the 8-byte header, 0 to {@link ProbeOptions#MAX_PAYLOAD_BYTES}; of a flow,
         *              {@link ProbeOptions#MIN_FLOW_PAYLOAD_BYTES} or more
         * @return this builder
         */
        public Builder payloadBytes(int value) {
            this.payloadBytes = OptionalInt.of(value);
            return this;
        }

        /**
         * Sets whether all probes to a target look like one flow; default true.
         *
         * @param value whether they do
         * @return this builder
         */
        public Builder paris(boolean value) {
            this.paris = value;
            return this;
        }

        /**
         * Sets whether to find out how long packets to the target can be; default false.
         *
         * @param value whether to
         * @return this builder
         */
        public Builder pathMtu(boolean value) {
            this.pathMtu = value;
            return this;
        }

        /**
         * Sets after how many silent hops in a row no further ones are asked; by default {@link #maxHops(int)} alone ends it.
         *
         * @param value 1 to {@link #MAX_HOPS}
         * @return this builder
         */
        public Builder maxSilentHops(int value) {
            this.maxSilentHops = OptionalInt.of(value);
            return this;
        }

        /**
         * Sets what the packets' IP headers hold and which route they take; default none.
         *
         * @param value no hop limit
         * @return this builder
         */
        public Builder sendOptions(SendOptions value) {
            this.sendOptions = value;
            return this;
        }

        /**
         * Sets the bytes of the payload behind those that authenticate a reply; default their offsets.
         *
         * @param value the filler
         * @return this builder
         */
        public Builder filler(PayloadFiller value) {
            this.filler = value;
            return this;
        }

        /**
         * Sets whether an authentic reply from another address is the target's; default false.
         *
         * @param value whether it is
         * @return this builder
         */
        public Builder anySource(boolean value) {
            this.anySource = value;
            return this;
        }

        /**
         * Sets the rate; default none: answers set the pace.
         *
         * @param value probes a second, 1 to {@link #MAX_PROBES_PER_SECOND}
         * @return this builder
         */
        public Builder probesPerSecond(long value) {
            this.probesPerSecond = OptionalLong.of(value);
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public TraceOptions build() {
            return new TraceOptions(
                    timeout,
                    firstHop,
                    maxHops,
                    probesPerHop,
                    cycles,
                    interval,
                    parallelHops,
                    parallelTargets,
                    payloadBytes,
                    paris,
                    pathMtu,
                    maxSilentHops,
                    sendOptions,
                    filler,
                    anySource,
                    probesPerSecond);
        }
    }
}
