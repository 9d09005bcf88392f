package io.github.nettyping.testing;

import java.nio.ByteBuffer;

/** What is wrong about the probe that an {@link IcmpError} quotes. Each makes it the quote of no probe ever sent. */
public enum Forgery {
    /** Another destination: that of a neighbour, lowest bit flipped. */
    DESTINATION {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            flipBit(packet, quote + (probe.isIpv6() ? 39 : 19));
        }
    },
    /** Another source, lowest bit flipped. */
    SOURCE {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            flipBit(packet, quote + (probe.isIpv6() ? 23 : 15));
        }
    },
    /** UDP instead of ICMP. */
    PROTOCOL {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            set(packet, quote + (probe.isIpv6() ? 6 : 9), 17);
        }
    },
    /** IPv4: a header of 60 bytes, more than is there. IPv6, whose header has one length: no payload. */
    LONG_HEADER {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            if (probe.isIpv6()) {
                set(packet, quote + 4, 0);
                set(packet, quote + 5, 0);
            } else {
                set(packet, quote, 0x4f);
            }
        }
    },
    /** IPv4: a header of 16 bytes, less than there must be. IPv6: a hop-by-hop header, which is not there. */
    SHORT_HEADER {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            if (probe.isIpv6()) {
                set(packet, quote + 6, Packets.HOP_BY_HOP);
            } else {
                set(packet, quote, 0x44);
            }
        }
    },
    /** The other IP version. */
    VERSION {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            set(packet, quote, probe.isIpv6() ? 0x45 : 0x65);
        }
    },
    /** An echo reply instead of a request. */
    TYPE {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            set(packet, quote + probe.icmpOffset(), probe.isIpv6() ? 129 : 0);
        }
    },
    /** Another identifier, lowest bit flipped. */
    IDENTIFIER {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            flipBit(packet, quote + probe.icmpOffset() + 5);
        }
    },
    /** Another sequence number, lowest bit flipped. */
    SEQUENCE {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            flipBit(packet, quote + probe.icmpOffset() + 7);
        }
    },
    /** Another first byte of the payload, where the token stands; the quote must reach so far. */
    TOKEN {
        @Override
        void apply(ProbePacket probe, ByteBuffer packet, int quote) {
            flipBit(packet, quote + probe.icmpOffset() + 8);
        }
    };

    /**
     * Changes a quote.
     *
     * @param probe  what was quoted
     * @param packet holds the quote up to its limit
     * @param quote  index of the quoted IP header
     */
    abstract void apply(ProbePacket probe, ByteBuffer packet, int quote);

    private static void flipBit(ByteBuffer packet, int index) {
        packet.put(index, (byte) (packet.get(index) ^ 1));
    }

    private static void set(ByteBuffer packet, int index, int value) {
        packet.put(index, (byte) value);
    }
}
