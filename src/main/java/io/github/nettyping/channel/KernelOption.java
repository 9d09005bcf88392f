package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.ChannelOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A channel option that is one {@code int} to the kernel. Immutable.
 *
 * @param ipv4  the option's name on IPv4 sockets, if they have it
 * @param ipv6  the option's name on IPv6 sockets, if they have it
 * @param min   the least value
 * @param max   the greatest value
 * @param toInt a value as the kernel's number
 * @param ofInt the kernel's number as a value
 * @param <T>   type of the channel option's value
 */
record KernelOption<T>(
        @Nullable OptionName ipv4,
        @Nullable OptionName ipv6,
        int min,
        int max,
        Function<T, Integer> toInt,
        Function<Integer, T> ofInt) {

    static KernelOption<Integer> number(@Nullable OptionName ipv4, @Nullable OptionName ipv6, int min, int max) {
        return new KernelOption<>(ipv4, ipv6, min, max, value -> value, value -> value);
    }

    static KernelOption<Boolean> flag(@Nullable OptionName ipv4, @Nullable OptionName ipv6) {
        return new KernelOption<>(ipv4, ipv6, 0, 1, value -> value ? 1 : 0, value -> value != 0);
    }

    /** As {@link #flag}, for a channel option that says the opposite of the kernel's. */
    static KernelOption<Boolean> invertedFlag(@Nullable OptionName ipv4, @Nullable OptionName ipv6) {
        return new KernelOption<>(ipv4, ipv6, 0, 1, value -> value ? 0 : 1, value -> value == 0);
    }

    /**
     * Returns the name on sockets of a family.
     *
     * @throws IllegalArgumentException if they do not have it
     */
    OptionName name(ChannelOption<T> option, IpFamily family) {
        OptionName name = nameIn(family);
        if (name == null) {
            throw new IllegalArgumentException(option.name() + " on a channel of " + family + " (expected: "
                    + (family == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4) + ')');
        }
        return name;
    }

    boolean isKnownTo(IpFamily family) {
        return nameIn(family) != null;
    }

    private @Nullable OptionName nameIn(IpFamily family) {
        return family == IpFamily.IPV4 ? ipv4 : ipv6;
    }

    /**
     * Returns what the kernel gets for a value.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    int number(ChannelOption<T> option, T value) {
        int number = toInt.apply(value);
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    option.name() + ": " + value + " (expected: " + min + " to " + max + ')');
        }
        return number;
    }
}
