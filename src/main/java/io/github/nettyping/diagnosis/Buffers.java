package io.github.nettyping.diagnosis;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.internal.linux.SkBuff;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the kernel grants of the buffers that are asked for. Immutable.
 *
 * @param receiveBytes the kernel's figure for the receive buffer; twice what was asked for, at most
 * @param sendBytes    the kernel's figure for the send buffer; twice what was asked for, at most
 * @param forced       whether the limits of {@code net.core} were passed, as {@code CAP_NET_ADMIN} permits
 */
public record Buffers(int receiveBytes, int sendBytes, boolean forced) {

    /** The kernel's figure where it grants what was asked for: it doubles that for its own needs. socket(7). */
    public static final int FULL_BYTES = 2 * SocketTrial.WANTED_BUFFER_BYTES;

    /** Returns what the worst served socket got. */
    static Optional<Buffers> of(Stream<SocketTrial.Opened> sockets) {
        return sockets.map(socket ->
                        new Buffers(socket.receiveBufferBytes(), socket.sendBufferBytes(), socket.buffersForced()))
                .min(Comparator.comparingInt(Buffers::receiveBytes).thenComparingInt(Buffers::sendBytes));
    }

    /**
     * {@return how many small replies the receive buffer holds} That many probes of the usual size can be in flight
     * without a loss on this host.
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
