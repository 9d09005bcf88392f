package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes that take several replies: each host of a group once, until the deadline. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorGroupTest {

    private static final IpAddress GROUP = IpAddress.ofIpv4(0xc000_02ff);
    private static final IpAddress ONE = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress TWO = IpAddress.ofIpv4(0xc000_0202);
    private static final ProbeOptions OPTIONS = ProbeOptions.builder()
            .timeout(Duration.ofSeconds(1))
            .attempts(1)
            .severalReplies(true)
            .build();
    private static final ProbeOptions TWICE =
            OPTIONS.toBuilder().attempts(2).backoff(1).build();
    private static final ProbeOptions SHORT =
            OPTIONS.toBuilder().payloadBytes(8).build();

    private final RecordingObserver observer = new RecordingObserver();
    private final ProbeCorrelator correlator =
            FakeIcmpChannel.correlator().observer(observer).build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        channel.releaseWaiting();
    }

    private Sent send(ProbeOptions options) {
        channel.writeAndFlush(new Probe(GROUP, options));
        return channel.lastSent();
    }

    private void receive(Sent packet, IpAddress from) {
        channel.writeInbound(channel.reply(packet).source(from).build());
    }

    // Replies.

    @Test
    void replyOfEveryHostIsToldOnce() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(3);
        receive(packet, ONE);
        channel.advanceMillis(3);
        receive(packet, TWO);

        assertThat(observer.replies).extracting(Replied::from).containsExactly(ONE, TWO);
        assertThat(observer.replies).extracting(Replied::rttNanos).containsExactly(3_000_000L, 6_000_000L);
        assertThat(observer.replies)
                .allSatisfy(reply -> assertThat(reply.flags()).isEmpty());
        assertThat(channel.inboundMessages()).as("the probe waits on").isEmpty();
        assertThat(correlator.statistics().inFlight()).isEqualTo(1);
    }

    @Test
    void firstReplyIsTheOutcomeAtTheDeadline() {
        Sent packet = send(OPTIONS);
        receive(packet, ONE);
        receive(packet, TWO);
        channel.advanceMillis(999);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.advanceMillis(3);

        assertThat(channel.outcome(Replied.class)).isSameAs(observer.replies.get(0));
        assertThat(observer.outcomes).hasSize(1);
        assertThat(correlator.statistics().replies()).isEqualTo(2);
        assertThat(correlator.statistics().outcomes().replied()).isEqualTo(1);
    }

    @Test
    void furtherReplyOfAHostIsADuplicate() {
        Sent packet = send(OPTIONS);
        receive(packet, ONE);
        receive(packet, TWO);
        channel.advanceMillis(5);
        receive(packet, ONE);

        assertThat(observer.duplicates).extracting(Replied::from).containsExactly(ONE);
        assertThat(observer.duplicates.get(0).rttNanos()).isEqualTo(5_000_000);
        assertThat(observer.replies).hasSize(2);
        assertThat(correlator.statistics().duplicates()).isEqualTo(1);
        assertThat(correlator.statistics().replies()).isEqualTo(2);
    }

    @Test
    void damagedReplyOfAHostCounts() {
        Sent packet = send(OPTIONS);
        channel.writeInbound(channel.reply(packet).source(ONE).code(1).build());

        assertThat(observer.replies.get(0).flags()).containsExactly(ReplyFlag.DAMAGED);
        assertThat(observer.damaged).singleElement().satisfies(damaged -> assertThat(damaged.reply())
                .isSameAs(observer.replies.get(0)));
        assertThat(correlator.statistics().damaged()).isEqualTo(1);
    }

    @Test
    void forgedReplyIsRejected() {
        Sent packet = send(OPTIONS);
        channel.writeInbound(channel.reply(packet).source(ONE).xor(0, 1).build());

        assertThat(observer.replies).isEmpty();
        assertThat(correlator.statistics().rejected().token()).isEqualTo(1);
    }

    @Test
    void replyAfterTheOutcomeIsLateEvenIfItsHostHasAnswered() {
        Sent packet = send(OPTIONS);
        receive(packet, ONE);
        channel.advanceMillis(1002);
        receive(packet, ONE);
        receive(packet, TWO);

        assertThat(observer.late).extracting(Replied::from).containsExactly(ONE, TWO);
        assertThat(observer.late).allSatisfy(reply -> assertThat(reply.flags()).isEmpty());
        assertThat(correlator.statistics().duplicates()).isZero();
        assertThat(correlator.statistics().late()).isEqualTo(2);
    }

    /** Has the channel read two replies after a pause that came together after the deadline. */
    private void receiveTogetherAfterTheDeadline(Sent packet) {
        long sent = channel.now();
        for (IpAddress host : List.of(ONE, TWO)) {
            channel.waiting.add(channel.reply(packet)
                    .source(host)
                    .arrived(sent + 1_300_000_000L)
                    .read(sent + 1_500_000_000L)
                    .build());
        }
        channel.pauseMillis(1500);
        channel.advanceMillis(30);
    }

    @Test
    void repliesThatCameAfterTheLastDeadlineAreLate() {
        receiveTogetherAfterTheDeadline(send(OPTIONS));

        assertThat(observer.late).extracting(Replied::from).containsExactly(ONE, TWO);
        channel.outcome(TimedOut.class);
    }

    @Test
    void repliesThatCameTogetherCountTogetherWhileTriesAreLeft() {
        receiveTogetherAfterTheDeadline(send(TWICE));

        assertThat(observer.replies).extracting(Replied::from).containsExactly(ONE, TWO);
        assertThat(channel.sent).hasSize(1);
        channel.outcome(Replied.class);
    }

    @Test
    void moreHostsThanAreRememberedAreRejected() {
        ProbeCorrelator many = FakeIcmpChannel.correlator().observer(observer).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(many);
        wide.writeAndFlush(new Probe(GROUP, OPTIONS));
        Sent packet = wide.lastSent();
        for (int i = 0; i <= GroupReplies.MAX_SOURCES; i++) {
            wide.writeInbound(
                    wide.reply(packet).source(IpAddress.ofIpv4(0x0a00_0000 + i)).build());
        }

        assertThat(many.statistics().replies()).isEqualTo(GroupReplies.MAX_SOURCES);
        assertThat(observer.rejected)
                .containsExactly(new RecordingObserver.Rejected(
                        Rejection.WRONG_SOURCE, IpAddress.ofIpv4(0x0a00_0000 + GroupReplies.MAX_SOURCES)));
        wide.finishAndReleaseAll();
    }

    // Tries, errors, drops.

    @Test
    void answeredGroupGetsNoFurtherTry() {
        receive(send(TWICE), ONE);
        channel.drops = 1;
        channel.advanceMillis(1002);

        assertThat(channel.sent).hasSize(1);
        assertThat(channel.outcome(Replied.class).from()).isEqualTo(ONE);
    }

    @Test
    void silentGroupGetsAllTriesAndTimesOut() {
        send(TWICE);
        channel.advanceMillis(2004);

        assertThat(channel.sent).hasSize(2);
        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(2);
    }

    @Test
    void repliesToBothTriesCountOncePerHost() {
        Sent first = send(TWICE);
        channel.advanceMillis(1002);
        receive(first, ONE);
        receive(channel.lastSent(), ONE);
        receive(channel.lastSent(), TWO);

        assertThat(observer.replies).extracting(Replied::attempt).containsExactly(1, 2);
        assertThat(observer.duplicates).extracting(Replied::attempt).containsExactly(2);
    }

    @Test
    void silentGroupHitByLocalDropsIsDroppedLocally() {
        send(OPTIONS);
        channel.drops = 1;
        channel.advanceMillis(1002);
        channel.drops = 2;
        channel.advanceMillis(1002);

        assertThat(channel.sent).hasSize(2);
        channel.outcome(DroppedLocally.class);
    }

    @Test
    void newestErrorIsTheOutcomeIfNobodyAnswers() {
        Sent packet = send(OPTIONS);
        channel.writeInbound(channel.unreachable(packet, 0));
        channel.advanceMillis(1002);

        channel.outcome(Unreachable.class);
        assertThat(observer.errors).hasSize(1);
    }

    @Test
    void replyOutranksAnError() {
        Sent packet = send(OPTIONS);
        receive(packet, ONE);
        channel.writeInbound(channel.unreachable(packet, 0));
        channel.advanceMillis(1002);

        channel.outcome(Replied.class);
    }

    @Test
    void errorEndsAGroupOnRequestOnlyWhileNobodyHasAnswered() {
        ProbeOptions failFast = OPTIONS.toBuilder().failFast(true).build();
        channel.writeInbound(channel.unreachable(send(failFast), 0));
        channel.outcome(Unreachable.class);
        assertThat(observer.errors).isEmpty();

        Sent answered = send(failFast);
        receive(answered, ONE);
        channel.writeInbound(channel.unreachable(answered, 0));
        receive(answered, TWO);
        assertThat(observer.errors).hasSize(1);
        assertThat(observer.replies).hasSize(2);
        channel.advanceMillis(1002);
        channel.outcome(Replied.class);
    }

    // Other ends.

    @Test
    void closedGroupEndsWithItsFirstReply() {
        receive(send(OPTIONS), ONE);
        send(OPTIONS);
        channel.close();

        assertThat(channel.outcome(Replied.class).from()).isEqualTo(ONE);
        channel.outcome(NotSent.class);
    }

    @Test
    void groupWhoseNextTryIsRefusedEndsWithItsFirstReply() {
        Sent first = send(TWICE);
        channel.kernel = Kernel.BLOCKS;
        channel.advanceMillis(1002);
        receive(first, ONE);
        channel.kernel = Kernel.REFUSES;
        channel.flush();

        assertThat(channel.outcome(Replied.class).from()).isEqualTo(ONE);
    }

    @Test
    void groupWhoseNextTryIsThrownAwayEndsWithItsFirstReply() {
        Object[] held = new Object[1];
        Sent first = send(TWICE);
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                held[0] = msg;
            }
        });
        channel.advanceMillis(1002);
        receive(first, ONE);
        ReferenceCountUtil.release(held[0]);
        channel.runPendingTasks();

        assertThat(channel.outcome(Replied.class).from()).isEqualTo(ONE);
    }

    @Test
    void cancelledGroupHasNoOutcomeAndItsHostsAreForgotten() {
        Probe probe = new Probe(GROUP, OPTIONS);
        channel.writeAndFlush(probe);
        receive(channel.lastSent(), ONE);
        correlator.cancel(probe);
        receive(channel.lastSent(), ONE);
        channel.advanceMillis(1100);

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(observer.late).hasSize(1);
        assertThat(observer.duplicates).isEmpty();
    }

    // Payloads too short for a token.

    @Test
    void shortRepliesAreMatchedByTheirSequence() {
        Sent packet = send(SHORT);
        receive(packet, ONE);
        receive(packet, TWO);
        receive(packet, TWO);

        assertThat(observer.replies).extracting(Replied::from).containsExactly(ONE, TWO);
        assertThat(observer.replies.get(0).flags()).containsExactly(ReplyFlag.UNVERIFIED);
        assertThat(observer.duplicates).extracting(Replied::from).containsExactly(TWO);
    }

    @Test
    void shortReplyWithAnotherSequenceIsRejected() {
        Sent packet = send(SHORT);
        channel.writeInbound(channel.reply(packet)
                .source(ONE)
                .sequence(packet.sequence() + 1)
                .build());

        assertThat(observer.replies).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shortReplyIsNotMatchedWithAVerifiedGroup() {
        Sent packet = send(OPTIONS);
        channel.writeInbound(channel.reply(packet)
                .source(ONE)
                .payload(Arrays.copyOf(packet.payload(), 8))
                .build());

        assertThat(observer.replies).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shortReplyThatFitsTwoGroupsIsRejected() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        for (int i = 0; i < 65_537; i++) {
            wide.write(new Probe(GROUP, SHORT), wide.voidPromise());
        }
        wide.flush();
        wide.writeInbound(wide.reply(wide.lastSent()).source(ONE).build());
        assertThat(large.statistics().rejected().token()).isEqualTo(1);
        wide.writeInbound(wide.reply(wide.sent.get(5)).source(ONE).build());

        assertThat(large.statistics().replies()).isEqualTo(1);
        wide.finishAndReleaseAll();
    }

    @Test
    void lateShortReplyIsLate() {
        Sent packet = send(SHORT);
        channel.advanceMillis(1002);
        receive(packet, ONE);

        assertThat(observer.late).extracting(Replied::from).containsExactly(ONE);
    }
}
