package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When a message was received, and with which hop limit. Immutable.
 *
 * @param hopLimit           time to live or hop limit it arrived with, 0 to 255, if the kernel told
 * @param readNanos          {@link System#nanoTime()} when it was read from the socket
 * @param wallOffsetNanos    {@code CLOCK_REALTIME} minus {@link System#nanoTime()} at that moment
 * @param kernelReceiveNanos {@code CLOCK_REALTIME} when the kernel received it, in nanoseconds since 1970; empty if
 *                           the kernel made no stamp
 */
public record Receipt(OptionalInt hopLimit, long readNanos, long wallOffsetNanos, OptionalLong kernelReceiveNanos) {

    static Receipt of(IcmpPacket packet) {
        return new Receipt(packet.hopLimit(), packet.readNanos(), packet.wallOffsetNanos(), kernelReceiveNanos(packet));
    }

    static OptionalLong kernelReceiveNanos(IcmpPacket packet) {
        return packet.hasKernelReceiveTime() ? OptionalLong.of(packet.kernelReceiveNanos()) : OptionalLong.empty();
    }
}
