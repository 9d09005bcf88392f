package io.github.nettyping.diagnosis;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.internal.linux.SkBuff;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How large the socket buffers are that the kernel grants. Immutable.
 *
 * @param receiveBytes the kernel's figure for the receive buffer; twice what was asked for, at most
 * @param sendBytes    the kernel's figure for the send buffer; twice what was asked for, at most
 * @param forced       whether they are beyond the limits of {@code net.core}, which {@code CAP_NET_ADMIN} permits
 */
public record Buffers(int receiveBytes, int sendBytes, boolean forced) {

    /** The kernel's figure if it grants the full size: twice of what was asked for. socket(7). */
    public static final int FULL_BYTES = 2 * SocketTrial.WANTED_BUFFER_BYTES;

    /** Returns the buffers of the socket that got least. */
    static Optional<Buffers> of(Stream<SocketTrial.Opened> sockets) {
        return sockets.map(socket ->
                        new Buffers(socket.receiveBufferBytes(), socket.sendBufferBytes(), socket.buffersForced()))
                .min(Comparator.comparingInt(Buffers::receiveBytes).thenComparingInt(Buffers::sendBytes));
    }

    /**
     * {@return how many small replies the receive buffer holds} With no more probes of the usual size in flight, this
     * host loses no reply.
     */
    public int repliesHeld() {
        return receiveBytes / SkBuff.SMALL_PACKET_BYTES;
    }

    boolean isSmall() {
        return isReceiveSmall() || isSendSmall();
    }

    boolean isReceiveSmall() {
        return receiveBytes < FULL_BYTES;
    }

    boolean isSendSmall() {
        return sendBytes < FULL_BYTES;
    }
}
