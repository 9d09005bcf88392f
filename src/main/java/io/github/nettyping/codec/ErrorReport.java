package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every ICMP error has, whatever its type. Immutable.
 *
 * @param family             the version of ICMP
 * @param type               ICMP type, 0 to 255
 * @param code               ICMP code, 0 to 255
 * @param from               who reported the error, if the kernel told
 * @param quote              the quoted probe; empty if the quote is no echo request
 * @param readNanos          {@link System#nanoTime()} when it was read from the socket
 * @param kernelReceiveNanos {@code CLOCK_REALTIME} when the kernel received it, in nanoseconds since 1970; empty if
 *                           the kernel made no stamp
 * @param extensions         what the reporter appended; {@link IcmpExtensions#NONE} in most errors
 */
public record ErrorReport(
        IpFamily family,
        int type,
        int code,
        Optional<IpAddress> from,
        Optional<Quote> quote,
        long readNanos,
        OptionalLong kernelReceiveNanos,
        IcmpExtensions extensions) {

    /**
     * Makes a report without extensions.
     *
     * @param family             the version of ICMP
     * @param type               ICMP type, 0 to 255
     * @param code               ICMP code, 0 to 255
     * @param from               who reported the error, if the kernel told
     * @param quote              the quoted probe
     * @param readNanos          {@link System#nanoTime()} when it was read from the socket
     * @param kernelReceiveNanos {@code CLOCK_REALTIME} when the kernel received it
     */
    public ErrorReport(
            IpFamily family,
            int type,
            int code,
            Optional<IpAddress> from,
            Optional<Quote> quote,
            long readNanos,
            OptionalLong kernelReceiveNanos) {
        this(family, type, code, from, quote, readNanos, kernelReceiveNanos, IcmpExtensions.NONE);
    }
}
