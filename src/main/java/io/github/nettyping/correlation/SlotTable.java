package io.github.nettyping.correlation;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every probe in flight, and of the last one that was, by slot: one array for each thing, nothing
 * allocated for a probe. Confined to one thread.
 *
 * <p>The table is a ring of at least twice as many slots as there may be probes in flight, and the next probe takes
 * the next free slot after the last one taken. So a slot rests between two probes until the ring has come round, and
 * its contents can tell an answer that came too late from one that was made up.
 *
 * <p>Every packet sent from a slot has its own generation, which goes on rising from probe to probe. The packets of
 * the present probe, or of the last one if the slot is free, are those from its first generation on.
 */
final class SlotTable {

    /** So many, though fewer would do, that slots rest for a while also where only a few probes are in flight. */
    static final int MIN_CAPACITY = 1024;

    private static final long ANY_IPV4 = IpAddress.ofIpv4(0).low();

    private static final byte NEVER_USED = 0;
    /**
     * A packet was written which the kernel has not taken yet; others may have been sent before it. A bit of its own,
     * for a slot may become free meanwhile.
     */
    private static final byte QUEUED = 1;

    private static final byte WAITING = 2;
    private static final byte ANSWERED = 4;
    private static final byte UNANSWERED = 8;
    /** The deadline has passed, and the next packet, a further try or a repeat, is still to be written. */
    private static final byte HELD_FOR_TRY = 16;

    private static final byte HELD_FOR_REPEAT = 32;

    /** Options of a probe that are still wanted when it is gone. */
    private static final byte UNVERIFIED = 1;

    private static final byte ANY_SOURCE = 2;
    private static final byte SEVERAL_REPLIES = 4;
    private static final byte KEPT = 8;
    /** The call that sent the newest packet took so long that nobody knows when the packet left. */
    private static final byte SENT_SLOWLY = 16;

    /** Places in {@link #earlierTimes}, and how many there are. */
    private static final int WALL = 0;

    private static final int MONOTONIC = 1;
    private static final int TRANSMIT = 2;
    /** 1 for a packet that was sent slowly. */
    private static final int SLOWLY = 3;

    private static final int TIMES = 4;

    private final int limit;
    private final int capacity;
    private final long[] taken;
    private int lastTaken;
    private int inFlight;

    private final byte[] states;
    private final byte[] traits;
    /** Null in free slots, whose probes belong to the writers again, unless they are kept. */
    private final @Nullable Probe[] probes;

    private final long[] destinationsHigh;
    private final long[] destinationsLow;
    private final int[] generations;
    private final int[] firstGenerations;
    private final long[] tokens;
    /** Which packet of its probe, from 1, was sent again without counting as a try; 0 for none. */
    private final short[] repeats;

    private final int[] dropsKnown;
    private final long[] wallNanos;
    private final long[] monotonicNanos;

    /** When newest packets left the kernel, by the wall clock; 0 without a stamp, null before the first one. */
    private long @Nullable [] transmitNanos;

    /**
     * Wall, monotonic and transmit time of all packets of a probe but its newest, and whether each was sent slowly, in turn;
     * kept for the next probe.
     */
    private long @Nullable [] @Nullable [] earlierTimes;

    private @Nullable ErrorEvidence @Nullable [] errors;

    private final GroupReplies groupReplies = new GroupReplies(GroupReplies.MAX_SOURCES);

    /** Makes room for that many probes in flight. */
    SlotTable(int maxInFlight) {
        this.limit = maxInFlight;
        this.capacity = Math.max(MIN_CAPACITY, Integer.highestOneBit(2 * maxInFlight - 1) << 1);
        this.taken = new long[capacity >>> 6];
        this.lastTaken = capacity - 1;
        this.states = new byte[capacity];
        this.traits = new byte[capacity];
        this.probes = new Probe[capacity];
        this.destinationsHigh = new long[capacity];
        this.destinationsLow = new long[capacity];
        this.generations = new int[capacity];
        this.firstGenerations = new int[capacity];
        this.tokens = new long[capacity];
        Arrays.fill(firstGenerations, 1);
        this.repeats = new short[capacity];
        this.dropsKnown = new int[capacity];
        this.wallNanos = new long[capacity];
        this.monotonicNanos = new long[capacity];
    }

    int capacity() {
        return capacity;
    }

    int inFlight() {
        return inFlight;
    }

    boolean isFull() {
        return inFlight == limit;
    }

    /**
     * Gives a probe the next free slot, with its first packet queued; the table must not be full. {@code kept}: what is
     * known of the probe when it is over includes itself.
     */
    int take(Probe probe, boolean kept) {
        int slot = nextFree((lastTaken + 1) & (capacity - 1));
        lastTaken = slot;
        taken[slot >>> 6] |= 1L << slot;
        inFlight++;
        ProbeOptions options = probe.options();
        traits[slot] = (byte) ((options.isVerified() ? 0 : UNVERIFIED)
                | (options.anySource() || isUnspecified(probe.targetHigh(), probe.targetLow()) ? ANY_SOURCE : 0)
                | (options.severalReplies() ? SEVERAL_REPLIES : 0)
                | (kept ? KEPT : 0));
        states[slot] = QUEUED;
        probes[slot] = probe;
        destinationsHigh[slot] = probe.targetHigh();
        destinationsLow[slot] = probe.targetLow();
        firstGenerations[slot] = ++generations[slot];
        repeats[slot] = 0;
        return slot;
    }

    /** What goes to {@code 0.0.0.0} or {@code ::} the kernel sends to an address of this host, which answers. */
    private static boolean isUnspecified(long high, long low) {
        return high == 0 && (low == 0 || low == ANY_IPV4);
    }

    /** Notes the token of the newest packet. */
    void token(int slot, long token) {
        tokens[slot] = token;
    }

    /** Returns the token of the newest packet. */
    long token(int slot) {
        return tokens[slot];
    }

    /** Notes that one more packet is to be written some time. {@code repeat}: it is no further try. */
    void hold(int slot, boolean repeat) {
        states[slot] = repeat ? HELD_FOR_REPEAT : HELD_FOR_TRY;
    }

    /** Tells of a slot that is held whether its next packet is no further try. */
    boolean isHeldForRepeat(int slot) {
        return states[slot] == HELD_FOR_REPEAT;
    }

    /** Raises the generation for one more packet, which is queued. {@code repeat}: it is no further try. */
    void queueAgain(int slot, boolean repeat) {
        int packet = generations[slot] - firstGenerations[slot];
        long[] times = roomForEarlierTimes(slot, packet);
        times[TIMES * packet + WALL] = wallNanos[slot];
        times[TIMES * packet + MONOTONIC] = monotonicNanos[slot];
        times[TIMES * packet + TRANSMIT] = transmitNanos == null ? 0 : transmitNanos[slot];
        times[TIMES * packet + SLOWLY] = (traits[slot] & SENT_SLOWLY) == 0 ? 0 : 1;
        generations[slot]++;
        states[slot] = QUEUED;
        if (repeat) {
            repeats[slot] = (short) (packet + 1);
        }
    }

    private long[] roomForEarlierTimes(int slot, int packet) {
        long @Nullable [] @Nullable [] all = earlierTimes;
        if (all == null) {
            all = new long[capacity][];
            earlierTimes = all;
        }
        long @Nullable [] times = all[slot];
        if (times == null) {
            times = new long[TIMES];
        } else if (times.length <= TIMES * packet) {
            times = Arrays.copyOf(times, 2 * times.length);
        }
        all[slot] = times;
        return times;
    }

    /** Notes that the kernel took the queued packet. {@code slowly}: nobody knows when within a long call. */
    void sent(int slot, long wall, long monotonic, boolean slowly, int drops) {
        states[slot] = WAITING;
        noteTimes(slot, wall, monotonic, slowly);
        dropsKnown[slot] = drops;
    }

    /** Notes that the kernel took a packet whose probe has left the slot; if another is there, nothing is noted. */
    void sentAfterwards(int slot, int generation, long wall, long monotonic, boolean slowly) {
        if (generations[slot] == generation && (states[slot] & QUEUED) != 0) {
            states[slot] &= ~QUEUED;
            noteTimes(slot, wall, monotonic, slowly);
        }
    }

    private void noteTimes(int slot, long wall, long monotonic, boolean slowly) {
        wallNanos[slot] = wall;
        monotonicNanos[slot] = monotonic;
        traits[slot] = (byte) (slowly ? traits[slot] | SENT_SLOWLY : traits[slot] & ~SENT_SLOWLY);
        if (transmitNanos != null) {
            transmitNanos[slot] = 0;
        }
    }

    /** Notes when a packet of the present or last probe left the kernel, by the wall clock; of any other nothing is noted. */
    void stamped(int slot, int generation, long nanos) {
        if (!isOwnGeneration(slot, generation)) {
            return;
        }
        if (generation != generations[slot]) {
            earlierTimes(slot)[TIMES * (generation - firstGenerations[slot]) + TRANSMIT] = nanos;
            return;
        }
        if (transmitNanos == null) {
            transmitNanos = new long[capacity];
        }
        transmitNanos[slot] = nanos;
    }

    /**
     * Frees a slot; what is known of its probe, but for errors and replies of a group, stays readable until it is taken
     * again. {@code answered}: a reply ended the probe.
     */
    void free(int slot, boolean answered) {
        taken[slot >>> 6] &= ~(1L << slot);
        inFlight--;
        if (!keepsProbe(slot)) {
            probes[slot] = null;
        }
        states[slot] = (byte) ((answered ? ANSWERED : UNANSWERED) | (states[slot] & QUEUED));
        if (errors != null) {
            errors[slot] = null;
        }
        groupReplies.forget(slot);
    }

    boolean contains(int slot) {
        return (slot & -capacity) == 0;
    }

    /** Tells whether a probe is in flight in this slot. */
    boolean isLive(int slot) {
        return (taken[slot >>> 6] & 1L << slot) != 0;
    }

    boolean isWaiting(int slot) {
        return states[slot] == WAITING;
    }

    /** Tells whether exactly this packet waits for the kernel. */
    boolean isQueued(int slot, int generation) {
        return states[slot] == QUEUED && generations[slot] == generation;
    }

    /** Tells of a free slot whether a reply ended its last probe. */
    boolean wasAnswered(int slot) {
        return (states[slot] & ANSWERED) != 0;
    }

    /** Tells whether this slot's present probe, or its last one, was sent in a packet of this generation. */
    boolean isOwnGeneration(int slot, int generation) {
        int packet = generation - firstGenerations[slot];
        return packet >= 0 && packet < sentPackets(slot);
    }

    /** Returns the generation of the first packet of the slot's present or last probe. */
    int firstGeneration(int slot) {
        return firstGenerations[slot];
    }

    /** Tells whether a generation is that of the first packet of the slot's probe. */
    boolean isFirstGeneration(int slot, int generation) {
        return generation == firstGenerations[slot];
    }

    /** Tells whether the slot has sent packets of this generation for probes before that. */
    boolean isEarlierGeneration(int slot, int generation) {
        return generation > 0 && generation - firstGenerations[slot] < 0;
    }

    /** Tells whether the kernel has taken a packet of the present or last probe. */
    boolean hasSent(int slot) {
        return sentPackets(slot) > 0;
    }

    private int sentPackets(int slot) {
        int packets = generations[slot] - firstGenerations[slot] + 1;
        return packets - (states[slot] & QUEUED);
    }

    /** Returns the generation of the newest packet the kernel has taken. */
    int newestSentGeneration(int slot) {
        return firstGenerations[slot] + sentPackets(slot) - 1;
    }

    int generation(int slot) {
        return generations[slot];
    }

    /** Returns the try that a packet belongs to, from 1. */
    int attempt(int slot, int generation) {
        int packet = generation - firstGenerations[slot];
        return wasRepeated(slot) && packet >= repeats[slot] ? packet : packet + 1;
    }

    /** Returns the newest try, from 1. */
    int attempt(int slot) {
        return attempt(slot, generations[slot]);
    }

    boolean wasRepeated(int slot) {
        return repeats[slot] != 0;
    }

    /** Tells whether the slot's present or last probe is too short to be authenticated. */
    boolean isUnverified(int slot) {
        return (traits[slot] & UNVERIFIED) != 0;
    }

    /** Tells whether the slot's present or last probe may be answered from anywhere. */
    boolean acceptsAnySource(int slot) {
        return (traits[slot] & ANY_SOURCE) != 0;
    }

    /** Tells whether the slot's present or last probe went to {@code 0.0.0.0} or {@code ::}. */
    boolean wentToUnspecified(int slot) {
        return isUnspecified(destinationsHigh[slot], destinationsLow[slot]);
    }

    /** Tells whether the slot's present or last probe takes several replies, each host's first. */
    boolean takesSeveral(int slot) {
        return (traits[slot] & SEVERAL_REPLIES) != 0;
    }

    /** Tells whether the slot's present or last probe is kept when it is over. */
    boolean keepsProbe(int slot) {
        return (traits[slot] & KEPT) != 0;
    }

    /** Returns the probe in flight in this slot, or the last one that was if it was kept. */
    Probe probe(int slot) {
        Probe probe = probes[slot];
        if (probe == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return probe;
    }

    /** Tells whether this address is where the slot's present or last probe went. */
    boolean isDestination(int slot, long high, long low, int scopeId) {
        return destinationsLow[slot] == low
                && destinationsHigh[slot] == high
                && states[slot] != NEVER_USED
                && (scopeId == 0 || isScope(slot, scopeId));
    }

    private boolean isScope(int slot, int scopeId) {
        Probe probe = probes[slot];
        return probe == null || probe.targetScopeId() == 0 || probe.targetScopeId() == scopeId;
    }

    long destinationHigh(int slot) {
        return destinationsHigh[slot];
    }

    long destinationLow(int slot) {
        return destinationsLow[slot];
    }

    /** Returns when a packet was sent, by the wall clock. */
    long wallNanos(int slot, int generation) {
        return generation == generations[slot] ? wallNanos[slot] : earlierTime(slot, generation, WALL);
    }

    /** Returns when a packet was sent, by the monotonic clock. */
    long monotonicNanos(int slot, int generation) {
        return generation == generations[slot] ? monotonicNanos[slot] : earlierTime(slot, generation, MONOTONIC);
    }

    /** Returns when a packet left the kernel, by the wall clock; 0 if no stamp has come. */
    long transmitNanos(int slot, int generation) {
        if (transmitNanos == null) {
            return 0;
        }
        return generation == generations[slot] ? transmitNanos[slot] : earlierTime(slot, generation, TRANSMIT);
    }

    /** Tells whether the call that sent a packet took so long that nobody knows when in it the packet left. */
    boolean wasSentSlowly(int slot, int generation) {
        return generation == generations[slot]
                ? (traits[slot] & SENT_SLOWLY) != 0
                : earlierTime(slot, generation, SLOWLY) != 0;
    }

    private long earlierTime(int slot, int generation, int which) {
        return earlierTimes(slot)[TIMES * (generation - firstGenerations[slot]) + which];
    }

    private long[] earlierTimes(int slot) {
        long @Nullable [] times = earlierTimes == null ? null : earlierTimes[slot];
        if (times == null) {
            throw new IllegalStateException("slot " + slot + " has sent one packet");
        }
        return times;
    }

    /** Returns the count of local drops that was known when the newest packet was sent. */
    int dropsKnown(int slot) {
        return dropsKnown[slot];
    }

    /** Returns the newest error that quoted the probe in flight. */
    @Nullable
    ErrorEvidence error(int slot) {
        return errors == null ? null : errors[slot];
    }

    void error(int slot, ErrorEvidence evidence) {
        if (errors == null) {
            errors = new ErrorEvidence[capacity];
        }
        errors[slot] = evidence;
    }

    /** Returns which hosts have answered the probes in flight that take several replies. */
    GroupReplies groupReplies() {
        return groupReplies;
    }

    private int nextFree(int from) {
        int word = from >>> 6;
        long free = ~taken[word] & -1L << from;
        while (free == 0) {
            word = (word + 1) & (taken.length - 1);
            free = ~taken[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(free);
    }
}
