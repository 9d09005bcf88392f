package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlWriter;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;

/**
 * Finds out whether a socket honours control messages. IPv6 ping sockets do since Linux 5.18; older kernels ignore them
 * in silence. Stateless.
 */
final class ControlCheck {

    /** One more than the largest hop limit. */
    private static final int IMPOSSIBLE_HOP_LIMIT = 256;

    private ControlCheck() {}

    /** Asks for an impossible hop limit: a kernel that looks at it refuses the packet, so nothing is sent. */
    static boolean isHeeded(IcmpSockets sockets, IpAddress bound) {
        if (sockets.kind() != SocketKind.IPV6_DGRAM) {
            return true;
        }
        try (SelfPing ping = new SelfPing(sockets.kind().family(), bound, ControlWriter.INT_SPACE)) {
            ping.setControl(InHeader.IPPROTO_IPV6, InHeader.IPV6_HOPLIMIT, IMPOSSIBLE_HOP_LIMIT);
            int result = ping.send(sockets.sender());
            if (result == 1) {
                ping.swallowReply(sockets.receiver());
            }
            return result == -Errno.EINVAL;
        }
    }
}
