package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.netty.buffer.ByteBuf;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges echo replies: which probe one answers, if any, and how long that took. Every reply is either returned or
 * counted. Confined to the channel's event loop.
 */
final class ReplyMatcher {

    /** Sequence numbers have 16 bits; slots this far apart share one. */
    static final int SEQUENCES = 1 << 16;

    /** The wall clock has been set if it moved by more than this against the monotonic one. */
    static final long MAX_CLOCK_SHIFT_NANOS = 1_000_000;

    private static final int ICMP_HEADER_BYTES = 8;

    /** All there are, so that no reply allocates one. */
    private static final OptionalInt[] HOP_LIMITS =
            IntStream.rangeClosed(0, 255).mapToObj(OptionalInt::of).toArray(OptionalInt[]::new);

    private final ProbeToken token;
    private final SlotTable table;
    private final DeadlineQueue deadlines;
    private final Expiry expiry;
    private final Counters counters;

    ReplyMatcher(ProbeToken token, SlotTable table, DeadlineQueue deadlines, Expiry expiry, Counters counters) {
        this.token = token;
        this.table = table;
        this.deadlines = deadlines;
        this.expiry = expiry;
        this.counters = counters;
    }

    /** Returns the outcome of the probe that the reply answers, which is still in its slot. */
    @Nullable
    Replied match(EchoReply reply, int identifier) {
        if (reply.identifier() != identifier) {
            counters.rejectedIdentifier++;
            return null;
        }
        ByteBuf payload = reply.payload();
        if (payload.readableBytes() < EchoPayload.PATTERN) {
            return matchUnverified(reply);
        }
        int start = payload.readerIndex();
        int slot = payload.getInt(start + EchoPayload.SLOT);
        int generation = payload.getInt(start + EchoPayload.GENERATION);
        long claimed = payload.getLong(start + EchoPayload.TOKEN);
        IcmpPacket packet = reply.packet();
        if (table.contains(slot) && table.isOwnGeneration(slot, generation)) {
            long right = generation == table.generation(slot)
                    ? table.token(slot)
                    : token.of(table.destinationHigh(slot), table.destinationLow(slot), slot, generation);
            if (claimed == right) {
                return matchVerified(reply, packet, slot, generation);
            }
        } else if (table.contains(slot) && table.isEarlierGeneration(slot, generation)) {
            // That probe's destination has been overwritten: only the source can tell where it went.
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
            counters.rejectedIdentifier++;
            return null;
        }
        int flags = 0;
        if (!table.isDestination(slot, packet.peerHigh(), packet.peerLow(), packet.peerScopeId())) {
            if (!table.acceptsAnySource(slot)) {
                counters.rejectedWrongSource++;
                return null;
            }
            flags = ReplyFlag.OTHER_SOURCE.bit();
        }
        return table.isLive(slot) ? accept(reply, packet, slot, generation, flags) : countAfterVerdict(slot);
    }

    /** Too short for a token: identifier, sequence number and source are all there is. */
    private @Nullable Replied matchUnverified(EchoReply reply) {
        IcmpPacket packet = reply.packet();
        int live = 0;
        int match = 0;
        boolean known = false;
        for (int slot = reply.sequence(); slot < table.capacity(); slot += SEQUENCES) {
            if (table.isUnverified(slot)
                    && table.isDestination(slot, packet.peerHigh(), packet.peerLow(), packet.peerScopeId())
                    && table.hasSent(slot)) {
                if (table.isLive(slot)) {
                    live++;
                    match = slot;
                } else if (live == 0) {
                    known = true;
                    match = slot;
                }
            }
        }
        if (live == 1) {
            return accept(reply, packet, match, table.newestSentGeneration(match), ReplyFlag.UNVERIFIED.bit());
        }
        if (live == 0 && known) {
            return countAfterVerdict(match);
        }
        counters.rejectedToken++;
        return null;
    }

    private @Nullable Replied countAfterVerdict(int slot) {
        if (table.wasAnswered(slot)) {
            counters.duplicates++;
        } else {
            counters.late++;
        }
        return null;
    }

    private @Nullable Replied accept(EchoReply reply, IcmpPacket packet, int slot, int generation, int initialFlags) {
        long wallSent = table.wallNanos(slot, generation);
        long monotonicSent = table.monotonicNanos(slot, generation);
        boolean stamped = hasUsableStamp(packet, wallSent, monotonicSent);
        // Like from like: two readings of the wall clock, or two of the monotonic one.
        long rtt = stamped ? packet.kernelReceiveNanos() - wallSent : Math.max(0, packet.readNanos() - monotonicSent);
        Probe probe = table.probe(slot);
        int flags = initialFlags;
        if (!stamped) {
            // Nobody knows when it came. It was there before the verdict, so it counts.
            flags |= expiry.isStalled(packet.readNanos()) ? ReplyFlag.STALLED.bit() : 0;
        } else if (isAfterLastDeadline(slot, probe, monotonicSent + rtt)) {
            if (!expiry.excuses(deadlines.deadlineNanos(slot), monotonicSent + rtt, packet.readNanos())) {
                counters.late++;
                return null;
            }
            flags |= ReplyFlag.STALLED.bit();
        }
        ByteBuf payload = reply.payload();
        if (reply.code() != 0 || !EchoPayload.isIntact(payload, probe.options().payloadBytes(), packet.isTruncated())) {
            flags |= ReplyFlag.DAMAGED.bit();
            counters.damaged++;
        }
        counters.countReply(packet.readNanos());
        boolean fromTarget = (flags & ReplyFlag.OTHER_SOURCE.bit()) == 0;
        IpAddress from = fromTarget ? probe.target() : packet.peer();
        OptionalInt hopLimit = packet.hopLimit();
        return new Replied(
                probe,
                table.attempt(slot),
                table.attempt(slot, generation),
                from,
                wallSent,
                rtt,
                stamped ? RttSource.USER_TX_KERNEL_RX : RttSource.USER_CLOCK,
                hopLimit.isPresent() ? HOP_LIMITS[hopLimit.getAsInt()] : hopLimit,
                ICMP_HEADER_BYTES + payload.readableBytes(),
                ReplyFlag.setOf(flags));
    }

    private static boolean hasUsableStamp(IcmpPacket packet, long wallSent, long monotonicSent) {
        long shift = packet.wallOffsetNanos() - (wallSent - monotonicSent);
        return packet.hasKernelReceiveTime()
                && Math.abs(shift) <= MAX_CLOCK_SHIFT_NANOS
                && packet.kernelReceiveNanos() >= wallSent;
    }

    /**
     * Tells whether a reply came after the last deadline of its probe, though it was read before the verdict. While
     * tries are left, or one is waiting for the kernel, the last deadline is still to come.
     */
    private boolean isAfterLastDeadline(int slot, Probe probe, long arrivalNanos) {
        return table.isWaiting(slot)
                && table.attempt(slot) == probe.options().attempts()
                && arrivalNanos > deadlines.deadlineNanos(slot);
    }
}
