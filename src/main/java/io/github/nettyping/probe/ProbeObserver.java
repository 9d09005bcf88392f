package io.github.nettyping.probe;

import io.github.nettyping.packet.IpAddress;

/**
 * Learns what happens to probes, packet by packet: for metrics, and for those who want to see more than the one outcome
 * of each probe. Every method does nothing unless overridden.
 *
 * <p>Called on the event loop of the channel that has the probe, by one thread for each channel; it must not block, and
 * what it throws goes to {@code exceptionCaught} of the channel's pipeline without disturbing any probe.
 *
 * <p>Of a probe that is answered after its outcome, or twice, the channel remembers enough until its slot is taken
 * again, at the earliest 1,024 probes later.
 */
public interface ProbeObserver {

    /** Observes nothing. */
    ProbeObserver NONE = new ProbeObserver() {};

    /** Why something that arrived was not accepted. */
    enum Rejection {
        /** A reply without the right token. */
        TOKEN,
        /** A reply with another identifier, or with a sequence number that is not its probe's. */
        IDENTIFIER,
        /** A message that is neither reply nor error. */
        TYPE,
        /** A packet with a wrong ICMP checksum. */
        CHECKSUM,
        /** A packet that is no ICMP message, for its lengths. */
        MALFORMED,
        /** An authentic reply from another address than the target. */
        WRONG_SOURCE,
        /** An ICMP error whose quote is no probe of this channel. */
        QUOTE
    }

    /**
     * The kernel took a packet.
     *
     * @param probe       whose it is
     * @param attempt     the try it belongs to, from 1; the same again if it was sent again for local drops
     * @param sentAtNanos when: {@code CLOCK_REALTIME} in nanoseconds since 1970
     */
    default void onSent(Probe probe, int attempt, long sentAtNanos) {}

    /**
     * A probe has its outcome, which is passed up the pipeline right after this call: replied, timed out, refused by
     * the kernel, dropped by this host.
     *
     * @param outcome one for each probe
     */
    default void onOutcome(ProbeOutcome outcome) {}

    /**
     * A probe that takes several replies, see {@link ProbeOptions#severalReplies()}, has got one. The first of them is
     * its outcome in the end.
     *
     * @param reply one for each source
     */
    default void onReply(Replied reply) {}

    /**
     * A reply came that had been accepted before: a copy, or the answer to another try.
     *
     * @param reply authentic, with its own times
     */
    default void onDuplicate(Replied reply) {}

    /**
     * A reply came after the outcome of its probe, which was not a reply, or after its last deadline.
     *
     * @param reply authentic, with its own times
     */
    default void onLate(Replied reply) {}

    /**
     * An ICMP error came that quotes a probe in flight and does not end it.
     *
     * @param error what it would be as an outcome
     */
    default void onError(IcmpErrorOutcome error) {}

    /**
     * An ICMP error came that quotes a probe that had its outcome.
     *
     * @param error what it would have been as an outcome
     */
    default void onLateError(IcmpErrorOutcome error) {}

    /**
     * Something came that was not accepted; the probe it pretends to answer waits on.
     *
     * @param reason why
     * @param from   who seems to have sent it
     */
    default void onRejected(Rejection reason, IpAddress from) {}

    /**
     * The number of probes without outcome has changed; called once for each change.
     *
     * @param probes how many there are now on this channel
     */
    default void onInFlight(int probes) {}
}
