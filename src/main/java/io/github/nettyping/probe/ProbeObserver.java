package io.github.nettyping.probe;

import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Learns what happens to probes, packet by packet: for metrics, and for those who want to see more than the one outcome
 * of each probe. Every method does nothing unless overridden.
 *
 * <p>Called on the event loop of the channel that has the probe, by one thread for each channel; it must not block, and
 * what it throws goes to {@code exceptionCaught} of the channel's pipeline without disturbing any probe. Every method
 * may write, flush, cancel and close; what comes of that at once may be told before the method returns.
 *
 * <p>Of a probe that is over, answered or not or cancelled, the channel remembers enough to tell what still comes for
 * it, until its slot is taken again: by the 513th probe written after it at the earliest, and never before as many others
 * have been written as may be in flight at once. What comes after that is counted and not told; so is what fits two probes that are over, which
 * only happens without a token. A probe that has been written again meanwhile is told of all the same.
 */
public interface ProbeObserver {

    /** Observes nothing. */
    ProbeObserver NONE = new ProbeObserver() {
        @Override
        public boolean observes(Probe probe) {
            return false;
        }
    };

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
        /**
         * An authentic reply from another address than the target; or one to a group of hosts, when more hosts have
         * answered than the channel remembers, 65,536.
         */
        WRONG_SOURCE,
        /** An ICMP error whose quote is no probe of this channel. */
        QUOTE
    }

    /**
     * Tells whether it wants to hear of a probe; by default of all. Of another one it is told nothing, but it counts among
     * those in flight, and the channel forgets it as soon as it is over.
     *
     * @param probe one that is written, or has its outcome
     * @return the same whenever it is asked about a probe
     */
    default boolean observes(Probe probe) {
        return true;
    }

    /**
     * The kernel took a packet. Called from inside the flush, also for a probe that was cancelled or answered while the
     * packet waited.
     *
     * @param probe       whose it is
     * @param attempt     the try it belongs to, from 1; the same again if it was sent again for local drops
     * @param sentAtNanos right before the system call: {@code CLOCK_REALTIME} in nanoseconds since 1970
     */
    default void onSent(Probe probe, int attempt, long sentAtNanos) {}

    /**
     * A probe has its outcome, which is passed up the pipeline right after this call: replied, timed out, refused by
     * the kernel, dropped by this host.
     *
     * @param outcome one for each probe that is not cancelled
     */
    default void onOutcome(ProbeOutcome outcome) {}

    /**
     * A probe that takes several replies, see {@link ProbeOptions#severalReplies()}, has got one. The first of them is
     * its outcome in the end.
     *
     * @param reply the first from its source
     */
    default void onReply(Replied reply) {}

    /**
     * A reply came to a probe that a reply had ended: a copy, or the answer to another try. Or, while a probe waits that
     * takes several replies, a further one from the same source.
     *
     * @param reply not the outcome, with its own times
     */
    default void onDuplicate(Replied reply) {}

    /**
     * A reply came after the last deadline of its probe, after an outcome that was no reply, or after the probe was
     * cancelled. To a probe that took several replies every one is late that comes after the outcome, whoever sent it.
     *
     * @param reply not the outcome, with its own times
     */
    default void onLate(Replied reply) {}

    /**
     * An authentic reply came whose data is not what was sent, or whose code is not 0. Told right before the reply is told
     * as what it is: outcome, reply, duplicate or late.
     *
     * @param reply   the reply, with {@link ReplyFlag#DAMAGED}
     * @param payload what came back, from its reader index on; valid during the call, the caller's to release
     */
    default void onDamaged(Replied reply, ByteBuf payload) {}

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
     * A redirect or a source quench came that quotes a probe, in flight or over: a router wants this machine to send
     * otherwise. It says nothing of what becomes of the probe. Raw channels hear of it by
     * {@code IcmpChannelOption.RECEIVE_NOTICES}.
     *
     * @param notice what it would be if it were an outcome
     */
    default void onNotice(IcmpErrorOutcome notice) {}

    /**
     * Something came that was not accepted; the probe it pretends to answer waits on.
     *
     * <p>An ICMP error of which the kernel does not tell the sender is counted and not told.
     *
     * @param reason why
     * @param from   who seems to have sent it
     */
    default void onRejected(Rejection reason, IpAddress from) {}

    /**
     * The number of probes in flight has changed: a probe was written, or has its outcome or is about to, or was
     * cancelled. Called for each change, but changes made from inside this very call are told together after it, and a
     * probe that fails while it is being written makes none.
     *
     * @param probes how many there are now on this channel
     */
    default void onInFlight(int probes) {}
}
