package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.ErrqueueHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a socket's error queue: ICMP errors with what they quote. Confined to the channel's event loop.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7), IP_RECVERR</a>
 */
final class ErrorQueueReader implements AutoCloseable {

    private static final int BATCH = 32;

    /** An ICMPv4 error quotes at most 576 bytes with its headers (RFC 1812, 4.3.2.3), an ICMPv6 one 1,280. */
    private static final int BUFFER_BYTES = 1_280;

    private final BatchReceiver receiver;

    ErrorQueueReader(ByteBufAllocator allocator, IpFamily family) {
        receiver = BatchReceiver.ofErrors(allocator, family, BATCH, BUFFER_BYTES);
    }

    /** Receives up to one batch; returns how many entries came, or the negated errno. */
    int receive(IcmpSocket socket) {
        return receiver.receive(socket, SocketHeader.MSG_ERRQUEUE);
    }

    /** Returns entry {@code i} of the last batch, or null if it is no error but a stamp somebody has asked this socket for. */
    @Nullable
    IcmpPacket packet(int i, long readNanos, long wallOffsetNanos) {
        IcmpPacket packet = receiver.packet(i, readNanos, wallOffsetNanos);
        ControlMessages control = receiver.control();
        if (control.hasError() && control.origin() == ErrqueueHeader.SO_EE_ORIGIN_TIMESTAMPING) {
            packet.release();
            return null;
        }
        if (control.hasError()) {
            packet.queuedError(new QueuedError(
                    control.errno(),
                    origin(control.origin()),
                    control.type(),
                    control.code(),
                    control.info(),
                    control.hasOffender()
                            ? Optional.of(new IpAddress(
                                    control.offenderHigh(), control.offenderLow(), control.offenderScopeId()))
                            : Optional.empty(),
                    control.hasExtensions() ? OptionalInt.of(control.extensionsOffset()) : OptionalInt.empty()));
        } else {
            packet.queuedError(new QueuedError(0, QueuedError.Origin.OTHER, 0, 0, 0, Optional.empty()));
        }
        return packet;
    }

    private static QueuedError.Origin origin(int value) {
        return switch (value) {
            case ErrqueueHeader.SO_EE_ORIGIN_LOCAL -> QueuedError.Origin.LOCAL;
            case ErrqueueHeader.SO_EE_ORIGIN_ICMP -> QueuedError.Origin.ICMP;
            case ErrqueueHeader.SO_EE_ORIGIN_ICMP6 -> QueuedError.Origin.ICMPV6;
            default -> QueuedError.Origin.OTHER;
        };
    }

    @Override
    public void close() {
        receiver.close();
    }
}
