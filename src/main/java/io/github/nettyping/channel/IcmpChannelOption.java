package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.InHeader;
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
     * default 2,048. A longer packet is cut and marked. Raised while packets are being read, it holds for the next batch;
     * lowered then, it has no effect.
     */
    public static final ChannelOption<Integer> MAX_PACKET_BYTES = valueOf(IcmpChannelOption.class, "MAX_PACKET_BYTES");

    /**
     * Whether packets may be fragmented: the values of {@code IP_MTU_DISCOVER} in ip(7), 0 to 5, for both families; the
     * kernel's default is 1. With {@link #MTU_DISCOVER_PROBE} it need not find an IPv4 identification that is unique for
     * each destination (RFC 6864, section 4.1), which is about a twentieth of its work for a round trip over loopback.
     */
    public static final ChannelOption<Integer> MTU_DISCOVER = valueOf(IcmpChannelOption.class, "MTU_DISCOVER");

    /** Value of {@link #MTU_DISCOVER}: never fragment, and send what the interface takes, whatever the path is said to. */
    public static final int MTU_DISCOVER_PROBE = InHeader.IP_PMTUDISC_PROBE;

    @SuppressWarnings("deprecation") // The only constructor there is.
    private IcmpChannelOption() {
        super(null);
    }
}
