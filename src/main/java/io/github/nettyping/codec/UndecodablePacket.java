package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;

/**
 * A packet that was dropped because its bytes are no ICMP message, kept as a message so that it is counted. Immutable.
 *
 * @param reason what was wrong with it
 * @param from   who sent it
 */
public record UndecodablePacket(Reason reason, IpAddress from) implements IcmpMessage, Uncounted {

    /** What was wrong. */
    public enum Reason {
        /** The ICMP checksum does not fit the bytes. */
        CHECKSUM,
        /** Too short, cut off on the way to us, or with lengths that contradict each other. */
        MALFORMED
    }
}
