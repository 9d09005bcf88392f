package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;

/**
 * Finds out, with one echo request to this host itself, whether of two ping sockets with one identifier the last bound
 * gets the replies: true of every kernel since 3.0, promised by none. Stateless.
 */
final class PairCheck {

    private static final IpAddress LOOPBACK_IPV4 = IpAddress.ofIpv4(0x7f000001);
    private static final IpAddress LOOPBACK_IPV6 = new IpAddress(0, 1, 0);

    private static final int MESSAGE_BYTES = 16;
    private static final int ECHO_REQUEST_IPV4 = 8;
    private static final int ECHO_REQUEST_IPV6 = 128;

    /** Over loopback a reply waits before the send returns; receive packet steering may delay it by microseconds. */
    private static final long PATIENCE_NANOS = 2_000_000;

    private PairCheck() {}

    /** Returns false also where the host does not answer itself: then nothing is known, and one socket is safe. */
    static boolean receiverGetsReplies(IcmpSockets sockets, IpAddress bound) {
        boolean ipv4 = sockets.kind().family() == IpFamily.IPV4;
        IpAddress self = bound.isAnyLocal() ? (ipv4 ? LOOPBACK_IPV4 : LOOPBACK_IPV6) : bound;
        try (MmsgArray message = MmsgArray.forFamily(1, !ipv4, 0);
                NativeMemory bytes = new NativeMemory(MESSAGE_BYTES)) {
            bytes.bytes().put(0, (byte) (ipv4 ? ECHO_REQUEST_IPV4 : ECHO_REQUEST_IPV6));
            message.setBuffer(0, bytes.address(), MESSAGE_BYTES);
            if (ipv4) {
                message.setIpv4(0, (int) self.low());
            } else {
                message.setIpv6(0, self.high(), self.low(), self.scopeId());
            }
            if (sockets.sender().send(message, 1) != 1) {
                return false;
            }
            long start = System.nanoTime();
            do {
                message.resetForReceive(0);
                if (sockets.receiver().receive(message, 1, 0) == 1) {
                    return true;
                }
                Thread.onSpinWait();
            } while (System.nanoTime() - start < PATIENCE_NANOS);
            return false;
        }
    }
}
