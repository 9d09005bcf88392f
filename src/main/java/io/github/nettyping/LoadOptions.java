package io.github.nettyping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Load} is to be made. Immutable; see {@link Builder} for the defaults.
 *
 * @param probe              what is sent; one try each
 * @param socketPolicy       which kinds of socket will do
 * @param channelOptions     options of the sockets, see {@link Builder#option}; unmodifiable
 * @param localAddresses     addresses the sockets are bound to, at most one of each family; unmodifiable
 * @param probesPerSecond    probes a second, on all loops together, at the same distance whatever becomes of them (an open
 *                           loop); empty: as fast as replies come back (a closed loop)
 * @param warmUp             how long probes are sent first that do not count
 * @param duration           how long probes are sent that do
 * @param loops              event loops, each with sockets of its own
 * @param maxInFlight        probes waiting at once, on all loops together; lowered to what the receive buffers hold. What
 *                           has to wait for it is late
 * @param receiveBufferBytes size asked for each receive buffer; the kernel doubles it, and grants it beyond
 *                           {@code net.core.rmem_max} only with {@code CAP_NET_ADMIN}
 * @param sendBufferBytes    size asked for each send buffer, likewise
 * @param timestamps         whose clocks round trips are measured by
 */
public record LoadOptions(
        ProbeOptions probe,
        SocketPolicy socketPolicy,
        Map<ChannelOption<?>, Object> channelOptions,
        Map<IpFamily, InetAddress> localAddresses,
        OptionalLong probesPerSecond,
        Duration warmUp,
        Duration duration,
        int loops,
        int maxInFlight,
        int receiveBufferBytes,
        int sendBufferBytes,
        Timestamps timestamps) {

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = SweepOptions.MAX_PROBES_PER_SECOND;

    /** Most probes that can wait at once. */
    public static final int MAX_IN_FLIGHT = Ranges.MAX_IN_FLIGHT;

    /** Most event loops. */
    public static final int MAX_LOOPS = SweepOptions.MAX_LOOPS;

    /** The longest that can be measured, and warmed up. */
    public static final Duration MAX_DURATION = Duration.ofDays(1);

    /**
     * Checks the ranges.
     *
     * @param probe              of one attempt and one reply
     * @param socketPolicy       any
     * @param channelOptions     any but {@code HEADER_INCLUDED}
     * @param localAddresses     each of its family
     * @param probesPerSecond    1 to {@link #MAX_PROBES_PER_SECOND}, or empty
     * @param warmUp             zero to {@link #MAX_DURATION}
     * @param duration           more than zero, at most {@link #MAX_DURATION}
     * @param loops              1 to {@link #MAX_LOOPS}
     * @param maxInFlight        {@code loops} to {@link #MAX_IN_FLIGHT}
     * @param receiveBufferBytes 4,096 or more
     * @param sendBufferBytes    4,096 or more
     * @param timestamps         any
     * @throws IllegalArgumentException if a value is out of its range
     */
    public LoadOptions {
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(socketPolicy, "socketPolicy");
        SocketOptions sockets = new SocketOptions(channelOptions, localAddresses);
        channelOptions = sockets.channelOptions();
        localAddresses = sockets.localAddresses();
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
        if (warmUp.isNegative() || warmUp.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("warmUp: " + warmUp + " (expected: zero to " + MAX_DURATION + ')');
        }
        if (duration.isNegative() || duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    "duration: " + duration + " (expected: more than zero, at most " + MAX_DURATION + ')');
        }
        Ranges.require("loops", loops, 1, MAX_LOOPS);
        Ranges.require("maxInFlight", maxInFlight, loops, MAX_IN_FLIGHT);
        Ranges.requireBufferBytes("receiveBufferBytes", receiveBufferBytes);
        Ranges.requireBufferBytes("sendBufferBytes", sendBufferBytes);
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
        builder.socketPolicy = socketPolicy;
        builder.sockets = sockets();
        builder.probesPerSecond = probesPerSecond;
        builder.warmUp = warmUp;
        builder.duration = duration;
        builder.loops = loops;
        builder.maxInFlight = maxInFlight;
        builder.receiveBufferBytes = receiveBufferBytes;
        builder.sendBufferBytes = sendBufferBytes;
        // What fits one rate best need not fit another.
        builder.timestamps = timestamps == Timestamps.fitting(probesPerSecond) ? null : timestamps;
        return builder;
    }

    SocketOptions sockets() {
        return new SocketOptions(channelOptions, localAddresses);
    }

    /** Builds {@link LoadOptions}. Confined to one thread. */
    public static final class Builder {

        private ProbeOptions probe = ProbeOptions.builder().attempts(1).build();
        private SocketPolicy socketPolicy = SocketPolicy.DGRAM_RAW;
        private SocketOptions sockets = SocketOptions.NONE;
        private OptionalLong probesPerSecond = OptionalLong.of(1_000);
        private Duration warmUp = Duration.ofSeconds(1);
        private Duration duration = Duration.ofSeconds(10);
        private int loops = 1;
        private int maxInFlight = Defaults.MAX_IN_FLIGHT;
        private int receiveBufferBytes = Defaults.BUFFER_BYTES;
        private int sendBufferBytes = Defaults.BUFFER_BYTES;
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
         * Sets an option of the sockets, as {@link SweepOptions.Builder#option} does.
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
         * kernel chooses one for each target.
         *
         * @param value the address; a link-local one of IPv6 with its scope id
         * @return this builder
         */
        public Builder localAddress(InetAddress value) {
            sockets = sockets.boundTo(value);
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
         * Has probes sent as fast as replies come back. Where replies do not keep up, as many wait as may.
         *
         * @return this builder
         */
        public Builder asFastAsRepliesReturn() {
            this.probesPerSecond = OptionalLong.empty();
            return this;
        }

        /**
         * Sets how long probes are sent first that do not count; default a second.
         *
         * @param value zero to {@link #MAX_DURATION}
         * @return this builder
         */
        public Builder warmUp(Duration value) {
            this.warmUp = value;
            return this;
        }

        /**
         * Sets how long probes are sent that count; default ten seconds.
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
         * Sets the size asked for each receive buffer; default 8 MiB.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         */
        public Builder receiveBufferBytes(int value) {
            this.receiveBufferBytes = value;
            return this;
        }

        /**
         * Sets the size asked for each send buffer; default 8 MiB.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         */
        public Builder sendBufferBytes(int value) {
            this.sendBufferBytes = value;
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
                    socketPolicy,
                    sockets.channelOptions(),
                    sockets.localAddresses(),
                    probesPerSecond,
                    warmUp,
                    duration,
                    loops,
                    maxInFlight,
                    receiveBufferBytes,
                    sendBufferBytes,
                    timestamps != null ? timestamps : Timestamps.fitting(probesPerSecond));
        }
    }
}
