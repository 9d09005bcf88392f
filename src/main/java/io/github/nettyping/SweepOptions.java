package io.github.nettyping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Sweep} is to be done. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe              what is sent to each target, and how often
 * @param socketPolicy       which kinds of socket will do
 * @param channelOptions     options of the sockets, see {@link Builder#option}; unmodifiable
 * @param localAddresses     addresses the sockets are bound to, at most one of each family; unmodifiable
 * @param rate               how fast probes are sent, further tries included, which go first
 * @param maxInFlight        probes waiting at once, all event loops together, 1 to 4,194,304; lowered to what the receive
 *                           buffers hold
 * @param loops              event loops, 1 to {@link #MAX_LOOPS}
 * @param receiveBufferBytes size asked for the receive buffer, 4,096 or more; the kernel doubles it, and grants it
 *                           beyond {@code net.core.rmem_max} only with {@code CAP_NET_ADMIN}
 * @param sendBufferBytes    size asked for the send buffer, likewise
 * @param timestamps         whose clocks round trips are measured by; empty for the best there is room for at the rate
 * @param wireLogging        whether every packet is logged, with its bytes, at debug level under the name
 *                           {@code io.github.nettyping.wire}
 * @param broadcast          whether groups of hosts may be asked, see {@link Builder#broadcast}
 * @param observer           learns what happens to the probes, packet by packet
 */
public record SweepOptions(
        ProbeOptions probe,
        SocketPolicy socketPolicy,
        Map<ChannelOption<?>, Object> channelOptions,
        Map<IpFamily, InetAddress> localAddresses,
        SweepRate rate,
        int maxInFlight,
        int loops,
        int receiveBufferBytes,
        int sendBufferBytes,
        Optional<Timestamps> timestamps,
        boolean wireLogging,
        boolean broadcast,
        ProbeObserver observer) {

    /** Most probes that can wait at once. */
    public static final int MAX_IN_FLIGHT = Ranges.MAX_IN_FLIGHT;

    /** Most event loops that can be asked for. */
    public static final int MAX_LOOPS = 256;

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = 100_000_000;

    /**
     * Checks the ranges.
     *
     * @param probe              any but for several replies
     * @param socketPolicy       any
     * @param channelOptions     any but {@code HEADER_INCLUDED}
     * @param localAddresses     each of its family
     * @param rate               any
     * @param maxInFlight        1 to {@link #MAX_IN_FLIGHT}
     * @param loops              1 to {@link #MAX_LOOPS}
     * @param receiveBufferBytes 4,096 or more
     * @param sendBufferBytes    4,096 or more
     * @param timestamps         any
     * @param wireLogging        any
     * @param broadcast          any
     * @param observer           any
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SweepOptions {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(socketPolicy, "socketPolicy");
        SocketOptions sockets = new SocketOptions(channelOptions, localAddresses);
        channelOptions = sockets.channelOptions();
        localAddresses = sockets.localAddresses();
        Objects.requireNonNull(timestamps, "timestamps");
        Objects.requireNonNull(observer, "observer");
        if (probe.severalReplies()) {
            throw new IllegalArgumentException(
                    "probe: severalReplies (expected: one reply; use Pinger.pingGroup for a group)");
        }
        Objects.requireNonNull(rate, "rate");
        Ranges.requireInFlight("maxInFlight", maxInFlight);
        Ranges.require("loops", loops, 1, MAX_LOOPS);
        Ranges.requireBufferBytes("receiveBufferBytes", receiveBufferBytes);
        Ranges.requireBufferBytes("sendBufferBytes", sendBufferBytes);
    }

    /** {@return a new builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whose clocks are read. {@code remote}: whether any target is not this host itself. */
    Timestamps timestamps(boolean remote) {
        return timestamps.orElseGet(() -> Timestamps.fitting(rate, remote));
    }

    SocketOptions sockets() {
        return new SocketOptions(channelOptions, localAddresses);
    }

    /** Builds {@link SweepOptions}. Confined to one thread. */
    public static final class Builder {

        private ProbeOptions probe = ProbeOptions.defaults();
        private SocketPolicy socketPolicy = SocketPolicy.DGRAM_RAW;
        private SocketOptions sockets = SocketOptions.NONE;
        private SweepRate rate = SweepRate.byReplies();
        private int maxInFlight = Defaults.MAX_IN_FLIGHT;
        private int loops = 1;
        private int receiveBufferBytes = Defaults.BUFFER_BYTES;
        private int sendBufferBytes = Defaults.BUFFER_BYTES;
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
         * Sets which kinds of socket will do; default {@link SocketPolicy#DGRAM_RAW}.
         *
         * @param value the kinds in order of preference
         * @return this builder
         */
        public Builder socketPolicy(SocketPolicy value) {
            this.socketPolicy = value;
            return this;
        }

        /**
         * Sets an option of the sockets: {@link io.github.nettyping.channel.IcmpChannelOption} has those of ICMP channels,
         * and names Netty's that they honour. One that only IPv6 has is set on that family's sockets. What differs from
         * probe to probe is {@link ProbeOptions#sendOptions()}.
         *
         * @param option which
         * @param value  what it shall be
         * @param <T>    type of the value
         * @return this builder
         * @throws IllegalArgumentException if it is {@code HEADER_INCLUDED}; other options that cannot be are refused when
         *                                  the sockets are opened
         */
        public <T> Builder option(ChannelOption<T> option, T value) {
            sockets = sockets.with(option, value);
            return this;
        }

        /**
         * Sets the address of this machine that probes of its family come from; once for each family. By default the
         * kernel chooses one for each target. If there is no such address, opening the sockets fails.
         *
         * @param value the address; a link-local one of IPv6 with its scope id
         * @return this builder
         */
        public Builder localAddress(InetAddress value) {
            sockets = sockets.boundTo(value);
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
         * Sets on how many event loops the sweep runs; default 1. Each has sockets of its own, an equal share of rate and
         * window, and takes targets as it needs them. Ping sockets scale with the processors; of raw ones each sees what
         * comes for all others, and filters it. Listener and observer are called by all loops, see there.
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
         * Sets the size asked for the receive buffer; default 8 MiB.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         */
        public Builder receiveBufferBytes(int value) {
            this.receiveBufferBytes = value;
            return this;
        }

        /**
         * Sets the size asked for the send buffer; default 8 MiB.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         */
        public Builder sendBufferBytes(int value) {
            this.sendBufferBytes = value;
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
         * Sets whether groups of hosts may be asked: multicast addresses, 255.255.255.255, and the broadcast addresses of this
         * machine's IPv4 networks; default no. Each is one target with one outcome: the first authentic reply of whichever
         * host decides, with {@link io.github.nettyping.probe.ReplyFlag#OTHER_SOURCE}, and those of others are counted as
         * duplicates. {@link Pinger#pingGroup} tells all of them. Without it the kernel refuses broadcast addresses, and
         * nobody's reply fits a multicast one.
         *
         * @param value whether they may; then the sockets have {@code SO_BROADCAST}
         * @return this builder
         */
        public Builder broadcast(boolean value) {
            this.broadcast = value;
            return this;
        }

        /**
         * Sets who learns what happens to the probes, packet by packet; default nobody. With several {@linkplain #loops
         * event loops} each calls it for its own probes, several of them at once, so it must be safe for use by many
         * threads; no two are in {@link ProbeObserver#onInFlight} at once, so the number told last is the last one. The
         * number of those in flight is that of both families and all loops together. What the observer throws is logged once and disturbs nobody. Of a sweep that is
         * stopped it learns the end of each probe in flight, as of a channel that closed, which the listener does not.
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
                    socketPolicy,
                    sockets.channelOptions(),
                    sockets.localAddresses(),
                    rate,
                    maxInFlight,
                    loops,
                    receiveBufferBytes,
                    sendBufferBytes,
                    Optional.ofNullable(timestamps),
                    wireLogging,
                    broadcast,
                    observer);
        }
    }
}
