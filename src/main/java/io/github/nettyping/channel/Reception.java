package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;

/**
 * What every socket is asked to deliver beside packets: errors, hop limits, stamps. Stateless.
 *
 * <p>Each control message costs the kernel and us some hundredths of a round trip, so rarely needed ones are options.
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

    /** Size asked for the receive buffer of a sender, which stamps use: room for ten thousand of them. */
    private static final int STAMP_BUFFER_BYTES = 4 << 20;

    private static final int RECEIVE_STAMPS =
            TimestampingHeader.SOF_TIMESTAMPING_RX_SOFTWARE | TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE;
    /** Stamps without their packets, which are longer and are not given everywhere without {@code CAP_NET_RAW}. */
    private static final int TRANSMIT_STAMPS = TimestampingHeader.SOF_TIMESTAMPING_TX_SOFTWARE
            | TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE
            | TimestampingHeader.SOF_TIMESTAMPING_OPT_TSONLY;

    private static final int NUMBERED_TRANSMIT_STAMPS = TRANSMIT_STAMPS | TimestampingHeader.SOF_TIMESTAMPING_OPT_ID;

    private Reception() {}

    static void enable(IcmpSocket socket) throws SystemCallException {
        enableErrors(socket);
        if (socket.kind().family() == IpFamily.IPV4) {
            trySet(socket, EXTENSIONS_IPV4);
            if (!socket.kind().deliversIpHeader()) {
                socket.setInt(RECVTTL, 1);
            }
        } else {
            trySet(socket, EXTENSIONS_IPV6);
            socket.setInt(RECVHOPLIMIT, 1);
        }
        receiveStamps(socket, true);
    }

    /** Has errors queued; without that, a raw socket also hides that a queue was full. */
    static void enableErrors(IcmpSocket socket) throws SystemCallException {
        socket.setInt(socket.kind().family() == IpFamily.IPV4 ? RECVERR_IPV4 : RECVERR_IPV6, 1);
    }

    static void receiveStamps(IcmpSocket socket, boolean wanted) throws SystemCallException {
        socket.setInt(TIMESTAMPING, wanted ? RECEIVE_STAMPS : 0);
    }

    /** Has departing packets stamped, and counted from 0; tells whether the kernel does that. */
    static boolean enableTransmitStamps(IcmpSocket socket) throws SystemCallException {
        if (socket.trySetInt(TIMESTAMPING.level(), TIMESTAMPING.number(), NUMBERED_TRANSMIT_STAMPS) < 0) {
            return false;
        }
        socket.setBufferBytes(true, STAMP_BUFFER_BYTES);
        return true;
    }

    /** Has departing packets counted from 0 again: by numbering that was off. sock_set_timestamping in net/core/sock.c. */
    static void restartCount(IcmpSocket socket) throws SystemCallException {
        socket.setInt(TIMESTAMPING, TRANSMIT_STAMPS);
        socket.setInt(TIMESTAMPING, NUMBERED_TRANSMIT_STAMPS);
    }

    /** Sets an option that older kernels do not have. */
    private static void trySet(IcmpSocket socket, OptionName option) throws SystemCallException {
        int result = socket.trySetInt(option.level(), option.number(), 1);
        if (result < 0 && result != -Errno.ENOPROTOOPT) {
            throw Refusals.ofOption(socket.kind(), option, "1", -result);
        }
    }
}
