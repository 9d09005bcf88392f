package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Further tries that wait until somebody asks for them. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorTriesOnDemandTest {

    private static final ProbeOptions ONCE =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();
    private static final ProbeOptions TWICE =
            ONCE.toBuilder().attempts(2).backoff(1).build();

    private final ProbeCorrelator correlator =
            FakeIcmpChannel.correlator().triesOnDemand(true).build();

    /** The end of the pipeline; notes what it finds due. */
    private final class Tail extends ChannelInboundHandlerAdapter {

        private final List<Integer> due = new ArrayList<>();
        private boolean writes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object outcome) {
            if (writes) {
                due.add(correlator.writeTries(1000));
            }
            ctx.fireChannelRead(outcome);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            due.add(correlator.triesDue());
        }
    }

    private final Tail tail = new Tail();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator, tail);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        channel.releaseWaiting();
    }

    private static IpAddress host(int number) {
        return IpAddress.ofIpv4(0xc000_0200 | number);
    }

    private Sent send(ProbeOptions options) {
        channel.writeAndFlush(new Probe(host(1), options));
        return channel.lastSent();
    }

    private int writeAndFlushTries(int max) {
        int written = correlator.writeTries(max);
        channel.flush();
        return written;
    }

    @Test
    void tryIsDueWhenTheDeadlineHasPassedAndIsNotWritten() {
        send(TWICE);
        channel.advanceMillis(1000);
        assertThat(correlator.triesDue()).isZero();
        channel.advanceMillis(60_000);

        assertThat(correlator.triesDue()).isOne();
        assertThat(channel.sent).hasSize(1);
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().inFlight()).isOne();
    }

    @Test
    void readCompleteTellsThatTriesAreDue() {
        send(TWICE);
        send(TWICE);
        channel.advanceMillis(1002);

        assertThat(tail.due).containsExactly(2);
    }

    @Test
    void dueTriesLeaveNoTimer() {
        send(TWICE);
        channel.advanceMillis(1002);

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void deadlinesOfOthersAreKeptWhileTriesAreDue() {
        send(TWICE);
        channel.advanceMillis(500);
        send(ONCE);
        channel.advanceMillis(1002);

        channel.outcome(TimedOut.class);
        assertThat(correlator.triesDue()).isOne();
    }

    @Test
    void writesAsManyAsAskedForTheOldestFirst() {
        for (int number = 1; number <= 5; number++) {
            channel.writeAndFlush(new Probe(host(number), TWICE));
            channel.advanceMillis(2);
        }
        channel.advanceMillis(1002);
        channel.sent.clear();

        assertThat(writeAndFlushTries(2)).isEqualTo(2);
        assertThat(correlator.triesDue()).isEqualTo(3);
        assertThat(writeAndFlushTries(0)).isZero();
        assertThat(writeAndFlushTries(-1)).isZero();
        assertThat(writeAndFlushTries(10)).isEqualTo(3);
        assertThat(correlator.triesDue()).isZero();
        assertThat(channel.sent)
                .extracting(Sent::destination)
                .containsExactly(host(1), host(2), host(3), host(4), host(5));
    }

    @Test
    void writtenTriesWaitForTheCallersFlush() {
        send(TWICE);
        channel.advanceMillis(1002);
        correlator.writeTries(1);
        assertThat(channel.sent).hasSize(1);

        channel.flush();
        assertThat(channel.sent).hasSize(2);
        assertThat(correlator.statistics().furtherTries()).isOne();
    }

    @Test
    void waitForAnAnswerBeginsWhenTheTryIsSent() {
        send(TWICE);
        channel.advanceMillis(30_000);
        writeAndFlushTries(1);
        channel.advanceMillis(1000);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.advanceMillis(2);

        TimedOut outcome = channel.outcome(TimedOut.class);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.sentAtNanos()).isEqualTo(channel.lastSent().monotonicNanos() + channel.wallOffset);
    }

    @Test
    void replyThatComesWhileTheNextTryIsDueEndsTheProbe() {
        Sent first = send(TWICE);
        channel.advanceMillis(5000);
        channel.receiveReply(first);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.attempt()).isOne();
        assertThat(outcome.attempts()).isOne();
        assertThat(outcome.rttNanos()).isEqualTo(5_000_000_000L);
        assertThat(correlator.triesDue()).isZero();
        assertThat(writeAndFlushTries(1)).isZero();
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void replyToAnEarlierTryCountsWithItsOwnTimes() {
        Sent first = send(TWICE);
        channel.advanceMillis(3000);
        writeAndFlushTries(1);
        channel.advanceMillis(500);
        channel.receiveReply(first);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.attempt()).isOne();
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.rttNanos()).isEqualTo(3_500_000_000L);
    }

    @Test
    void errorThatComesWhileTheNextTryIsDueDecidesIfNoReplyComes() {
        Sent first = send(TWICE);
        channel.advanceMillis(1002);
        channel.writeInbound(channel.unreachable(first, 16));
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.triesDue()).isOne();
        writeAndFlushTries(1);
        channel.advanceMillis(1002);

        channel.outcome(Unreachable.class);
    }

    @Test
    void errorThatComesWhileTheNextTryIsDueEndsAProbeThatFailsFast() {
        Sent first = send(TWICE.toBuilder().failFast(true).build());
        channel.advanceMillis(1002);
        channel.writeInbound(channel.unreachable(first, 16));

        channel.outcome(Unreachable.class);
        assertThat(correlator.triesDue()).isZero();
    }

    @Test
    void cancelledProbeIsTriedNoMore() {
        Probe probe = new Probe(host(1), TWICE);
        channel.writeAndFlush(probe);
        channel.advanceMillis(1002);

        assertThat(correlator.cancel(probe)).isTrue();
        assertThat(correlator.triesDue()).isZero();
        assertThat(writeAndFlushTries(1)).isZero();
        assertThat(probe.isInFlight()).isFalse();
    }

    @Test
    void endOfTheChannelEndsProbesWhoseTriesAreDue() {
        send(TWICE);
        send(TWICE);
        channel.advanceMillis(1002);
        tail.due.clear();
        tail.writes = true;
        channel.close();

        for (int i = 0; i < 2; i++) {
            NotSent outcome = channel.outcome(NotSent.class);
            assertThat(outcome.reason()).isEqualTo(NotSent.Reason.CHANNEL_CLOSED);
            assertThat(outcome.attempts()).isOne();
        }
        assertThat(tail.due).as("what could be written at the end").containsOnly(0);
        assertThat(correlator.triesDue()).isZero();
    }

    @Test
    void removedCorrelatorHasNoTriesDue() {
        send(TWICE);
        channel.advanceMillis(1002);
        channel.pipeline().remove(correlator);

        channel.outcome(NotSent.class);
        assertThat(correlator.triesDue()).isZero();
        assertThat(correlator.writeTries(1)).isZero();
    }

    @Test
    void refusedTryIsNoDeadHost() {
        send(TWICE);
        channel.advanceMillis(1002);
        channel.kernel = Kernel.REFUSES;
        writeAndFlushTries(1);
        channel.runPendingTasks();

        NotSent outcome = channel.outcome(NotSent.class);
        assertThat(outcome.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
        assertThat(outcome.attempts()).isEqualTo(2);
    }

    @Test
    void pauseIsFollowedByNoMoreThanIsAskedFor() {
        for (int number = 0; number < 200; number++) {
            channel.write(new Probe(host(number), TWICE));
        }
        channel.flush();
        channel.pauseMillis(5000);
        channel.advanceMillis(22);

        assertThat(correlator.triesDue()).isEqualTo(200);
        assertThat(channel.sent).hasSize(200);
        writeAndFlushTries(64);
        assertThat(channel.sent).hasSize(264);
    }

    @Test
    void triesOfACorrelatorThatIsNotAskedAreNeverDue() {
        ProbeCorrelator usual = FakeIcmpChannel.correlator().build();
        FakeIcmpChannel other = FakeIcmpChannel.with(usual);
        other.writeAndFlush(new Probe(host(1), TWICE));
        other.advanceMillis(1002);

        assertThat(usual.triesDue()).isZero();
        assertThat(other.sent).hasSize(2);
        other.finishAndReleaseAll();
    }

    // Local drops.

    @Test
    void repeatIsCountedWhenItIsWritten() {
        send(ONCE);
        channel.drops = 1;
        channel.advanceMillis(1002);
        assertThat(correlator.triesDue()).isOne();
        assertThat(correlator.statistics().resent()).isZero();
        writeAndFlushTries(1);
        channel.receiveReply(channel.lastSent());

        assertThat(channel.outcome(Replied.class).attempts()).isOne();
        assertThat(correlator.statistics().resent()).isOne();
    }

    @Test
    void replyAfterTheOnlyDeadlineCountsWhileARepeatIsDue() {
        Sent first = send(ONCE);
        channel.drops = 1;
        channel.advanceMillis(5000);
        channel.receiveReply(first);

        assertThat(channel.outcome(Replied.class).rttNanos()).isEqualTo(5_000_000_000L);
        assertThat(correlator.statistics().late()).isZero();
        assertThat(correlator.statistics().resent()).isZero();
    }

    @Test
    void dropsWhileATryIsDueMakeItNoRepeat() {
        send(TWICE);
        channel.advanceMillis(1002);
        channel.drops = 1;
        // The count of drops may be ten milliseconds old.
        channel.advanceMillis(20);
        writeAndFlushTries(1);
        channel.advanceMillis(1002);

        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(2);
        assertThat(correlator.statistics().resent()).isZero();
    }

    @Test
    void dropsThatCeaseWhileARepeatIsDueLeaveItARepeat() {
        send(TWICE);
        channel.drops = 1;
        channel.advanceMillis(5000);
        writeAndFlushTries(1);
        channel.advanceMillis(1002);
        assertThat(writeAndFlushTries(1)).as("the second try").isOne();
        channel.advanceMillis(1002);

        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(2);
        assertThat(channel.sent).hasSize(3);
        assertThat(correlator.statistics().resent()).isOne();
    }

    @Test
    void probeIsRepeatedOnceHoweverOftenDropsHitIt() {
        send(ONCE);
        channel.drops = 1;
        channel.advanceMillis(1002);
        writeAndFlushTries(1);
        channel.drops = 2;
        channel.advanceMillis(1002);

        assertThat(channel.outcome(DroppedLocally.class).attempts()).isOne();
        assertThat(correlator.triesDue()).isZero();
    }
}
