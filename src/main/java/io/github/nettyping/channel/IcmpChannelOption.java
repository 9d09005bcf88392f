package io.github.nettyping.channel;

import io.netty.channel.ChannelOption;

/**
 * Options of an {@link IcmpChannel} beside those of Netty. Immutable.
 *
 * <p>Netty's own that it honours: {@code SO_RCVBUF} and {@code SO_SNDBUF} (forced past the sysctl limits when
 * permitted), {@code SO_BROADCAST}, {@code IP_TOS} (the traffic class on IPv6), {@code AUTO_READ}, the write buffer
 * water marks, {@code MAX_MESSAGES_PER_WRITE}, {@code ALLOCATOR}. Any other option of the kernel is reached by
 * {@code IntegerUnixChannelOption} or {@code RawUnixChannelOption}.
 *
 * @param <T> type of the option's value
 */
public final class IcmpChannelOption<T> extends ChannelOption<T> {

    /**
     * Packets read from the socket before the event loop's other channels have their turn, 64 to 65,536; default 512.
     */
    public static final ChannelOption<Integer> READ_BUDGET = valueOf(IcmpChannelOption.class, "READ_BUDGET");

    /**
     * Bytes of the receive buffer of one packet, IP header included where the socket delivers it, 128 to 65,535;
     * default 2,048. A longer packet is cut and marked. To be set before the first read.
     */
    public static final ChannelOption<Integer> MAX_PACKET_BYTES = valueOf(IcmpChannelOption.class, "MAX_PACKET_BYTES");

    @SuppressWarnings("deprecation") // The only constructor there is.
    private IcmpChannelOption() {
        super(null);
    }
}
