package io.github.nettyping.sweep;

import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannelOptions.Feature;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Sweep} is to be done. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe       what is sent to each target, and how often; no several replies
 * @param sockets     what the sockets are to be like
 * @param rate        how fast probes are sent, further tries included, which go first
 * @param maxInFlight probes waiting at once, all event loops together, 1 to {@link #MAX_IN_FLIGHT}; lowered to what the receive
 *                    buffers hold
 * @param loops       event loops, 1 to {@link #MAX_LOOPS}
 * @param timestamps  whose clocks round trips are measured by; empty for the best that fits the rate
 * @param wireLogging whether every packet is logged, with its bytes, at debug level under the name
 *                    {@code io.github.nettyping.wire}
 * @param broadcast   whether groups of hosts may be asked, see {@link Builder#broadcast}
 * @param observer    learns what happens to the probes, packet by packet
 */
public record SweepOptions(
        ProbeOptions probe,
        SocketSettings sockets,
        SweepRate rate,
        int maxInFlight,
        int loops,
        Optional<Timestamps> timestamps,
        boolean wireLogging,
        boolean broadcast,
        ProbeObserver observer) {

    /** Most probes that can wait at once. */
    public static final int MAX_IN_FLIGHT = Ranges.MAX_IN_FLIGHT;

    /** Most event loops that can be asked for. */
    public static final int MAX_LOOPS = Ranges.MAX_LOOPS;

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = Ranges.MAX_PROBES_PER_SECOND;

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public SweepOptions {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(sockets, "sockets");
        Objects.requireNonNull(timestamps, "timestamps");
        Objects.requireNonNull(observer, "observer");
        if (probe.severalReplies()) {
            throw new IllegalArgumentException(
                    "probe: severalReplies (expected: one reply; use Pinger.pingGroup for a group)");
        }
        Objects.requireNonNull(rate, "rate");
        Ranges.requireInFlight("maxInFlight", maxInFlight);
        Ranges.require("loops", loops, 1, MAX_LOOPS);
    }

    /** {@return a new builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the options of its channels. {@code remote}: whether any target is not this host itself. */
    ProbeChannelOptions channels(boolean remote) {
        Timestamps clocks = timestamps.orElseGet(() -> ProbeChannelOptions.timestampsFitting(highestRate(remote)));
        return ProbeChannelOptions.of(sockets, maxInFlight, clocks)
                .withPayloadBytes(probe.payloadBytes())
                .with(Feature.BROADCAST, broadcast)
                .with(Feature.WIRE_LOGGING, wireLogging)
                .with(Feature.ONLY_THIS_HOST, !remote)
                .with(Feature.TRIES_ON_DEMAND, true);
    }

    private OptionalLong highestRate(boolean remote) {
        if (rate instanceof SweepRate.PerSecond given) {
            return OptionalLong.of(given.probesPerSecond());
        }
        return rate instanceof SweepRate.Auto auto && remote ? auto.remoteCeiling() : OptionalLong.empty();
    }

    /** Builds {@link SweepOptions}. Confined to one thread. */
    public static final class Builder extends SocketSettings.Builder<Builder> {

        private ProbeOptions probe = ProbeOptions.defaults();
        private SweepRate rate = SweepRate.byReplies();
        private int maxInFlight = Ranges.DEFAULT_IN_FLIGHT;
        private int loops = 1;
        private @Nullable Timestamps timestamps;
        private boolean wireLogging;
        private boolean broadcast;
        private ProbeObserver observer = ProbeObserver.NONE;

        private Builder() {}

        /**
         * Sets what is sent to each target; default {@link ProbeOptions#defaults()}.
         *
         * @param value the options of every probe
         * @return this builder
         */
        public Builder probe(ProbeOptions value) {
            this.probe = value;
            return this;
        }

        /**
         * Sets how fast probes are sent; default {@link SweepRate#byReplies()}.
         *
         * @param value the rate
         * @return this builder
         */
        public Builder rate(SweepRate value) {
            this.rate = value;
            return this;
        }

        /**
         * Sets a given rate: {@code rate(SweepRate.perSecond(value))}.
         *
         * @param value probes a second, 1 to {@link #MAX_PROBES_PER_SECOND}
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder probesPerSecond(long value) {
            return rate(SweepRate.perSecond(value));
        }

        /**
         * Sets how many probes may wait at once, on all event loops together; default 65,536.
         *
         * @param value 1 to {@link #MAX_IN_FLIGHT}
         * @return this builder
         */
        public Builder maxInFlight(int value) {
            this.maxInFlight = value;
            return this;
        }

        /**
         * Sets on how many event loops the sweep runs; default 1. Each has sockets of its own, an equal share of rate
         * and window, and takes targets as it needs them. Ping sockets scale with the processors; each raw one gets the
         * packets of all others, too, and filters them. Listener and observer are called by all loops, see there.
         *
         * @param value 1 to {@link #MAX_LOOPS}, and not more than the group has that the sweep is started with. No more than
         *              {@link #maxInFlight} are used
         * @return this builder
         */
        public Builder loops(int value) {
            this.loops = value;
            return this;
        }

        /**
         * Sets whose clocks round trips are measured by; default {@link Timestamps#TRANSMIT} at a rate that cannot exceed 50,000
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
         * Sets whether every packet is logged; default no.
         *
         * @param value whether it is
         * @return this builder
         */
        public Builder wireLogging(boolean value) {
            this.wireLogging = value;
            return this;
        }

        /**
         * Sets whether groups of hosts may be asked: multicast addresses, 255.255.255.255, and the broadcast addresses
         * of this machine's IPv4 networks; default no. Each is one target with one outcome: the first authentic reply
         * of any host decides, with {@link io.github.nettyping.probe.ReplyFlag#OTHER_SOURCE}, and those of others are
         * counted as duplicates. {@link io.github.nettyping.Pinger#pingGroup} tells all of them. Without it the kernel refuses broadcast
         * addresses, and no reply matches a multicast address.
         *
         * @param value whether they may; then the sockets have {@code SO_BROADCAST}
         * @return this builder
         */
        public Builder broadcast(boolean value) {
            this.broadcast = value;
            return this;
        }

        /**
         * Sets who learns what happens to the probes, packet by packet; default nobody. With several
         * {@linkplain #loops event loops} each calls it for its own probes, several of them at once, so it must be safe
         * for use by many threads; no two are in {@link ProbeObserver#onInFlight} at once, so the number told last is
         * the last one. The number of those in flight is that of both families and all loops together. What the
         * observer throws is logged once and disturbs nobody. When a sweep is stopped, it is told the end of each probe
         * in flight, as for a closed channel; the listener is not.
         *
         * @param value the observer
         * @return this builder
         */
        public Builder observer(ProbeObserver value) {
            this.observer = value;
            return this;
        }

        /**
         * {@return the options that were set}
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public SweepOptions build() {
            return new SweepOptions(
                    probe,
                    sockets(),
                    rate,
                    maxInFlight,
                    loops,
                    Optional.ofNullable(timestamps),
                    wireLogging,
                    broadcast,
                    observer);
        }
    }
}
