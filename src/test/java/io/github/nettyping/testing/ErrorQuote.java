package io.github.nettyping.testing;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What an {@link IcmpError} says about the probe, behind its header. Immutable. */
final class ErrorQuote {

    /** What the RFCs make sure of. */
    static final ErrorQuote USUAL = new ErrorQuote(-1, false, null, new byte[0]);

    /** IPv6's minimum MTU less the error's own headers. */
    private static final int IPV6_BYTES = 1280 - Packets.IPV6_HEADER_BYTES - Packets.ICMP_HEADER_BYTES;

    /** Padded to this, so that an extension structure is found where old receivers look. RFC 4884, section 4. */
    private static final int EXTENDED_BYTES = 128;

    private static final int OPTION_BYTES = 8;

    private final int bytes;
    private final boolean options;
    private final @Nullable Forgery forgery;
    private final byte[] structure;

    private ErrorQuote(int bytes, boolean options, @Nullable Forgery forgery, byte[] structure) {
        this.bytes = bytes;
        this.options = options;
        this.forgery = forgery;
        this.structure = structure;
    }

    ErrorQuote bytes(int value) {
        return new ErrorQuote(value, options, forgery, structure);
    }

    ErrorQuote withOptions() {
        return new ErrorQuote(bytes, true, forgery, structure);
    }

    ErrorQuote forging(Forgery what) {
        return new ErrorQuote(bytes, options, what, structure);
    }

    ErrorQuote extended(byte... value) {
        return new ErrorQuote(bytes, options, forgery, value.clone());
    }

    /** Writes to the buffer from an index on and sets its limit behind; returns the quote's own length, unpadded. */
    int write(ProbePacket probe, ByteBuffer error, int start) {
        ByteBuffer quoted = forgery == null && !options ? probe.bytes() : changed(probe);
        int length = Math.min(quoted.limit(), bytes < 0 ? usualBytes(probe) : bytes);
        int end = start + length;
        if (structure.length > 0) {
            end = start + extendedBytes(probe, length);
        }
        error.limit(end + structure.length);
        error.put(start, quoted, 0, length);
        for (int i = start + length; i < end; i++) {
            error.put(i, (byte) 0);
        }
        error.put(end, structure);
        return length;
    }

    /** Returns what tells where the structure begins, to be written into bytes 4 to 7 of the error; 0 without one. */
    int lengthField(ProbePacket probe, int length) {
        if (structure.length == 0) {
            return 0;
        }
        // RFC 4884, section 4: byte 5 in words of 32 bits; ICMPv6 byte 4 in words of 64 bits.
        int words = extendedBytes(probe, length) / unit(probe);
        return probe.isIpv6() ? words << 24 : words << 16;
    }

    /** Returns the length of a quote with its padding. */
    private static int extendedBytes(ProbePacket probe, int length) {
        int words = (length + unit(probe) - 1) / unit(probe);
        return Math.max(words * unit(probe), EXTENDED_BYTES);
    }

    private static int unit(ProbePacket probe) {
        return probe.isIpv6() ? 8 : 4;
    }

    private int usualBytes(ProbePacket probe) {
        if (probe.isIpv6()) {
            return structure.length == 0 ? IPV6_BYTES : EXTENDED_BYTES;
        }
        return probe.icmpOffset() + Packets.ICMP_HEADER_BYTES + (options ? OPTION_BYTES : 0);
    }

    private ByteBuffer changed(ProbePacket probe) {
        ByteBuffer copy = ByteBuffer.allocate(probe.length() + (options ? OPTION_BYTES : 0));
        copy.put(0, probe.bytes(), 0, probe.length()).limit(probe.length());
        if (forgery != null) {
            forgery.apply(probe, copy, 0);
        }
        if (options) {
            Packets.insertOptions(copy.limit(copy.capacity()), probe.icmpOffset());
            Packets.putLength(copy);
        }
        return copy;
    }
}
