package io.github.nettyping.probe;

import io.github.nettyping.internal.Internal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What can be unusual about a reply. Immutable. */
public enum ReplyFlag {
    /** Authentic, but its code is not 0, or its data was changed, shortened or lengthened on the way. */
    DAMAGED(1),
    /** The payload is too short to authenticate a reply: anybody could have sent it. */
    UNVERIFIED(2),
    /** Authentic, but sent by another address than the target; never set where a group of hosts was asked. */
    OTHER_SOURCE(4),
    /**
     * This process or machine paused, so that the round trip may be shorter than it says: when the deadline passed, and no
     * stamp shows that the reply came before it; or for more than 20 ms in the system call that sent the probe, and no stamp
     * tells when in it the packet left.
     */
    STALLED(8);

    /** All sets there are, by the bits of their elements, so that no reply allocates one. */
    private static final List<Set<ReplyFlag>> SETS =
            IntStream.range(0, 1 << values().length).mapToObj(ReplyFlag::newSet).toList();

    private final int bit;

    ReplyFlag(int bit) {
        this.bit = bit;
    }

    private static Set<ReplyFlag> newSet(int bits) {
        EnumSet<ReplyFlag> set = EnumSet.noneOf(ReplyFlag.class);
        for (ReplyFlag flag : values()) {
            if ((bits & flag.bit) != 0) {
                set.add(flag);
            }
        }
        return Collections.unmodifiableSet(set);
    }

    /** {@return the bit that stands for this flag in {@link #setOf}} */
    @Internal
    public int bit() {
        return bit;
    }

    /**
     * {@return a set of flags without allocating one: the same one for the same bits, unmodifiable}
     *
     * @param bits the {@link #bit() bits} of its elements, or'ed together; 0 for none
     * @throws IndexOutOfBoundsException if there are other bits
     */
    @Internal
    public static Set<ReplyFlag> setOf(int bits) {
        return SETS.get(bits);
    }
}
