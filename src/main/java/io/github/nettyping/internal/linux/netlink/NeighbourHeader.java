package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/neighbour.h}: states and flags of an entry of the neighbour table. rtnetlink(7), arp(7). */
public final class NeighbourHeader {

    /** Asked for, not answered yet. */
    public static final int NUD_INCOMPLETE = 0x01;
    /** Answered not long ago. */
    public static final int NUD_REACHABLE = 0x02;
    /** Answered long ago. */
    public static final int NUD_STALE = 0x04;
    /** Used, to be asked again in a moment. */
    public static final int NUD_DELAY = 0x08;
    /** Being asked again. */
    public static final int NUD_PROBE = 0x10;

    /** Told by somebody else, such as a switch; not counted by {@code gc_thresh3}. */
    public static final int NTF_EXT_LEARNED = 0x10;

    private NeighbourHeader() {}
}
