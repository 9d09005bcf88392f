package io.github.nettyping.channel;

import io.github.nettyping.channel.SocketTrial.Refusal;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Opens the socket or sockets of a channel, sees what they can do, and closes them. Stateless. */
final class TrialRun {

    private TrialRun() {}

    static SocketTrial of(Syscalls syscalls, SocketKind kind) throws IOException {
        IcmpSockets sockets;
        try {
            sockets = IcmpSockets.open(syscalls, List.of(kind));
        } catch (IcmpUnavailableException e) {
            if (e.getCause() instanceof SystemCallException refusal) {
                return new SocketTrial.Refused(kind, refusal(refusal));
            }
            throw e;
        }
        try {
            return of(sockets);
        } catch (SystemCallException e) {
            return new SocketTrial.Refused(kind, refusal(e));
        } finally {
            sockets.close();
        }
    }

    private static SocketTrial of(IcmpSockets sockets) throws IOException {
        boolean forced = sockets.receiver()
                        .trySetInt(
                                SocketHeader.SOL_SOCKET, SocketHeader.SO_RCVBUFFORCE, SocketTrial.WANTED_BUFFER_BYTES)
                >= 0;
        sockets.receiver().setBufferBytes(true, SocketTrial.WANTED_BUFFER_BYTES);
        sockets.setSendBufferBytes(SocketTrial.WANTED_BUFFER_BYTES);
        int receiveBytes = sockets.receiver().getInt(IcmpSocket.RCVBUF);
        int sendBytes = sockets.sender().getInt(IcmpSocket.SNDBUF);
        int identifier = sockets.bind(new InetSocketAddress(0)).getPort();
        try (LoopbackTrial loopback = new LoopbackTrial(sockets, identifier)) {
            SocketTrial.Echo echo = loopback.echo();
            return new SocketTrial.Opened(
                    sockets.kind(), receiveBytes, sendBytes, forced, echo, loopback.timeStamps(echo));
        }
    }

    static Refusal refusal(String call, int errno) {
        return new Refusal(call, errno, Errno.name(errno));
    }

    private static Refusal refusal(SystemCallException e) {
        return new Refusal(e.call(), e.errno(), e.errnoName());
    }
}
