package io.github.nettyping.trace;

import io.github.nettyping.packet.IpFamily;
import java.util.OptionalInt;

/**
 * How long packets to one target can be: at first as long as this machine sends, then shorter as routers ask. Lengths
 * include the IP header. Confined to the event loop.
 *
 * <p>Only the kernel knows how long a packet the interface takes, and it refuses longer ones. So it is found out by
 * packets to the first hop, most of which the kernel refuses.
 */
final class PathMtu {

    /** The length most interfaces take: Ethernet's. */
    static final int USUAL_BYTES = 1_500;

    private static final int MAX_BYTES = 65_535;
    private static final int ICMP_HEADER_BYTES = 8;

    /** No path narrows so many times; more such answers are not honest. */
    private static final int MAX_STEPS = 32;

    /** Lengths to try, each a little below that of a common link type: RFC 1191, section 7. */
    private static final int[] PLATEAUS = {65_535, 32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508, 296, 68};

    private final int headerBytes;
    /** Every link takes so much. */
    private final int leastBytes;

    private final int usualBytes;

    /** The kernel takes this much, and perhaps more. */
    private int takenBytes;

    /** The kernel takes no more than this. */
    private int mostBytes;

    private boolean triedMost;
    private boolean fitting;
    private int bytes;
    private int steps;
    private boolean arrived;

    /**
     * Begins.
     *
     * @param payloadBytes of the longest packet wanted; empty for as long as can be
     * @param usualBytes   the length found for another target
     */
    PathMtu(IpFamily family, OptionalInt payloadBytes, int usualBytes) {
        boolean ipv4 = family == IpFamily.IPV4;
        this.headerBytes = (ipv4 ? 20 : 40) + ICMP_HEADER_BYTES;
        this.usualBytes = usualBytes;
        this.mostBytes =
                payloadBytes.isPresent() ? Math.min(MAX_BYTES, headerBytes + payloadBytes.getAsInt()) : MAX_BYTES;
        // RFC 791, section 3.2, and RFC 8200, section 5.
        this.leastBytes = Math.min(mostBytes, ipv4 ? 68 : 1_280);
        this.takenBytes = leastBytes;
        this.bytes = mostBytes;
        this.fitting = takenBytes < mostBytes;
    }

    /** Tells whether it is still unknown what the interface takes. */
    boolean isFitting() {
        return fitting;
    }

    /** Returns how long the next packet is to be. */
    int packetBytes() {
        return fitting ? candidate() : bytes;
    }

    /** Returns what that leaves for the ICMP payload. */
    int payloadBytes() {
        return packetBytes() - headerBytes;
    }

    /** Returns the length of a packet with so much ICMP payload. */
    int packetBytes(int payloadBytes) {
        return headerBytes + payloadBytes;
    }

    private int candidate() {
        if (takenBytes < usualBytes && usualBytes <= mostBytes) {
            // If the kernel takes this and refuses one byte more, this is the limit.
            return usualBytes < mostBytes ? usualBytes + 1 : usualBytes;
        }
        return triedMost ? (takenBytes + mostBytes + 1) >>> 1 : mostBytes;
    }

    /** The kernel took a packet. */
    void taken(int packetBytes) {
        takenBytes = Math.max(takenBytes, packetBytes);
        fit();
    }

    /** The kernel refused a packet for its length; returns false if it takes none that every link must take. */
    boolean refused(int packetBytes) {
        triedMost |= packetBytes == mostBytes;
        mostBytes = Math.min(mostBytes, packetBytes - 1);
        if (mostBytes < leastBytes) {
            return false;
        }
        if (takenBytes > mostBytes) {
            // The route has changed.
            takenBytes = leastBytes;
        }
        fit();
        return true;
    }

    private void fit() {
        fitting = takenBytes < mostBytes;
        bytes = Math.min(bytes, mostBytes);
    }

    /**
     * A router found a packet too long.
     *
     * @param told the length it claims to take
     * @return whether to try again, by a shorter one; otherwise there is none
     */
    boolean tooLong(int packetBytes, OptionalInt told) {
        if (packetBytes > bytes) {
            // It was sent before.
            return true;
        }
        if (bytes == leastBytes || ++steps > MAX_STEPS) {
            return false;
        }
        int mtu = told.orElse(0);
        bytes = mtu >= leastBytes && mtu < bytes ? mtu : Math.max(leastBytes, plateauBelow(bytes));
        arrived = false;
        return true;
    }

    private static int plateauBelow(int packetBytes) {
        for (int plateau : PLATEAUS) {
            if (plateau < packetBytes) {
                return plateau;
            }
        }
        return 0;
    }

    /** The target replied to a packet. */
    void arrived(int packetBytes) {
        arrived |= packetBytes == bytes;
    }

    /** Returns the length of the longest packet the target replied to, if nobody has asked for shorter ones since. */
    OptionalInt found() {
        return arrived ? OptionalInt.of(bytes) : OptionalInt.empty();
    }
}
