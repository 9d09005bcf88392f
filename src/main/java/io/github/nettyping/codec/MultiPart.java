package io.github.nettyping.codec;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;

/**
 * Where the quote of an error ends and the extension structure begins. Immutable.
 *
 * <p>The length attribute says so. But some nodes older than it leave it 0, and some newer ones write the length of the
 * quote before they filled it up with zeros. Both put the structure behind 128 bytes. There it is accepted only with a
 * checksum that fits.
 *
 * @param quoteEnd        index after the quote
 * @param extensionsStart index of the extension structure, {@code end} if there is none
 * @param end             index after the error
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4884#section-4">RFC 4884, sections 4 and 5</a>
 */
record MultiPart(int quoteEnd, int extensionsStart, int end) {

    /** Least length of a quote that extensions follow. RFC 4884, section 3. */
    private static final int MIN_QUOTE_BYTES = 128;

    private static MultiPart whole(int end) {
        return new MultiPart(end, end, end);
    }

    /**
     * Finds the parts of an error that arrived as an ordinary packet.
     *
     * @param start index of the error's ICMP header, of which all 8 bytes are there
     */
    static MultiPart ofError(ByteBuf buffer, IpFamily family, IcmpType type, int start, int end) {
        if (!hasParts(family, type)) {
            return whole(end);
        }
        int length = family == IpFamily.IPV4
                ? buffer.getUnsignedByte(start + IcmpHeader.QUOTE_LENGTH_V4) * Integer.BYTES
                : buffer.getUnsignedByte(start + IcmpHeader.QUOTE_LENGTH_V6) * Long.BYTES;
        int quote = start + IcmpHeader.BYTES;
        if (length >= MIN_QUOTE_BYTES && quote + length <= end) {
            return at(quote + length, end);
        }
        MultiPart parts = unannounced(buffer, quote + MIN_QUOTE_BYTES, end);
        boolean filledUp = parts.extensionsStart < end
                && length >= ipHeaderBytes(family) + IcmpHeader.BYTES
                && length < MIN_QUOTE_BYTES;
        return filledUp ? new MultiPart(quote + length, parts.extensionsStart, end) : parts;
    }

    /** Finds the parts of an entry of the error queue, which lacks the ICMP header and mostly the quoted IP header. */
    static MultiPart ofQueued(ByteBuf buffer, IpFamily family, QueuedError error) {
        int start = buffer.readerIndex();
        int end = buffer.writerIndex();
        if (!hasParts(family, IcmpType.of(family, error.type()))) {
            return whole(end);
        }
        boolean hasIpHeader = QuoteDecoder.beginsWithIpHeader(buffer, family, start, end);
        OptionalInt offset = error.extensionsOffset();
        MultiPart parts;
        if (offset.isPresent()) {
            boolean within = offset.getAsInt() >= 0 && offset.getAsInt() < end - start;
            parts = within ? at(start + offset.getAsInt(), end) : whole(end);
        } else {
            int missing = hasIpHeader ? 0 : ipHeaderBytes(family);
            parts = unannounced(buffer, start + MIN_QUOTE_BYTES - missing, end);
        }
        // Without an IP header, zeros that fill up a short quote look like a payload that ends in zeros. So they are
        // cut off: a shorter payload only proves less, but zeros taken for a token would contradict the probe's.
        return hasIpHeader || parts.extensionsStart == end ? parts : parts.withoutZeros(buffer, start);
    }

    private MultiPart withoutZeros(ByteBuf buffer, int start) {
        int last = quoteEnd;
        while (last > start + IcmpHeader.BYTES && buffer.getByte(last - 1) == 0) {
            last--;
        }
        return new MultiPart(last, extensionsStart, end);
    }

    private static MultiPart at(int extensionsStart, int end) {
        return extensionsStart < end ? new MultiPart(extensionsStart, extensionsStart, end) : whole(end);
    }

    private static MultiPart unannounced(ByteBuf buffer, int extensionsStart, int end) {
        return ExtensionDecoder.isUnannounced(buffer, extensionsStart, end) ? at(extensionsStart, end) : whole(end);
    }

    /** Returns the length of an ordinary IP header. */
    private static int ipHeaderBytes(IpFamily family) {
        return family == IpFamily.IPV4 ? Ipv4Layout.MIN_BYTES : Ipv6Header.BYTES;
    }

    /** Tells whether errors of a type may have extensions. RFC 4884, section 4.6. */
    private static boolean hasParts(IpFamily family, IcmpType type) {
        return switch (type) {
            case DESTINATION_UNREACHABLE, TIME_EXCEEDED -> true;
            case PARAMETER_PROBLEM -> family == IpFamily.IPV4;
            default -> false;
        };
    }
}
