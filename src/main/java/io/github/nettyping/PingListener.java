package io.github.nettyping;

import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;

/**
 * Learns what becomes of the probes of a {@link PingSeries}. Called on the event loop of the series, by one thread; it
 * must not block. What it throws is logged once for each series and does not disturb it.
 */
@FunctionalInterface
public interface PingListener {

    /**
     * A probe has its outcome.
     *
     * @param result one for each probe sent, in the order in which they became final
     */
    void onResult(PingResult result);

    /**
     * The kernel took a packet.
     *
     * @param sequence    number of its probe in the series, from 1
     * @param attempt     the try, from 1
     * @param sentAtNanos when: {@code CLOCK_REALTIME} in nanoseconds since 1970
     */
    default void onSent(long sequence, int attempt, long sentAtNanos) {}

    /**
     * A reply came to a probe that had been answered.
     *
     * @param sequence number of that probe
     * @param reply    the further reply, with its own times
     */
    default void onDuplicate(long sequence, Replied reply) {}

    /**
     * A reply came to a probe that had been given up; its result stays what it was.
     *
     * @param sequence number of that probe
     * @param reply    the late reply
     */
    default void onLate(long sequence, Replied reply) {}

    /**
     * An ICMP error came about a probe that waits on, or has its result already. If nothing better comes, it may be the
     * result later.
     *
     * @param sequence number of that probe
     * @param error    what was reported and by whom
     */
    default void onError(long sequence, IcmpErrorOutcome error) {}
}
