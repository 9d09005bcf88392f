package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.OtherMessage;
import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When waiting ends: timeouts, tries, pauses, local drops. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorExpiryTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();
    private static final ProbeOptions TWICE =
            OPTIONS.toBuilder().attempts(2).backoff(2).build();

    private static final class Completions extends ChannelInboundHandlerAdapter {
        private int count;

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            count++;
        }
    }

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private final Completions completions = new Completions();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator, completions);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        channel.releaseWaiting();
    }

    private Sent send(ProbeOptions options) {
        channel.writeAndFlush(new Probe(TARGET, options));
        return channel.lastSent();
    }

    @Test
    void silenceTimesOut() {
        Probe probe = new Probe(TARGET, OPTIONS);
        channel.writeAndFlush(probe);
        long sentAt = channel.now() + channel.wallOffset;
        channel.advanceMillis(1002);

        assertThat(channel.outcome(TimedOut.class)).isEqualTo(new TimedOut(probe, 1, sentAt));
        assertThat(correlator.statistics().outcomes().timedOut()).isEqualTo(1);
        assertThat(correlator.statistics().probesSent()).isEqualTo(1);
        assertThat(probe.isInFlight()).isFalse();
    }

    @Test
    void nothingTimesOutBeforeItsDeadline() {
        send(OPTIONS);
        channel.advanceMillis(1000);

        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void unequalTimeoutsEndInTheirOwnOrder() {
        Probe slow = new Probe(TARGET, OPTIONS);
        Probe fast = new Probe(
                TARGET, OPTIONS.toBuilder().timeout(Duration.ofMillis(50)).build());
        channel.write(slow);
        channel.writeAndFlush(fast);

        channel.advanceMillis(52);
        assertThat(channel.outcome(TimedOut.class).probe()).isSameAs(fast);
        channel.advanceMillis(950);
        assertThat(channel.outcome(TimedOut.class).probe()).isSameAs(slow);
    }

    @Test
    void longestTimeoutIsKept() {
        send(OPTIONS.toBuilder().timeout(ProbeOptions.MAX_TIMEOUT).build());

        channel.advanceMillis(3_599_999);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.advanceMillis(3);
        channel.outcome(TimedOut.class);
    }

    @Test
    void waitBeginsWhenTheKernelTakesThePacket() {
        channel.kernel = Kernel.BLOCKS;
        channel.writeAndFlush(new Probe(TARGET, OPTIONS));
        channel.advanceMillis(10_000);
        assertThat(channel.inboundMessages())
                .as("local trouble is no dead host")
                .isEmpty();

        channel.kernel = Kernel.ACCEPTS;
        channel.flush();
        channel.advanceMillis(1000);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.advanceMillis(2);
        channel.outcome(TimedOut.class);
    }

    @Test
    void outcomesOfAnExpiryAreFollowedByOneReadComplete() {
        send(OPTIONS);
        send(OPTIONS);
        channel.advanceMillis(1002);

        assertThat(channel.inboundMessages()).hasSize(2);
        assertThat(completions.count).isEqualTo(1);
    }

    @Test
    void idleCorrelatorLeavesNoTimer() {
        send(OPTIONS);
        channel.receiveReply(channel.lastSent());
        channel.advanceMillis(1002);

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    // Tries.

    @Test
    void silentTargetIsTriedAgain() {
        Sent first = send(TWICE);
        channel.advanceMillis(1002);

        assertThat(channel.sent).hasSize(2);
        Sent second = channel.lastSent();
        assertThat(second.destination()).isEqualTo(TARGET);
        assertThat(second.sequence()).isEqualTo(first.sequence());
        assertThat(second.payload()).isNotEqualTo(first.payload());
        assertThat(correlator.statistics().probesSent()).isEqualTo(2);
    }

    @Test
    void furtherTriesWaitLonger() {
        send(OPTIONS.toBuilder().attempts(3).backoff(2).build());

        channel.advanceMillis(1002);
        assertThat(channel.sent).hasSize(2);
        channel.advanceMillis(1998);
        assertThat(channel.sent).hasSize(2);
        channel.advanceMillis(4);
        assertThat(channel.sent).hasSize(3);
        channel.advanceMillis(3996);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.advanceMillis(6);
        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(3);
    }

    @Test
    void timeoutTellsWhenTheLastTryWasSent() {
        send(TWICE);
        channel.advanceMillis(1002);
        long sentAt = channel.lastSent().monotonicNanos() + channel.wallOffset;
        channel.advanceMillis(2002);

        assertThat(channel.outcome(TimedOut.class).sentAtNanos()).isEqualTo(sentAt);
    }

    @Test
    void replyToAnEarlierTryCountsWithItsOwnTimes() {
        Sent first = send(TWICE);
        channel.advanceMillis(1502);
        channel.receiveReply(first);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.rttNanos()).isEqualTo(1_502_000_000);
        assertThat(outcome.sentAtNanos()).isEqualTo(first.monotonicNanos() + channel.wallOffset);
    }

    @Test
    void replyToTheSecondTryCountsWithItsOwnTimes() {
        send(TWICE);
        channel.advanceMillis(1002);
        Sent second = channel.lastSent();
        channel.advanceMillis(100);
        channel.receiveReply(second);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.attempt()).isEqualTo(2);
        assertThat(outcome.rttNanos()).isEqualTo(channel.now() - second.monotonicNanos());
    }

    @Test
    void answerToAnotherTryOfAnAnsweredProbeIsADuplicate() {
        Sent first = send(TWICE);
        channel.advanceMillis(1002);
        channel.receiveReply(channel.lastSent());
        channel.receiveReply(first);

        assertThat(channel.inboundMessages()).hasSize(1);
        assertThat(correlator.statistics().duplicates()).isEqualTo(1);
    }

    @Test
    void replyWhileTheNextTryWaitsForTheKernelCounts() {
        Sent first = send(TWICE);
        channel.kernel = Kernel.BLOCKS;
        channel.advanceMillis(5000);
        channel.receiveReply(first);
        assertThat(channel.outcome(Replied.class).attempt()).isEqualTo(1);

        channel.kernel = Kernel.ACCEPTS;
        channel.flush();
        channel.advanceMillis(5000);
        assertThat(channel.inboundMessages())
                .as("the packet that leaves now belongs to nobody")
                .isEmpty();
        assertThat(correlator.statistics().probesSent()).isEqualTo(2);
    }

    @Test
    void refusedRetryIsNoDeadHost() {
        send(TWICE);
        channel.kernel = Kernel.REFUSES;
        channel.advanceMillis(1002);

        NotSent outcome = channel.outcome(NotSent.class);
        assertThat(outcome.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
        assertThat(outcome.attempts()).isEqualTo(2);
    }

    // What waits to be read.

    @Test
    void replyThatWaitsAtTheDeadlineIsReadFirst() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(999);
        channel.waiting.add(channel.reply(packet).build());
        channel.advanceMillis(3);

        assertThat(channel.outcome(Replied.class).rttNanos()).isEqualTo(999_000_000);
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(completions.count).isEqualTo(1);
    }

    @Test
    void nothingIsReadBeforeADeadline() {
        send(OPTIONS);
        channel.advanceMillis(1000);

        assertThat(channel.drains).isZero();
    }

    @Test
    void nothingIsReadForADeadlineOfAnAnsweredProbe() {
        channel.receiveReply(send(OPTIONS));
        channel.advanceMillis(500);
        send(OPTIONS);
        channel.advanceMillis(800);

        assertThat(channel.drains).isZero();
    }

    @Test
    void nothingExpiresBeforeTheQueueWasSeenEmpty() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(999);
        channel.readBudget = 1;
        channel.waiting.add(new OtherMessage(IpFamily.IPV4, 14, 0, TARGET));
        channel.waiting.add(channel.reply(packet).build());
        channel.advanceMillis(10);

        channel.outcome(Replied.class);
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void expiryGoesOnWhenTheQueueIsEmptyAtLast() {
        send(OPTIONS);
        channel.readBudget = 1;
        for (int i = 0; i < 5; i++) {
            channel.waiting.add(new OtherMessage(IpFamily.IPV4, 14, 0, TARGET));
        }
        channel.advanceMillis(1002);

        channel.outcome(TimedOut.class);
        assertThat(channel.drains).isEqualTo(6);
    }

    @Test
    void nothingExpiresWhileReadingIsPaused() {
        send(OPTIONS);
        channel.readBudget = 0;
        channel.advanceMillis(1500);
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.drains).as("it asks once in a millisecond").isBetween(400, 510);

        channel.readBudget = 1;
        channel.advanceMillis(1);
        channel.outcome(TimedOut.class);
    }

    @Test
    void floodThatNeverEndsDoesNotKeepProbesWaitingForEver() {
        send(OPTIONS);
        OtherMessage noise = new OtherMessage(IpFamily.IPV4, 14, 0, TARGET);
        channel.readBudget = 1 << 16;
        for (int i = 0; i <= 1 << 16; i++) {
            channel.waiting.add(noise);
        }

        channel.refill = noise;
        channel.advanceMillis(1020);

        channel.outcome(TimedOut.class);
        channel.refill = null;
    }

    /** Replies without a token, of which some wait and some come after the deadline, by their stamps. */
    private void flood(Sent packet, int count, long arrivedNanos) {
        for (int i = 0; i < count; i++) {
            channel.waiting.add(
                    channel.reply(packet).xor(0, 1).arrived(arrivedNanos).build());
        }
    }

    @Test
    void floodIsReadUpToWhatCameAfterTheDeadline() {
        Sent packet = send(OPTIONS);
        long deadline = channel.now() + 1_000_000_000;
        channel.readBudget = 1;
        flood(packet, 3, deadline - 1_000_000);
        // Not surely after all that came in time, for processors do not hand packets over in order.
        flood(packet, 3, deadline + Expiry.MAX_DISORDER_NANOS);
        flood(packet, 100, deadline + Expiry.MAX_DISORDER_NANOS + 10_000_000);
        channel.advanceMillis(1_010);

        channel.outcome(TimedOut.class);
        assertThat(channel.drains).isEqualTo(7);
        assertThat(correlator.statistics().rejected().token()).isEqualTo(7);
    }

    @Test
    void clockThatWasSetBackDoesNotMakeAFloodLater() {
        Sent packet = send(OPTIONS);
        long deadline = channel.now() + 1_000_000_000;
        channel.readBudget = 1;
        long before = channel.wallOffset;
        channel.wallOffset = before - 60_000_000_000L;
        // Stamped by the clock as it was.
        flood(packet, 5, deadline + 60_000_000_000L);
        channel.waiting.add(channel.reply(packet).unstamped().build());
        channel.advanceMillis(1_010);

        channel.outcome(Replied.class);
    }

    @Test
    void replyInTheFloodThatCameInTimeCounts() {
        Sent packet = send(OPTIONS);
        long deadline = channel.now() + 1_000_000_000;
        channel.readBudget = 1;
        flood(packet, 5, deadline - 1_000_000);
        channel.waiting.add(channel.reply(packet).arrived(deadline - 500_000).build());
        flood(packet, 100, deadline + Expiry.MAX_DISORDER_NANOS + 10_000_000);
        channel.advanceMillis(1_010);

        assertThat(channel.outcome(Replied.class).rttNanos()).isEqualTo(999_500_000);
    }

    // Pauses.

    @Test
    void pauseDoesNotTurnWaitingRepliesIntoTimeouts() {
        for (int i = 0; i < 500; i++) {
            Sent packet = send(OPTIONS);
            channel.waiting.add(channel.reply(packet)
                    .arrived(channel.now() + 900_000_000)
                    .read(channel.now() + 3_000_000_000L)
                    .build());
        }
        channel.pauseMillis(3000);

        assertThat(channel.inboundMessages()).hasSize(500).allMatch(Replied.class::isInstance);
        assertThat(((Replied) channel.inboundMessages().peek()).flags()).isEmpty();
        channel.advanceMillis(2000);
        assertThat(channel.inboundMessages()).hasSize(500);
    }

    @Test
    void waitingReplyWithoutStampCountsAndIsCalledStalled() {
        Sent packet = send(OPTIONS);
        channel.waiting.add(channel.reply(packet)
                .unstamped()
                .read(channel.now() + 3_000_000_000L)
                .build());
        channel.pauseMillis(3000);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_CLOCK);
        assertThat(outcome.flags()).containsExactly(ReplyFlag.STALLED);
    }

    @Test
    void replyReadBeforeTheTimerAfterAPauseCounts() {
        Sent packet = send(OPTIONS);
        long arrived = channel.now() + 900_000_000;
        channel.ticker.advance(3, TimeUnit.SECONDS);
        channel.pipeline()
                .fireChannelRead(channel.reply(packet).arrived(arrived).build());

        assertThat(channel.outcome(Replied.class).flags()).isEmpty();
    }

    @Test
    void waitingReplyThatCameAfterTheDeadlineIsLate() {
        Sent packet = send(OPTIONS);
        channel.waiting.add(channel.reply(packet)
                .arrived(channel.now() + 1_500_000_000)
                .read(channel.now() + 3_000_000_000L)
                .build());
        channel.pauseMillis(3000);
        channel.advanceMillis(30);

        channel.outcome(TimedOut.class);
        assertThat(correlator.statistics().late()).isEqualTo(1);
    }

    @Test
    void waitingReplyThatCameAfterTheDeadlineCountsWhileTriesAreLeft() {
        Sent packet = send(TWICE);
        channel.waiting.add(channel.reply(packet)
                .arrived(channel.now() + 1_500_000_000)
                .read(channel.now() + 3_000_000_000L)
                .build());
        channel.pauseMillis(3000);

        assertThat(channel.outcome(Replied.class).attempt()).isEqualTo(1);
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void pauseGivesTwentyMillisecondsMore() {
        Sent packet = send(OPTIONS);
        channel.pauseMillis(3000);
        channel.advanceMillis(19);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.receiveReply(packet);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttNanos()).isEqualTo(3_019_000_000L);
        assertThat(outcome.flags()).containsExactly(ReplyFlag.STALLED);
    }

    @Test
    void aPauseInTheGraceGivesAnother() {
        Sent packet = send(OPTIONS);
        channel.pauseMillis(3000);
        channel.pauseMillis(3000);
        channel.advanceMillis(19);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.receiveReply(packet);

        channel.outcome(Replied.class);
    }

    @Test
    void aMachineThatAlwaysStandsStillGetsItsVerdictAllTheSame() {
        send(OPTIONS);
        for (int pauses = 0; channel.inboundMessages().isEmpty() && pauses < 100; pauses++) {
            channel.pauseMillis(150);
        }

        channel.outcome(TimedOut.class);
    }

    @Test
    void theTimeoutCountsFromTheEndOfTheCallThatSends() {
        channel.inSend = () -> channel.standStill(2_000_000_000);
        Sent packet = send(OPTIONS);
        channel.inSend = () -> {};
        channel.advanceMillis(999);
        channel.receiveReply(packet);

        assertThat(channel.outcome(Replied.class).flags())
                .as("nobody knows when it left")
                .containsExactly(ReplyFlag.STALLED);
    }

    @Test
    void aLongCallDoesNotSpoilARoundTripBetweenStamps() {
        channel.inSend = () -> channel.standStill(2_000_000_000);
        Sent packet = send(OPTIONS);
        channel.inSend = () -> {};
        channel.stamp(packet, channel.wall());
        channel.advanceMillis(10);
        channel.receiveReply(packet);

        Replied replied = channel.outcome(Replied.class);
        assertThat(replied.flags()).isEmpty();
        assertThat(replied.rttNanos()).isEqualTo(10_000_000);
    }

    @Test
    void aReplyToAnEarlierTryIsStalledIfThatWasSentSlowly() {
        channel.inSend = () -> channel.standStill(30_000_000);
        Sent first = send(TWICE);
        channel.inSend = () -> {};
        channel.advanceMillis(1_100);
        assertThat(channel.sent).hasSize(2);
        channel.receiveReply(first);

        Replied replied = channel.outcome(Replied.class);
        assertThat(replied.attempt()).isEqualTo(1);
        assertThat(replied.flags()).containsExactly(ReplyFlag.STALLED);
    }

    @Test
    void aReplyToALaterTryIsNotStalledByTheFirst() {
        channel.inSend = () -> channel.standStill(30_000_000);
        send(TWICE);
        channel.inSend = () -> {};
        channel.advanceMillis(1_100);
        channel.receiveReply(channel.lastSent());

        assertThat(channel.outcome(Replied.class).flags()).isEmpty();
    }

    @Test
    void everyPauseGivesGrace() {
        for (int i = 0; i < 2; i++) {
            Sent packet = send(OPTIONS);
            channel.pauseMillis(3000);
            channel.advanceMillis(10);
            channel.receiveReply(packet);
            channel.outcome(Replied.class);
            channel.advanceMillis(20);
        }
    }

    @Test
    void probeSentDuringTheGraceDoesNotShortenIt() {
        Sent packet = send(OPTIONS);
        channel.pauseMillis(3000);
        send(OPTIONS.toBuilder().timeout(Duration.ofMillis(5)).build());
        channel.advanceMillis(15);
        assertThat(channel.inboundMessages()).isEmpty();
        channel.receiveReply(packet);

        channel.outcome(Replied.class);
        channel.advanceMillis(10);
        channel.outcome(TimedOut.class);
    }

    @Test
    void replyStampedWhenTheMachineWentOnCountsThoughItIsReadBeforeTheTimer() {
        Sent packet = send(OPTIONS);
        channel.ticker.advance(3, TimeUnit.SECONDS);
        channel.pipeline()
                .fireChannelRead(
                        channel.reply(packet).arrived(channel.now() - 1_000_000).build());

        assertThat(channel.outcome(Replied.class).flags()).containsExactly(ReplyFlag.STALLED);
    }

    @Test
    void smallDelayOfASmallTimeoutGetsNoGrace() {
        send(OPTIONS.toBuilder().timeout(Duration.ofMillis(50)).build());
        channel.pauseMillis(65);

        channel.outcome(TimedOut.class);
    }

    @Test
    void smallDelayGetsNoGrace() {
        send(OPTIONS);
        channel.pauseMillis(1090);

        channel.outcome(TimedOut.class);
    }

    @Test
    void probesSentAfterAPauseAreNotExcused() {
        send(OPTIONS);
        channel.pauseMillis(3000);
        channel.advanceMillis(25);
        channel.outcome(TimedOut.class);
        Sent packet = send(OPTIONS);
        channel.advanceMillis(999);
        channel.waiting.add(
                channel.reply(packet).arrived(channel.now() + 1_500_000).build());
        channel.advanceMillis(3);

        channel.outcome(TimedOut.class);
    }

    @Test
    void pauseDoesNotExcuseALaterDeadlineNearby() {
        send(OPTIONS);
        channel.pauseMillis(3000);
        channel.advanceMillis(21);
        channel.outcome(TimedOut.class);
        Sent packet = send(OPTIONS.toBuilder().timeout(Duration.ofMillis(10)).build());
        channel.waiting.add(
                channel.reply(packet).arrived(channel.now() + 10_000_001).build());
        channel.advanceMillis(12);

        channel.outcome(TimedOut.class);
        assertThat(correlator.statistics().late()).isEqualTo(1);
    }

    // Local drops.

    @Test
    void probeHitByLocalDropsIsSentAgainWithoutCountingATry() {
        Sent first = send(OPTIONS);
        channel.drops = 1;
        channel.advanceMillis(1002);
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.sent).hasSize(2);
        assertThat(channel.lastSent().payload()).isNotEqualTo(first.payload());
        channel.advanceMillis(10);
        channel.receiveReply(channel.lastSent());

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(correlator.statistics().resent()).isEqualTo(1);
        assertThat(correlator.statistics().probesSent()).isEqualTo(2);
    }

    @Test
    void probeSentAgainThatMeetsSilenceTimesOut() {
        send(OPTIONS);
        channel.drops = 1;
        channel.advanceMillis(2004);

        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(1);
    }

    @Test
    void probeHitByLocalDropsTwiceIsDroppedLocally() {
        Probe probe = new Probe(TARGET, OPTIONS);
        channel.writeAndFlush(probe);
        channel.drops = 1;
        channel.advanceMillis(1002);
        channel.drops = 2;
        channel.advanceMillis(1002);

        DroppedLocally outcome = channel.outcome(DroppedLocally.class);
        assertThat(outcome.probe()).isSameAs(probe);
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(correlator.statistics().outcomes().droppedLocally()).isEqualTo(1);
        assertThat(correlator.statistics().resent()).isEqualTo(1);
    }

    @Test
    void triesThatAreLeftAreMadeBeforeDropsDecide() {
        send(OPTIONS.toBuilder().attempts(2).backoff(1).build());
        channel.drops = 1;
        channel.advanceMillis(1002);
        channel.drops = 2;
        channel.advanceMillis(1002);
        assertThat(channel.sent).hasSize(3);
        channel.advanceMillis(1002);

        assertThat(channel.outcome(TimedOut.class).attempts()).isEqualTo(2);
    }

    /** An interface that was disturbed until a time, which is that of the channel. */
    private static final class Disturbance implements LinkExcuse {

        private long untilNanos = Long.MIN_VALUE;
        private int asked;
        private IpAddress own = TARGET;

        @Override
        public Optional<String> disturbedLink(Probe probe, long sentNanos, long timeoutNanos, long now) {
            asked++;
            assertThat(now - sentNanos).isBetween(timeoutNanos, timeoutNanos + 3_000_000);
            return sentNanos <= untilNanos ? Optional.of("eth0") : Optional.empty();
        }

        @Override
        public boolean isThisHost(IpAddress address) {
            return address.equals(own);
        }
    }

    @Test
    void silenceWhileTheInterfaceWasDisturbedIsAskedAgainWithoutSpendingATry() {
        Disturbance eth0 = new Disturbance();
        ProbeCorrelator excused = FakeIcmpChannel.correlator().links(eth0).build();
        FakeIcmpChannel wire = FakeIcmpChannel.with(excused);
        Probe probe = new Probe(TARGET, OPTIONS);
        wire.writeAndFlush(probe);
        eth0.untilNanos = wire.now();
        wire.advanceMillis(1002);

        assertThat(wire.inboundMessages()).isEmpty();
        assertThat(excused.statistics().resent()).isEqualTo(1);
        wire.advanceMillis(1002);
        assertThat(wire.outcome(TimedOut.class).attempts()).isEqualTo(1);
        assertThat(eth0.asked).isEqualTo(2);
        wire.finishAndReleaseAll();
    }

    @Test
    void silenceWhileTheInterfaceWasDisturbedTwiceIsNoTimeout() {
        Disturbance eth0 = new Disturbance();
        eth0.untilNanos = Long.MAX_VALUE;
        ProbeCorrelator excused = FakeIcmpChannel.correlator().links(eth0).build();
        FakeIcmpChannel wire = FakeIcmpChannel.with(excused);
        wire.writeAndFlush(new Probe(TARGET, OPTIONS));
        wire.advanceMillis(1002);
        wire.advanceMillis(1002);

        assertThat(wire.outcome(DroppedLocally.class).lostInterface()).contains("eth0");
        assertThat(excused.statistics().outcomes().timedOut()).isZero();
        wire.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatThisHostItselfSaysOfADisturbedInterfaceIsNoVerdictOfTheNetwork(boolean ownVoice) {
        Disturbance eth0 = new Disturbance();
        eth0.untilNanos = Long.MAX_VALUE;
        // Errors come from the router of the fake.
        eth0.own = ownVoice ? IpAddress.ofIpv4(0xc633_6401) : TARGET;
        FakeIcmpChannel wire =
                FakeIcmpChannel.with(FakeIcmpChannel.correlator().links(eth0).build());
        wire.writeAndFlush(new Probe(TARGET, OPTIONS));
        wire.writeInbound(wire.unreachable(wire.lastSent(), 56));
        wire.advanceMillis(1002);
        wire.advanceMillis(1002);

        ProbeOutcome outcome = wire.outcome(ProbeOutcome.class);
        assertThat(outcome).isInstanceOf(ownVoice ? DroppedLocally.class : Unreachable.class);
        wire.finishAndReleaseAll();
    }

    @Test
    void dropsBeforeTheSendingDoNotCount() {
        channel.drops = 7;
        send(OPTIONS);
        channel.advanceMillis(1002);

        channel.outcome(TimedOut.class);
        assertThat(correlator.statistics().resent()).isZero();
    }

    @Test
    void dropsOfTheVeryCallThatSendsCount() {
        channel.dropsPerPacket = 1;
        send(OPTIONS);
        channel.advanceMillis(1002);
        assertThat(channel.sent).hasSize(2);
        channel.advanceMillis(1002);

        channel.outcome(DroppedLocally.class);
    }

    @Test
    void dropsOfOneBatchCountForThoseOfTheNextWithinMilliseconds() {
        channel.dropsPerPacket = 1;
        send(OPTIONS);
        channel.dropsPerPacket = 0;
        channel.advanceMillis(9);
        send(OPTIONS);
        channel.advanceMillis(2);
        send(OPTIONS);
        channel.advanceMillis(1100);

        assertThat(correlator.statistics().resent())
                .as("the third was sent after the count was asked for")
                .isEqualTo(2);
    }

    @Test
    void firstCountOfDropsIsAskedForWhoeverFlushes() {
        channel.drops = 7;

        assertThat(new LocalDrops(channel).beforeSent(5)).isEqualTo(7);
    }

    @Test
    void countOfDropsIsNotAskedForEveryProbe() {
        send(OPTIONS);
        int asked = channel.dropsAsked;
        for (int i = 0; i < 100; i++) {
            send(OPTIONS);
        }

        assertThat(channel.dropsAsked).isEqualTo(asked);
    }
}
