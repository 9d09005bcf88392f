package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.IcmpHeader;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SocketFilter;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which ICMP packets of its network namespace a raw socket delivers; without a filter it gets every one. There is a
 * mask of types, which is cheaper and comes first, and a program. Stateless.
 *
 * <p>ICMP's mask has bits for the types 0 to 31 only; other types pass it ({@code icmp_filter} in
 * {@code net/ipv4/raw.c}).
 */
final class RawFilter {

    private static final OptionName TYPES_IPV4 =
            new OptionName("ICMP_FILTER", IcmpHeader.SOL_RAW, IcmpHeader.ICMP_FILTER, "");
    private static final OptionName TYPES_IPV6 =
            new OptionName("ICMPV6_FILTER", IcmpHeader.SOL_ICMPV6, IcmpHeader.ICMPV6_FILTER, "");

    private static final int MASKED_TYPES_IPV4 = 32;
    private static final int MASKED_TYPES_IPV6 = 256;

    /** What is delivered beside replies with the socket's identifier: echo, timestamp, extended echo. */
    record Wanted(boolean notices, boolean everything) {

        /** Nothing. Errors come by the error queue. */
        static final Wanted REPLIES = new Wanted(false, false);
    }

    private RawFilter() {}

    /** Delivers nothing. */
    static void nothing(IcmpSocket socket) throws SystemCallException {
        socket.attach(SocketFilter.dropAll());
    }

    /** Delivers nothing; the kernel sees that by the type, before it copies the packet. */
    static void noType(IcmpSocket socket) throws SystemCallException {
        block(socket);
        nothing(socket);
    }

    /** Delivers what is wanted. */
    static void set(IcmpSocket socket, Wanted wanted, int identifier) throws SystemCallException {
        if (wanted.everything()) {
            everything(socket);
        } else if (!isIpv4(socket)) {
            block(socket, IcmpHeader.ICMPV6_ECHO_REPLY, IcmpHeader.ICMPV6_EXT_ECHO_REPLY);
            socket.attach(SocketFilter.repliesIpv6(identifier));
        } else {
            if (wanted.notices()) {
                block(
                        socket,
                        IcmpHeader.ICMP_ECHOREPLY,
                        IcmpHeader.ICMP_TIMESTAMPREPLY,
                        IcmpHeader.ICMP_SOURCE_QUENCH,
                        IcmpHeader.ICMP_REDIRECT);
            } else {
                block(socket, IcmpHeader.ICMP_ECHOREPLY, IcmpHeader.ICMP_TIMESTAMPREPLY);
            }
            socket.attach(SocketFilter.repliesIpv4(identifier));
        }
    }

    private static void everything(IcmpSocket socket) throws SystemCallException {
        socket.attach(SocketFilter.keepAll());
        setTypes(socket, mask(socket), "0");
    }

    /** Blocks all types but some. */
    private static void block(IcmpSocket socket, int... types) throws SystemCallException {
        ByteBuffer mask = mask(socket);
        for (int i = 0; i < mask.limit(); i += Integer.BYTES) {
            mask.putInt(i, ~0);
        }
        for (int type : types) {
            int at = type / Integer.SIZE * Integer.BYTES;
            mask.putInt(at, mask.getInt(at) & ~(1 << type % Integer.SIZE));
        }
        setTypes(socket, mask, "all but what is wanted");
    }

    /** Returns a mask that blocks no type: words of 32 types in the byte order of the machine. */
    private static ByteBuffer mask(IcmpSocket socket) {
        int types = isIpv4(socket) ? MASKED_TYPES_IPV4 : MASKED_TYPES_IPV6;
        return ByteBuffer.allocate(types / Byte.SIZE).order(ByteOrder.nativeOrder());
    }

    private static void setTypes(IcmpSocket socket, ByteBuffer mask, String what) throws SystemCallException {
        socket.setBytes(isIpv4(socket) ? TYPES_IPV4 : TYPES_IPV6, mask, what);
    }

    private static boolean isIpv4(IcmpSocket socket) {
        return socket.kind().family() == IpFamily.IPV4;
    }
}
