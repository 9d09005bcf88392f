package io.github.nettyping;

import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a user wants of sockets beyond what we do by ourselves. Immutable.
 *
 * @param channelOptions with their values
 * @param localAddresses addresses to be bound to, at most one of each family
 */
record SocketOptions(Map<ChannelOption<?>, Object> channelOptions, Map<IpFamily, InetAddress> localAddresses) {

    static final SocketOptions NONE = new SocketOptions(Map.of(), Map.of());

    private static final Set<ChannelOption<?>> IPV6_ONLY =
            Set.of(IcmpChannelOption.FLOW_LABEL, IcmpChannelOption.AUTO_FLOW_LABEL);

    SocketOptions {
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
    }

    /** Adds an option, in place of its earlier value. */
    <T> SocketOptions with(ChannelOption<T> option, T value) {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, "value");
        option.validate(value);
        Map<ChannelOption<?>, Object> options = new HashMap<>(channelOptions);
        options.put(option, value);
        return new SocketOptions(options, localAddresses);
    }

    /** Adds an address, in place of another one of its family. */
    SocketOptions boundTo(InetAddress address) {
        Map<IpFamily, InetAddress> addresses = new EnumMap<>(IpFamily.class);
        addresses.putAll(localAddresses);
        addresses.put(IpFamily.of(address), address);
        return new SocketOptions(channelOptions, addresses);
    }

    /**
     * Applies those that sockets of a family have.
     *
     * @throws IllegalArgumentException           if there is no such option or value
     * @throws io.netty.channel.ChannelException if the kernel refuses one
     */
    void apply(IpFamily family, IcmpChannelConfig config) {
        channelOptions.forEach((option, value) -> {
            if (family == IpFamily.IPV6 || !IPV6_ONLY.contains(option)) {
                set(config, option, value);
            }
        });
    }

    @SuppressWarnings("unchecked") // with() has paired them.
    private static <T> void set(IcmpChannelConfig config, ChannelOption<T> option, Object value) {
        if (!config.setOption(option, (T) value)) {
            throw new IllegalArgumentException(
                    "option: " + option.name() + " (expected: one that IcmpChannelOption names)");
        }
    }

    /** Returns what a channel of a family is bound to. */
    InetSocketAddress localAddress(IpFamily family) {
        InetAddress address = localAddresses.get(family);
        return address == null ? new InetSocketAddress(0) : new InetSocketAddress(address, 0);
    }
}
