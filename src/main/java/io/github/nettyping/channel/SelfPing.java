package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;

/**
 * An echo request to this host itself, by which a channel finds out at its bind what the kernel does. Confined to one
 * thread.
 */
final class SelfPing implements AutoCloseable {

    private static final IpAddress LOOPBACK_IPV4 = IpAddress.ofIpv4(0x7f000001);
    private static final IpAddress LOOPBACK_IPV6 = new IpAddress(0, 1, 0);

    private static final int MESSAGE_BYTES = 16;
    private static final int ECHO_REQUEST_IPV4 = 8;
    private static final int ECHO_REQUEST_IPV6 = 128;

    /** Over loopback a reply waits before the send returns; receive packet steering may delay it by microseconds. */
    private static final long PATIENCE_NANOS = 2_000_000;

    private final NativeMemory bytes = new NativeMemory(MESSAGE_BYTES);
    private final MmsgArray message;

    /** Makes one for sockets bound to an address, or to none by a wildcard, with room for control messages. */
    SelfPing(IpFamily family, IpAddress bound, int controlBytes) {
        boolean ipv4 = family == IpFamily.IPV4;
        IpAddress self = bound.isAnyLocal() ? (ipv4 ? LOOPBACK_IPV4 : LOOPBACK_IPV6) : bound;
        message = MmsgArray.forFamily(1, !ipv4, controlBytes);
        bytes.bytes().put(0, (byte) (ipv4 ? ECHO_REQUEST_IPV4 : ECHO_REQUEST_IPV6));
        message.setBuffer(0, bytes.address(), MESSAGE_BYTES);
        if (ipv4) {
            message.setIpv4(0, (int) self.low());
        } else {
            message.setIpv6(0, self.high(), self.low(), self.scopeId());
        }
    }

    /** Gives the request a control message that holds an {@code int}. */
    void setControl(int level, int type, int value) {
        message.setControl(0, level, type, value);
    }

    /** Sends it; returns 1, or the negated errno. */
    int send(IcmpSocket socket) {
        return socket.send(message, 1);
    }

    /** Waits shortly for a packet on a socket and discards it; tells whether one came. */
    boolean swallowReply(IcmpSocket socket) {
        long start = System.nanoTime();
        do {
            message.resetForReceive(0);
            if (socket.receive(message, 1, 0) == 1) {
                return true;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < PATIENCE_NANOS);
        return false;
    }

    @Override
    public void close() {
        message.close();
        bytes.close();
    }
}
