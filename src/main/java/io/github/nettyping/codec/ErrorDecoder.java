package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes errors of packets. An error arrives as an ordinary packet (raw sockets) or as an entry of the error queue,
 * which tells type, code and {@code ee_info} beside the bytes; both end in the same messages.
 */
final class ErrorDecoder {

    /** Code of ICMPv4 "fragmentation needed and DF set". RFC 792, page 4. */
    private static final int FRAGMENTATION_NEEDED = 4;

    private ErrorDecoder() {}

    /**
     * Decodes an ICMP error that arrived as an ordinary packet.
     *
     * @param packet does not retain it
     * @param type   an error's type
     * @param start  index of the ICMP header, of which all 8 bytes are there
     * @param end    index after the message
     */
    static IcmpMessage ofPacket(IcmpPacket packet, IpFamily family, IcmpType type, int start, int end) {
        ByteBuf buffer = packet.content();
        MultiPart parts = MultiPart.ofError(buffer, family, type, start, end);
        ErrorReport report = new ErrorReport(
                family,
                buffer.getUnsignedByte(start + IcmpHeader.TYPE),
                buffer.getUnsignedByte(start + IcmpHeader.CODE),
                Optional.of(packet.peer()),
                QuoteDecoder.ofError(packet, family, start + IcmpHeader.BYTES, parts.quoteEnd()),
                packet.readNanos(),
                Receipt.kernelReceiveNanos(packet),
                extensions(packet, parts));
        return message(packet, report, type, info(family, type, buffer.getInt(start + IcmpHeader.REST)));
    }

    /**
     * Decodes an entry of the error queue.
     *
     * @param packet       does not retain it
     * @param socketFamily family of the socket
     */
    static IcmpMessage ofQueued(IcmpPacket packet, QueuedError error, IpFamily socketFamily) {
        return switch (error.origin()) {
            case ICMP -> ofQueuedIcmp(packet, error, IpFamily.IPV4);
            case ICMPV6 -> ofQueuedIcmp(packet, error, IpFamily.IPV6);
            case LOCAL, OTHER ->
                new LocalError(
                        error,
                        QuoteDecoder.ofQueued(
                                packet, socketFamily, packet.content().writerIndex()));
        };
    }

    private static IcmpMessage ofQueuedIcmp(IcmpPacket packet, QueuedError error, IpFamily family) {
        MultiPart parts = MultiPart.ofQueued(packet.content(), family, error);
        ErrorReport report = new ErrorReport(
                family,
                error.type(),
                error.code(),
                error.offender(),
                QuoteDecoder.ofQueued(packet, family, parts.quoteEnd()),
                packet.readNanos(),
                Receipt.kernelReceiveNanos(packet),
                extensions(packet, parts));
        return message(packet, report, IcmpType.of(family, error.type()), error.info());
    }

    /** Returns the {@code ee_info} of the kernel: {@code icmp_unreach()} in Linux {@code net/ipv4/icmp.c}. */
    private static int info(IpFamily family, IcmpType type, int rest) {
        if (family == IpFamily.IPV6) {
            return rest;
        }
        return switch (type) {
            // RFC 1191, section 4: the lower 16 bits.
            case DESTINATION_UNREACHABLE -> rest & 0xffff;
            // RFC 792, page 8: the first byte.
            case PARAMETER_PROBLEM -> rest >>> 24;
            default -> rest;
        };
    }

    private static IcmpMessage message(IcmpPacket packet, ErrorReport report, IcmpType type, int info) {
        return switch (type) {
            case DESTINATION_UNREACHABLE -> new DestinationUnreachableMessage(report, nextHopMtu(report, info));
            case PACKET_TOO_BIG -> new PacketTooBigMessage(report, info < 0 ? Integer.MAX_VALUE : info);
            case TIME_EXCEEDED -> new TimeExceededMessage(report);
            case PARAMETER_PROBLEM -> new ParameterProblemMessage(report, Integer.toUnsignedLong(info));
            case SOURCE_QUENCH -> new SourceQuenchMessage(report);
            case REDIRECT -> new RedirectMessage(report, IpAddress.ofIpv4(info));
            default ->
                new OtherMessage(
                        report.family(),
                        report.type(),
                        report.code(),
                        report.from().orElseGet(packet::peer));
        };
    }

    /** Reads what was appended, unless the end of it is missing. */
    private static IcmpExtensions extensions(IcmpPacket packet, MultiPart parts) {
        return packet.isTruncated()
                ? IcmpExtensions.NONE
                : ExtensionDecoder.decode(packet.content(), parts.extensionsStart(), parts.end());
    }

    /** Returns the reported MTU; routers older than RFC 1191 leave a 0 there. */
    private static OptionalInt nextHopMtu(ErrorReport report, int info) {
        boolean told = report.family() == IpFamily.IPV4
                && report.code() == FRAGMENTATION_NEEDED
                && info > 0
                && info <= Fields.MAX_16_BITS;
        return told ? OptionalInt.of(info) : OptionalInt.empty();
    }
}
