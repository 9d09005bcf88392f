package io.github.nettyping;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/**
 * Is told what becomes of the probes of a {@link PingSeries}. Called on the event loop of the series, by one thread; it
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
     * A host of a group has answered, see {@link io.github.nettyping.probe.ProbeOptions#severalReplies()}. The first reply
     * to a probe is its result later.
     *
     * @param sequence number of that probe
     * @param reply    the first from its source
     */
    default void onReply(long sequence, Replied reply) {}

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
     * A reply came whose data is not what was sent. Called right before the reply itself is reported.
     *
     * @param sequence number of its probe
     * @param reply    the reply, with {@link io.github.nettyping.probe.ReplyFlag#DAMAGED}
     * @param payload  what came back, from its reader index on; valid during the call, the caller's to release
     */
    default void onDamaged(long sequence, Replied reply, ByteBuf payload) {}

    /**
     * A reply came with options in its IPv4 header. Called right before the reply itself is reported, and only if the
     * pinger's sockets have {@code IcmpChannelOption.RECEIVE_IPV4_OPTIONS}.
     *
     * @param sequence number of its probe
     * @param reply    the reply
     * @param options  as they came
     */
    default void onIpv4Options(long sequence, Replied reply, Ipv4Options options) {}

    /**
     * An ICMP error came about a probe that waits on, or has its result already. If nothing better comes, it may be the
     * result later.
     *
     * @param sequence number of that probe
     * @param error    what was reported and by whom
     */
    default void onError(long sequence, IcmpErrorOutcome error) {}

    /**
     * A router sent a redirect or a source quench about a probe, which says nothing about its outcome.
     *
     * @param sequence number of that probe
     * @param notice   what was told and by whom
     */
    default void onNotice(long sequence, IcmpErrorOutcome notice) {}
}
