package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;

/**
 * What every socket is asked to deliver beside packets: errors, hop limits, stamps. Stateless.
 *
 * <p>Each control message costs the kernel and us some hundredths of a round trip; what few want is left to options.
 */
final class Reception {

    private static final OptionName RECVERR_IPV4 = OptionName.ipv4("IP_RECVERR", InHeader.IP_RECVERR);
    private static final OptionName RECVERR_IPV6 = OptionName.ipv6("IPV6_RECVERR", InHeader.IPV6_RECVERR);
    private static final OptionName EXTENSIONS_IPV4 =
            OptionName.ipv4("IP_RECVERR_RFC4884", InHeader.IP_RECVERR_RFC4884);
    private static final OptionName EXTENSIONS_IPV6 =
            OptionName.ipv6("IPV6_RECVERR_RFC4884", InHeader.IPV6_RECVERR_RFC4884);
    private static final OptionName RECVTTL = OptionName.ipv4("IP_RECVTTL", InHeader.IP_RECVTTL);
    private static final OptionName RECVHOPLIMIT = OptionName.ipv6("IPV6_RECVHOPLIMIT", InHeader.IPV6_RECVHOPLIMIT);
    private static final OptionName TIMESTAMPING = OptionName.socket("SO_TIMESTAMPING", SocketHeader.SO_TIMESTAMPING);

    private Reception() {}

    static void enable(IcmpSocket socket) throws SystemCallException {
        if (socket.kind().family() == IpFamily.IPV4) {
            socket.setInt(RECVERR_IPV4, 1);
            trySet(socket, EXTENSIONS_IPV4);
            if (!socket.kind().deliversIpHeader()) {
                socket.setInt(RECVTTL, 1);
            }
        } else {
            socket.setInt(RECVERR_IPV6, 1);
            trySet(socket, EXTENSIONS_IPV6);
            socket.setInt(RECVHOPLIMIT, 1);
        }
        socket.setInt(
                TIMESTAMPING,
                TimestampingHeader.SOF_TIMESTAMPING_RX_SOFTWARE | TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE);
    }

    /** Sets an option that older kernels do not have. */
    private static void trySet(IcmpSocket socket, OptionName option) throws SystemCallException {
        int result = socket.trySetInt(option.level(), option.number(), 1);
        if (result < 0 && result != -Errno.ENOPROTOOPT) {
            throw Refusals.ofOption(socket.kind(), option, "1", -result);
        }
    }
}
