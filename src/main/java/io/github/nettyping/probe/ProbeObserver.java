package io.github.nettyping.probe;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Is told what happens to probes, packet by packet: for metrics, and for users who need more than the one outcome of
 * each probe. Every method does nothing unless overridden.
 *
 * <p>Called on the event loop of the probe's channel, so by one thread for each channel. It must not block. What it
 * throws goes to {@code exceptionCaught} of the channel's pipeline and disturbs no probe. Every method may write,
 * flush, cancel and close; immediate results of that may be reported before the method returns.
 *
 * <p>After a probe is over (answered, silent or cancelled), the channel remembers it until its slot is taken again, and
 * reports what still comes for it. The slot is taken by the 513th probe written after it at the earliest, and never
 * before as many others have been written as may be in flight at once. Packets that come later are counted and not
 * reported; so are packets that fit two probes that are over, which only happens without a token. A packet for a probe
 * that has been written again meanwhile is reported all the same.
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
         * An authentic reply from another address than the target; or, if the target is a group, a reply from a host
         * beyond the 65,536 that the channel remembers.
         */
        WRONG_SOURCE,
        /** An ICMP error whose quote is no probe of this channel. */
        QUOTE
    }

    /**
     * Tells whether this observer wants to hear of a probe; by default it hears of all. Other probes only count among
     * those in flight, and the channel forgets them as soon as they are over.
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
     * @param probe       the probe it belongs to
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
     * A reply came to a probe that a reply had ended: a copy, or the answer to another try. Or a probe that takes
     * several replies and still waits got another one from the same source.
     *
     * @param reply not the outcome, with its own times
     */
    default void onDuplicate(Replied reply) {}

    /**
     * A reply came after the last deadline of its probe, after an outcome that was no reply, or after the probe was
     * cancelled. For a probe that took several replies, every reply after the outcome is late, whoever sent it.
     *
     * @param reply not the outcome, with its own times
     */
    default void onLate(Replied reply) {}

    /**
     * An authentic reply came whose data is not what was sent, or whose code is not 0. Called right before the reply is
     * reported as outcome, reply, duplicate or late.
     *
     * @param reply   the reply, with {@link ReplyFlag#DAMAGED}
     * @param payload what came back, from its reader index on; valid during the call, the caller's to release
     */
    default void onDamaged(Replied reply, ByteBuf payload) {}

    /**
     * An authentic reply came with options in its IPv4 header, such as the route that was recorded. Called right before
     * the reply is reported as outcome, reply, duplicate or late, and only if the channel tells such options
     * ({@code IcmpChannelOption.RECEIVE_IPV4_OPTIONS}).
     *
     * @param reply   the reply
     * @param options as they came
     */
    default void onIpv4Options(Replied reply, Ipv4Options options) {}

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
     * differently. It says nothing about the probe's outcome. Raw channels hear of it with
     * {@code IcmpChannelOption.RECEIVE_NOTICES}.
     *
     * @param notice what it would be if it were an outcome
     */
    default void onNotice(IcmpErrorOutcome notice) {}

    /**
     * Something came that was not accepted; the probe it pretends to answer waits on.
     *
     * <p>An ICMP error whose sender the kernel does not tell is counted and not reported.
     *
     * @param reason why
     * @param from   who seems to have sent it
     */
    default void onRejected(Rejection reason, IpAddress from) {}

    /**
     * The number of probes in flight has changed: a probe was written, has its outcome or is about to, or was
     * cancelled. Called for each change; but changes made inside this very call are reported together after it, and a
     * probe that fails while it is being written causes none.
     *
     * @param probes how many there are now on this channel
     */
    default void onInFlight(int probes) {}
}
