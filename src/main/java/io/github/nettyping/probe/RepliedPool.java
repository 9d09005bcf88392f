package io.github.nettyping.probe;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.packet.IpAddress;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes that were given back by {@link Replied#recycle}, for correlators. Outcomes that are not given back become
 * ordinary garbage. Confined to the thread that made it.
 */
@Internal
public final class RepliedPool {

    /** A few batches: whoever gives them back does so soon. */
    private static final int CAPACITY = 256;

    private final Thread owner = Thread.currentThread();
    private final @Nullable Replied[] free = new Replied[CAPACITY];
    private int count;

    /** Makes an empty pool. */
    public RepliedPool() {}

    /**
     * Returns an outcome that can be given back; most parameters are those of {@link Replied}'s constructor.
     *
     * @param probe        the probe
     * @param attempts     tries made
     * @param attempt      the try it answers
     * @param from         null for the probe's target
     * @param firstSentAtNanos when the first try was sent
     * @param sentAtNanos  when the answered one was sent
     * @param rttNanos     round trip
     * @param arrivedAtNanos when the reply came, by the wall clock
     * @param rttSource    its clocks
     * @param hopLimit     of the reply
     * @param trafficClass of the reply
     * @param icmpBytes    length of the reply
     * @param flags        what is unusual about it
     * @return one that was given back, or a new one
     */
    public Replied take(
            Probe probe,
            int attempts,
            int attempt,
            @Nullable IpAddress from,
            long firstSentAtNanos,
            long sentAtNanos,
            long rttNanos,
            long arrivedAtNanos,
            RttSource rttSource,
            OptionalInt hopLimit,
            OptionalInt trafficClass,
            int icmpBytes,
            Set<ReplyFlag> flags) {
        Replied reply = count == 0 ? null : free[--count];
        if (reply == null) {
            reply = new Replied(this, rttSource, hopLimit, trafficClass, flags);
        } else {
            reply.fill(rttSource, hopLimit, trafficClass, flags);
        }
        reply.fill(probe, attempts, attempt, from, firstSentAtNanos, sentAtNanos, rttNanos, arrivedAtNanos, icmpBytes);
        return reply;
    }

    /** Takes one back; returns whether it will be used again. */
    boolean giveBack(Replied reply) {
        if (count == CAPACITY || Thread.currentThread() != owner) {
            return false;
        }
        free[count++] = reply;
        return true;
    }
}
