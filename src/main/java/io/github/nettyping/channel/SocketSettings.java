package io.github.nettyping.channel;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the sockets of a pinger, a sweep or a load are to be like. Immutable; see {@link Builder} for the defaults.
 *
 * @param policy             which kinds of socket will do
 * @param channelOptions     options with their values, see {@link Builder#option}, all but {@code HEADER_INCLUDED}; unmodifiable
 * @param localAddresses     addresses to be bound to, at most one of each family; unmodifiable
 * @param receiveBufferBytes size asked for each receive buffer, 4,096 or more
 * @param sendBufferBytes    size asked for each send buffer, 4,096 or more
 */
public record SocketSettings(
        SocketPolicy policy,
        Map<ChannelOption<?>, Object> channelOptions,
        Map<IpFamily, InetAddress> localAddresses,
        int receiveBufferBytes,
        int sendBufferBytes) {

    private static final int DEFAULT_BUFFER_BYTES = 8 << 20;

    private static final int MIN_BUFFER_BYTES = 4_096;

    /** What they are like where nobody says otherwise. */
    public static final SocketSettings DEFAULTS =
            new SocketSettings(SocketPolicy.DGRAM_RAW, Map.of(), Map.of(), DEFAULT_BUFFER_BYTES, DEFAULT_BUFFER_BYTES);

    /** Checks the ranges. What is out of its own is an {@link IllegalArgumentException} that names it. */
    public SocketSettings {
        Objects.requireNonNull(policy, "socketPolicy");
        channelOptions = Map.copyOf(channelOptions);
        localAddresses = Map.copyOf(localAddresses);
        if (channelOptions.containsKey(IcmpChannelOption.HEADER_INCLUDED)) {
            throw new IllegalArgumentException(
                    "option: HEADER_INCLUDED (expected: none that changes what the channel's packets are)");
        }
        localAddresses.forEach((family, address) -> {
            if (IpFamily.of(address) != family) {
                throw new IllegalArgumentException(
                        "localAddress: " + address.getHostAddress() + " (expected: an address of " + family + ')');
            }
        });
        requireBufferBytes("receiveBufferBytes", receiveBufferBytes);
        requireBufferBytes("sendBufferBytes", sendBufferBytes);
    }

    private static void requireBufferBytes(String name, int value) {
        // The kernel doubles it in an int.
        Ranges.require(name, value, MIN_BUFFER_BYTES, Integer.MAX_VALUE / 2);
    }

    /**
     * {@return the same settings with another option, in place of its earlier value}
     *
     * @param option one that {@link IcmpChannelOption} names
     * @param value  its value
     * @param <T>    of this type
     * @throws IllegalArgumentException if the option does not take the value
     */
    public <T> SocketSettings with(ChannelOption<T> option, T value) {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, "value");
        option.validate(value);
        Map<ChannelOption<?>, Object> options = new HashMap<>(channelOptions);
        options.put(option, value);
        return new SocketSettings(policy, options, localAddresses, receiveBufferBytes, sendBufferBytes);
    }

    /** Adds an address, in place of another one of its family. */
    private SocketSettings boundTo(InetAddress address) {
        Map<IpFamily, InetAddress> addresses = new EnumMap<>(IpFamily.class);
        addresses.putAll(localAddresses);
        addresses.put(IpFamily.of(address), address);
        return new SocketSettings(policy, channelOptions, addresses, receiveBufferBytes, sendBufferBytes);
    }

    private SocketSettings with(SocketPolicy newPolicy, int newReceiveBufferBytes, int newSendBufferBytes) {
        return new SocketSettings(newPolicy, channelOptions, localAddresses, newReceiveBufferBytes, newSendBufferBytes);
    }

    /**
     * The part of a builder that sets what sockets are to be like. Ranges are checked where values are set. Not safe for
     * use by several threads at once.
     *
     * @param <B> the builder
     */
    public abstract static class Builder<B extends Builder<B>> {

        private SocketSettings sockets = DEFAULTS;

        /** For builders of this library. */
        protected Builder() {}

        @SuppressWarnings("unchecked") // It is what it says it is.
        private B set(SocketSettings value) {
            this.sockets = value;
            return (B) this;
        }

        /** {@return what has been set} */
        protected final SocketSettings sockets() {
            return sockets;
        }

        /**
         * Sets all there is to say about sockets at once, in place of what was said before.
         *
         * @param value what they are to be like
         * @return this builder
         */
        public B sockets(SocketSettings value) {
            return set(Objects.requireNonNull(value, "sockets"));
        }

        /**
         * Sets which kinds of socket will do; default {@link SocketPolicy#DGRAM_RAW}.
         *
         * @param value the kinds in order of preference
         * @return this builder
         */
        public B socketPolicy(SocketPolicy value) {
            return set(sockets.with(value, sockets.receiveBufferBytes, sockets.sendBufferBytes));
        }

        /**
         * Sets an option of the sockets: {@link IcmpChannelOption} has those of ICMP channels, and names Netty's that they
         * honour. One that one family alone has is set on that family's sockets. What differs from probe to probe is
         * {@code ProbeOptions.sendOptions()}.
         *
         * @param option which
         * @param value  what it shall be
         * @param <T>    type of the value
         * @return this builder
         * @throws IllegalArgumentException if it is {@code HEADER_INCLUDED}; other options that cannot be are refused when
         *                                  the sockets are opened
         */
        public <T> B option(ChannelOption<T> option, T value) {
            return set(sockets.with(option, value));
        }

        /**
         * Sets the address of this machine that probes of its family come from; once for each family. By default the
         * kernel chooses one for each target. If there is no such address, opening the sockets fails.
         *
         * @param value the address; a link-local one of IPv6 with its scope id
         * @return this builder
         */
        public B localAddress(InetAddress value) {
            return set(sockets.boundTo(value));
        }

        /**
         * Sets the size asked for each receive buffer; default 8 MiB. The kernel doubles it, and grants it beyond
         * {@code net.core.rmem_max} only with {@code CAP_NET_ADMIN}.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public B receiveBufferBytes(int value) {
            return set(sockets.with(sockets.policy, value, sockets.sendBufferBytes));
        }

        /**
         * Sets the size asked for each send buffer, likewise; default 8 MiB.
         *
         * @param value bytes, 4,096 or more
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public B sendBufferBytes(int value) {
            return set(sockets.with(sockets.policy, sockets.receiveBufferBytes, value));
        }
    }
}
