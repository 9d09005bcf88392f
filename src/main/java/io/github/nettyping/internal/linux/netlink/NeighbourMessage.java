package io.github.nettyping.internal.linux.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An entry of the neighbour table as the kernel tells it: {@code struct ndmsg}, without its attributes. Immutable.
 * rtnetlink(7).
 *
 * @param family {@code AF_INET} or {@code AF_INET6}
 * @param state  {@code NUD_*}
 * @param flags  {@code NTF_*}
 */
public record NeighbourMessage(int family, int state, int flags) {

    /** {@code struct ndmsg}. */
    public static final int HEADER_BYTES = 12;

    public static final int NDM_STATE = 8;
    public static final int NDM_FLAGS = 10;

    /** Reads an entry from the bytes {@code begin} to {@code end - 1}; empty if they are too few. */
    public static Optional<NeighbourMessage> parse(ByteBuffer bytes, int begin, int end) {
        return end - begin < HEADER_BYTES
                ? Optional.empty()
                : Optional.of(new NeighbourMessage(
                        Byte.toUnsignedInt(bytes.get(begin)),
                        Short.toUnsignedInt(bytes.getShort(begin + NDM_STATE)),
                        Byte.toUnsignedInt(bytes.get(begin + NDM_FLAGS))));
    }
}
