package io.github.nettyping.channel;

import io.github.nettyping.channel.SocketTrial.Echo;
import io.github.nettyping.channel.SocketTrial.TimeStamps;
import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.ControlWriter;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A few echo requests to this host itself, to find out what only a packet can tell. Confined to one thread. */
final class LoopbackTrial implements AutoCloseable {

    private static final int MESSAGE_BYTES = 16;
    private static final int ECHO_REQUEST_IPV4 = 8;
    private static final int ECHO_REQUEST_IPV6 = 128;

    /** A worker of the kernel switches stamps on some milliseconds after the first socket has asked for them. */
    private static final int ROUNDS = 40;

    private static final long PATIENCE_NANOS = 2_000_000;
    private static final long POLL_NANOS = 50_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final IcmpSockets sockets;
    private final boolean ipv4;
    private final MmsgArray request;
    private final MmsgArray reply;
    private final NativeMemory requestBytes = new NativeMemory(MESSAGE_BYTES);
    private final NativeMemory replyBytes = new NativeMemory(MESSAGE_BYTES);
    private final ControlMessages control = new ControlMessages();
    private boolean stamped;

    LoopbackTrial(IcmpSockets sockets, int identifier) {
        this.sockets = sockets;
        this.ipv4 = sockets.kind().family() == IpFamily.IPV4;
        request = MmsgArray.forFamily(1, !ipv4, ControlWriter.INT_SPACE);
        reply = MmsgArray.forFamily(1, !ipv4, ControlMessages.BYTES);
        writeRequest(identifier);
        request.setBuffer(0, requestBytes.address(), MESSAGE_BYTES);
        reply.setBuffer(0, replyBytes.address(), MESSAGE_BYTES);
        if (ipv4) {
            request.setIpv4(0, 0x7f000001);
        } else {
            request.setIpv6(0, 0, 1, 0);
        }
    }

    /** Sends until a reply has come with a stamp, or time is up. */
    Echo echo() {
        boolean replied = false;
        for (int round = 0; round < ROUNDS && !stamped; round++) {
            int sent = sockets.sender().send(request, 1);
            if (sent < 0) {
                String call = "sendmmsg to " + (ipv4 ? "127.0.0.1" : "::1");
                return new Echo(Optional.of(TrialRun.refusal(call, -sent)), replied);
            }
            replied |= arrives(sockets.receiver(), 0);
            if (!stamped) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return new Echo(Optional.empty(), replied);
    }

    TimeStamps timeStamps(Echo echo) {
        if (echo.refusal().isPresent()) {
            return TimeStamps.NOT_TRIED;
        }
        Optional<Boolean> receive = echo.replied() ? Optional.of(stamped) : Optional.empty();
        int accepted = sockets.sender()
                .trySetInt(
                        SocketHeader.SOL_SOCKET,
                        SocketHeader.SO_TIMESTAMPING,
                        TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE
                                | TimestampingHeader.SOF_TIMESTAMPING_TX_SOFTWARE
                                | TimestampingHeader.SOF_TIMESTAMPING_OPT_ID
                                | TimestampingHeader.SOF_TIMESTAMPING_OPT_TSONLY);
        if (accepted < 0) {
            return new TimeStamps(receive, Optional.of(false), Optional.empty());
        }
        if (sockets.sender().send(request, 1) != 1) {
            return new TimeStamps(receive, Optional.empty(), Optional.empty());
        }
        stamped = false;
        if (!arrives(sockets.sender(), SocketHeader.MSG_ERRQUEUE) || !stamped) {
            // If nothing comes back, the packet may have been lost before the place where it is stamped.
            Optional<Boolean> transmit = echo.replied() ? Optional.of(false) : Optional.empty();
            return new TimeStamps(receive, transmit, Optional.empty());
        }
        return new TimeStamps(receive, Optional.of(true), transmitKeys());
    }

    private Optional<Boolean> transmitKeys() {
        request.setControl(0, SocketHeader.SOL_SOCKET, SocketHeader.SCM_TS_OPT_ID, 1);
        int sent = sockets.sender().send(request, 1);
        // A control message that the kernel does not know is invalid. cmsg(3), __sock_cmsg_send in net/core/sock.c.
        return sent == 1 ? Optional.of(true) : sent == -Errno.EINVAL ? Optional.of(false) : Optional.empty();
    }

    private boolean arrives(IcmpSocket socket, int queue) {
        long start = System.nanoTime();
        while (true) {
            reply.resetForReceive(0);
            if (socket.receive(reply, 1, queue) == 1) {
                control.parse(reply.controlBytes(), reply.controlOffset(0), reply.controlLength(0));
                stamped = control.kernelNanos() != 0;
                return true;
            }
            if (System.nanoTime() - start >= PATIENCE_NANOS) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void writeRequest(int identifier) {
        int type = ipv4 ? ECHO_REQUEST_IPV4 : ECHO_REQUEST_IPV6;
        putShort(0, type << 8);
        putShort(4, identifier);
        if (!sockets.kind().kernelWritesChecksum()) {
            // RFC 1071, over what is not zero.
            int sum = (type << 8) + identifier;
            putShort(2, ~((sum & 0xffff) + (sum >>> 16)));
        }
    }

    // In network order, whatever the machine's.
    private void putShort(int at, int value) {
        requestBytes.bytes().put(at, (byte) (value >>> 8)).put(at + 1, (byte) value);
    }

    @Override
    public void close() {
        request.close();
        reply.close();
        requestBytes.close();
        replyBytes.close();
    }
}
