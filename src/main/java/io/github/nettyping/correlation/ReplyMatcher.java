package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RepliedPool;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Judges echo replies: which probe one answers, if any, and how long that took. Every reply is either returned or
 * counted, and then told to the observer. Confined to the channel's event loop.
 */
final class ReplyMatcher {

    /** Sequence numbers have 16 bits; slots this far apart share one. */
    static final int SEQUENCES = 1 << 16;

    /** The wall clock has been set if it moved by more than this against the monotonic one. */
    static final long MAX_CLOCK_SHIFT_NANOS = 1_000_000;

    private static final long LOOPBACK_IPV6 = 1;
    /** 127.0.0.0/8, as a mapped address without its last three bytes. */
    private static final long LOOPBACK_IPV4 = 0xffff_7fL;

    private static final int ICMP_HEADER_BYTES = 8;

    /** When a reply came, as far as it matters. */
    private enum Arrival {
        IN_TIME,
        /** We, or the whole machine, stood still at the deadline, and no stamp shows that it came after that. */
        HELD_UP,
        TOO_LATE
    }

    private final ProbeToken token;
    private final SlotTable table;
    private final DeadlineQueue deadlines;
    private final Expiry expiry;
    private final Counters counters;
    private final Observation observation;
    private final RepliedPool pool = new RepliedPool();

    ReplyMatcher(
            ProbeToken token,
            SlotTable table,
            DeadlineQueue deadlines,
            Expiry expiry,
            Counters counters,
            Observation observation) {
        this.token = token;
        this.table = table;
        this.deadlines = deadlines;
        this.expiry = expiry;
        this.counters = counters;
        this.observation = observation;
    }

    /** Returns the outcome of the probe that the reply ends, which is still in its slot. */
    @Nullable
    Replied match(EchoReply reply, int identifier) {
        if (reply.identifier() != identifier) {
            return rejected(Rejection.IDENTIFIER, reply);
        }
        ByteBuf payload = reply.payload();
        if (payload.readableBytes() < EchoPayload.FILLER) {
            return matchUnverified(reply);
        }
        int start = payload.readerIndex();
        int slot = payload.getInt(start + EchoPayload.SLOT);
        int generation = payload.getInt(start + EchoPayload.GENERATION);
        long claimed = payload.getLong(start + EchoPayload.TOKEN);
        IcmpPacket packet = reply.packet();
        if (table.contains(slot) && table.isOwnGeneration(slot, generation)) {
            if (claimed == tokenOf(slot, generation)) {
                return matchVerified(reply, packet, slot, generation);
            }
        } else if (table.contains(slot) && table.isEarlierGeneration(slot, generation)) {
            // That probe and its destination have been overwritten: only the source can tell where it went, and the
            // source of a group's reply cannot.
            if (claimed == token.of(packet.peerHigh(), packet.peerLow(), slot, generation)) {
                counters.late++;
                return null;
            }
        }
        // It may be a short payload that somebody lengthened.
        return matchUnverified(reply);
    }

    private @Nullable Replied matchVerified(EchoReply reply, IcmpPacket packet, int slot, int generation) {
        if (reply.sequence() != (slot & SEQUENCES - 1)) {
            return rejected(Rejection.IDENTIFIER, reply);
        }
        int flags = 0;
        if (isOtherSource(packet, slot)) {
            if (!table.acceptsAnySource(slot)) {
                return rejected(Rejection.WRONG_SOURCE, reply);
            }
            flags = ReplyFlag.OTHER_SOURCE.bit();
        }
        return table.isLive(slot)
                ? accept(reply, packet, slot, generation, flags)
                : afterVerdict(reply, slot, generation, flags, true);
    }

    /**
     * Too short for a token: identifier, sequence number and source are all there is, and of a group's reply not even
     * the source.
     */
    private @Nullable Replied matchUnverified(EchoReply reply) {
        IcmpPacket packet = reply.packet();
        int live = 0;
        int over = 0;
        int match = 0;
        for (int slot = reply.sequence(); slot < table.capacity(); slot += SEQUENCES) {
            if (table.isUnverified(slot) && table.hasSent(slot) && mayAnswer(packet, slot)) {
                if (table.isLive(slot)) {
                    live++;
                    match = slot;
                } else if (live == 0) {
                    over++;
                    match = slot;
                }
            }
        }
        int flags = ReplyFlag.UNVERIFIED.bit();
        if (live + over > 0 && isOtherSource(packet, match)) {
            flags |= ReplyFlag.OTHER_SOURCE.bit();
        }
        if (live == 1) {
            return accept(reply, packet, match, table.newestSentGeneration(match), flags);
        }
        if (live == 0 && over > 0) {
            return afterVerdict(reply, match, table.newestSentGeneration(match), flags, over == 1);
        }
        return rejected(Rejection.TOKEN, reply);
    }

    /** Tells whether one host was asked and another address has answered. */
    private boolean isOtherSource(IcmpPacket packet, int slot) {
        return !table.takesSeveral(slot)
                && !table.isDestination(slot, packet.peerHigh(), packet.peerLow(), packet.peerScopeId());
    }

    private boolean mayAnswer(IcmpPacket packet, int slot) {
        return !isOtherSource(packet, slot)
                || (table.wentToUnspecified(slot) && isLoopback(packet.peerHigh(), packet.peerLow()));
    }

    private static boolean isLoopback(long high, long low) {
        return high == 0 && (low == LOOPBACK_IPV6 || low >>> 24 == LOOPBACK_IPV4);
    }

    /** {@code certain}: no other probe fits as well. */
    private @Nullable Replied afterVerdict(EchoReply reply, int slot, int generation, int flags, boolean certain) {
        boolean duplicate = table.wasAnswered(slot);
        if (duplicate) {
            counters.duplicates++;
        } else {
            counters.late++;
        }
        if (certain) {
            tell(duplicate, reply, slot, generation, flags);
        }
        return null;
    }

    private @Nullable Replied accept(EchoReply reply, IcmpPacket packet, int slot, int generation, int initialFlags) {
        Probe probe = table.probe(slot);
        boolean several = probe.options().severalReplies();
        if (several && table.groupReplies().contains(slot, packet.peer())) {
            counters.duplicates++;
            return tell(true, reply, slot, generation, initialFlags);
        }
        int flags = initialFlags;
        switch (arrival(packet, slot, generation, probe)) {
            case IN_TIME -> {}
            case HELD_UP -> flags |= ReplyFlag.STALLED.bit();
            case TOO_LATE -> {
                counters.late++;
                return tell(false, reply, slot, generation, flags);
            }
        }
        if (several && table.groupReplies().isFull()) {
            return rejected(Rejection.WRONG_SOURCE, reply);
        }
        boolean damaged = isDamaged(reply, probe, slot, generation);
        if (damaged) {
            flags |= ReplyFlag.DAMAGED.bit();
            counters.damaged++;
        }
        counters.countReply(packet.readNanos());
        Replied outcome = replied(reply, probe, slot, generation, flags);
        boolean told = false;
        if (packet.hasIpv4Options() && observation.sees(slot)) {
            observation.ipv4Options(outcome, packet.ipv4Options());
            told = true;
        }
        if (damaged && observation.sees(slot)) {
            observation.damaged(outcome, reply.payload());
            told = true;
        }
        if (told) {
            if (!table.isLive(slot) || !table.isOwnGeneration(slot, generation)) {
                // The observer has cancelled it.
                return null;
            }
        }
        if (several) {
            table.groupReplies().add(slot, outcome);
            observation.reply(outcome);
            return null;
        }
        return outcome;
    }

    private Arrival arrival(IcmpPacket packet, int slot, int generation, Probe probe) {
        long wallSent = table.wallNanos(slot, generation);
        long monotonicSent = table.monotonicNanos(slot, generation);
        if (!hasUsableStamp(packet, wallSent, monotonicSent)) {
            // Nobody knows when it came. It was there before the verdict, so it counts.
            boolean heldUp = isAfterLastDeadline(slot, probe, packet.readNanos())
                    && expiry.stoodStillSince(deadlines.deadlineNanos(slot));
            return heldUp ? Arrival.HELD_UP : Arrival.IN_TIME;
        }
        long arrivedNanos = monotonicSent + packet.kernelReceiveNanos() - wallSent;
        if (!isAfterLastDeadline(slot, probe, arrivedNanos)) {
            return Arrival.IN_TIME;
        }
        boolean excused = expiry.excuses(deadlines.deadlineNanos(slot), arrivedNanos);
        return excused ? Arrival.HELD_UP : Arrival.TOO_LATE;
    }

    private Replied replied(EchoReply reply, Probe probe, int slot, int generation, int flags) {
        IcmpPacket packet = reply.packet();
        long wallSent = table.wallNanos(slot, generation);
        long monotonicSent = table.monotonicNanos(slot, generation);
        long transmit = table.transmitNanos(slot, generation);
        RttSource source = !hasUsableStamp(packet, wallSent, monotonicSent)
                ? RttSource.USER_CLOCK
                : sourceOfStamped(wallSent, transmit, packet.kernelReceiveNanos());
        // Like from like: two readings of the wall clock, or two of the monotonic one.
        long rtt =
                switch (source) {
                    case KERNEL_TX_RX -> packet.kernelReceiveNanos() - transmit;
                    case USER_TX_KERNEL_RX -> packet.kernelReceiveNanos() - wallSent;
                    case USER_CLOCK -> Math.max(0, packet.readNanos() - monotonicSent);
                };
        boolean departureKnown = source == RttSource.KERNEL_TX_RX || !table.wasSentSlowly(slot, generation);
        boolean fromTarget =
                (flags & ReplyFlag.OTHER_SOURCE.bit()) == 0 && !probe.options().severalReplies();
        Replied replied = pool.take(
                probe,
                table.attempt(slot),
                table.attempt(slot, generation),
                fromTarget ? null : packet.peer(),
                table.isFirstGeneration(slot, generation)
                        ? wallSent
                        : table.wallNanos(slot, table.firstGeneration(slot)),
                wallSent,
                rtt,
                source == RttSource.KERNEL_TX_RX ? packet.kernelReceiveNanos() : wallSent + rtt,
                source,
                packet.hopLimit(),
                packet.trafficClass(),
                ICMP_HEADER_BYTES + reply.payload().readableBytes(),
                ReplyFlag.setOf(departureKnown ? flags : flags | ReplyFlag.STALLED.bit()));
        if (observation.sees(slot) || probe.options().severalReplies()) {
            replied.keep();
        }
        return replied;
    }

    private boolean isDamaged(EchoReply reply, Probe probe, int slot, int generation) {
        ProbeOptions options = probe.options();
        boolean truncated = reply.packet().isTruncated();
        return reply.code() != 0
                || !EchoPayload.isIntact(reply.payload(), options, tokenOf(slot, generation), truncated)
                || (options.flowChecksum().isPresent()
                        && !truncated
                        && !FlowChecksum.isIntact(
                                reply.payload(),
                                probe.target().family(),
                                reply.identifier(),
                                reply.sequence(),
                                options.flowChecksum().getAsInt()));
    }

    /** Returns the token of a packet of the slot's present or last probe. */
    private long tokenOf(int slot, int generation) {
        return generation == table.generation(slot)
                ? table.token(slot)
                : token.of(table.destinationHigh(slot), table.destinationLow(slot), slot, generation);
    }

    /** Tells of an authentic reply that ends nothing. */
    private @Nullable Replied tell(boolean duplicate, EchoReply reply, int slot, int generation, int initialFlags) {
        if (!observation.sees(slot)) {
            return null;
        }
        Probe probe = table.probe(slot);
        boolean damaged = isDamaged(reply, probe, slot, generation);
        int flags = damaged ? initialFlags | ReplyFlag.DAMAGED.bit() : initialFlags;
        Replied told = replied(reply, probe, slot, generation, flags);
        if (reply.packet().hasIpv4Options()) {
            observation.ipv4Options(told, reply.packet().ipv4Options());
        }
        if (damaged) {
            observation.damaged(told, reply.payload());
        }
        if (duplicate) {
            observation.duplicate(told);
        } else {
            observation.late(told);
        }
        return null;
    }

    private @Nullable Replied rejected(Rejection reason, EchoReply reply) {
        observation.rejected(reason, reply.packet());
        return null;
    }

    private static boolean hasUsableStamp(IcmpPacket packet, long wallSent, long monotonicSent) {
        long shift = packet.wallOffsetNanos() - (wallSent - monotonicSent);
        long wallRead = packet.readNanos() + packet.wallOffsetNanos();
        // A clock that was set and set back shows no shift; but between the two it made a stamp that cannot be.
        return packet.hasKernelReceiveTime()
                && Math.abs(shift) <= MAX_CLOCK_SHIFT_NANOS
                && packet.kernelReceiveNanos() >= wallSent
                && packet.kernelReceiveNanos() - wallRead <= MAX_CLOCK_SHIFT_NANOS;
    }

    /**
     * Returns what a round trip to a good receive stamp is measured with: a packet leaves after the call that sends it, and
     * before its answer arrives. {@code transmit} is 0 without a stamp.
     */
    static RttSource sourceOfStamped(long wallSent, long transmit, long received) {
        return transmit >= wallSent && transmit <= received ? RttSource.KERNEL_TX_RX : RttSource.USER_TX_KERNEL_RX;
    }

    /**
     * Tells whether a reply came after the last deadline of its probe, though it was read before the verdict. While
     * tries are left, or one is due or waiting for the kernel, the last deadline is still to come. So it is for a group: of
     * hosts that answer together, all count or none.
     */
    private boolean isAfterLastDeadline(int slot, Probe probe, long arrivalNanos) {
        return table.isWaiting(slot)
                && table.attempt(slot) == probe.options().attempts()
                && arrivalNanos > deadlines.deadlineNanos(slot);
    }
}
