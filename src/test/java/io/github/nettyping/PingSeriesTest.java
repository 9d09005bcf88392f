package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingStatistics;
import io.github.nettyping.testing.Reachability;
import io.netty.util.concurrent.BlockingOperationException;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When the probes of a series are sent, what the listener learns, and how it ends. The test's thread is the event loop. */
class PingSeriesTest {

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final PingerCore core = new PingerCore(loop.eventLoop());
    private final Recorder events = new Recorder();

    PingSeriesTest() {
        core.sender(IpFamily.IPV4, sender);
    }

    /** Writes down what it is told. */
    private static final class Recorder implements PingListener {
        private final List<String> told = new ArrayList<>();
        private Consumer<String> reaction = event -> {};

        private void tell(String event) {
            told.add(event);
            reaction.accept(event);
        }

        @Override
        public void onResult(PingResult result) {
            tell(result.outcome().kind() + " " + result.sequence());
        }

        @Override
        public void onSent(long sequence, int attempt, long sentAtNanos) {
            tell("sent " + sequence + " try " + attempt + " at " + sentAtNanos);
        }

        @Override
        public void onDuplicate(long sequence, Replied reply) {
            tell("duplicate " + sequence);
        }

        @Override
        public void onLate(long sequence, Replied reply) {
            tell("late " + sequence);
        }

        @Override
        public void onError(long sequence, IcmpErrorOutcome error) {
            tell("error " + sequence);
        }
    }

    private static PingOptions options(long count, int intervalMillis) {
        PingOptions.Builder options = PingOptions.builder().interval(Duration.ofMillis(intervalMillis));
        return (count == 0 ? options : options.count(count)).build();
    }

    private PingSeries begin(long count, int intervalMillis) {
        return begin(options(count, intervalMillis));
    }

    private PingSeries begin(PingOptions options) {
        PingSeries series = new ListenedSeries(core, FakeSender.TARGET, options, events).begin();
        loop.run();
        return series;
    }

    private static PingStatistics statistics(PingSeries series) {
        assertThat(series.completion()).isCompleted();
        return series.completion().join();
    }

    // The schedule.

    @Test
    void sendsTheFirstProbeAtOnceAndEachFurtherOneAfterTheInterval() {
        begin(4, 10);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 10L, 20L, 30L);
    }

    @Test
    void aDelayOfLessThanAnIntervalDoesNotMoveTheProbesAfterIt() {
        begin(4, 10);
        loop.pause(Duration.ofMillis(17));
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 17L, 20L, 30L);
    }

    @Test
    void theIntervalCountsFromTheFirstPacketThatTheKernelTook() {
        begin(3, 10);
        loop.pause(Duration.ofMillis(7));
        sender.request(1).onSent(sender.request(1).probe(), 1, 1);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 17L, 27L);
    }

    @Test
    void afterAPauseItGoesOnWithItsGridAndSkipsWhatItMissed() {
        begin(5, 200);
        loop.pause(Duration.ofMillis(1_350));
        loop.advance(Duration.ofSeconds(1));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 1_350L, 1_400L, 1_600L, 1_800L);
    }

    @Test
    void shortIntervalsMakeUpForATenthOfASecondLittleByLittle() {
        begin(0, 10);
        loop.pause(Duration.ofMillis(10_005));
        assertThat(sender.submitted).hasSize(2);
        for (int millis = 0; millis < 1_500; millis++) {
            loop.advance(Duration.ofMillis(1));
        }

        // 1,006 have been due since, but those of 9.9 s of the pause.
        assertThat(sender.submitted).hasSize(1 + 10 + 150);
        assertThat(sender.submittedAtMillis).endsWith(11_490L, 11_500L);
    }

    @Test
    void doesNotWaitForResults() {
        begin(0, 1);
        loop.advance(Duration.ofMillis(99));

        assertThat(sender.submitted).hasSize(100);
    }

    @Test
    void onlyItsTimerWakesTheEventLoop() {
        PingSeries series = begin(0, 1_000);
        assertThat(loop.pause(Duration.ofMillis(999))).isZero();
        loop.pause(Duration.ofMillis(1));
        series.stop();
        loop.run();

        assertThat(loop.pause(Duration.ofDays(1))).as("no timer is left").isZero();
    }

    // Results and statistics.

    @Test
    void tellsEachResultUnderTheNumberOfItsProbeAsItComes() {
        begin(3, 1);
        loop.advance(Duration.ofMillis(2));
        sender.answer(2);
        sender.timeOut(3);
        sender.answer(1);

        assertThat(events.told).containsExactly("REPLIED 2", "TIMED_OUT 3", "REPLIED 1");
    }

    @Test
    void completesWithTheLastResult() {
        PingSeries series = begin(2, 1);
        sender.answer(1);
        loop.advance(Duration.ofMillis(1));
        assertThat(series.completion()).isNotDone();
        sender.answer(2);

        assertThat(core.sessions()).as("it is forgotten").isZero();
        assertThat(statistics(series).received()).isEqualTo(2);
        assertThat(statistics(series).roundTrips().maxNanos()).hasValue(2_000_000);
    }

    @Test
    void countsAProbeAsSentWhenTheKernelTookItsFirstPacket() {
        PingSeries series = begin(2, 1);
        loop.advance(Duration.ofMillis(1));
        sender.request(1).onSent(sender.request(1).probe(), 1, 100);
        // Sent again for local drops, then a second try.
        sender.request(1).onSent(sender.request(1).probe(), 1, 200);
        sender.request(1).onSent(sender.request(1).probe(), 2, 300);
        sender.timeOut(1);
        sender.request(2)
                .outcome(new NotSent(sender.request(2).probe(), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty()));

        assertThat(events.told).startsWith("sent 1 try 1 at 100", "sent 1 try 1 at 200", "sent 1 try 2 at 300");
        assertThat(statistics(series).sent()).isOne();
        assertThat(statistics(series).loss()).isOne();
    }

    @Test
    void countsDuplicatesAndTellsLateReplies() {
        PingSeries series = begin(3, 1);
        loop.advance(Duration.ofMillis(2));
        sender.answer(1);
        sender.request(1).onDuplicate(sender.reply(1));
        sender.request(1).onDuplicate(sender.reply(1));
        sender.timeOut(2);
        sender.request(2).onLate(sender.reply(2));
        sender.answer(3);

        assertThat(events.told)
                .containsExactly("REPLIED 1", "duplicate 1", "duplicate 1", "TIMED_OUT 2", "late 2", "REPLIED 3");
        assertThat(statistics(series).duplicates()).isEqualTo(2);
        assertThat(statistics(series).received()).isEqualTo(2);
    }

    @Test
    void countsLateRepliesAndWhatWasNotSent() {
        PingSeries series = begin(3, 1);
        loop.advance(Duration.ofMillis(2));
        sender.timeOut(1);
        sender.request(1).onLate(sender.reply(1));
        sender.request(2)
                .outcome(new NotSent(sender.request(2).probe(), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty()));
        sender.timeOut(3);

        assertThat(statistics(series).late()).isOne();
        assertThat(statistics(series).notSent()).isOne();
        assertThat(statistics(series).received()).isZero();
    }

    private PingStatistics snapshot(PingSeries series) {
        CompletableFuture<PingStatistics> snapshot = series.statistics();
        loop.run();
        return snapshot.join();
    }

    @Test
    void tellsWhatItHasComeToSoFarAndInTheEnd() {
        PingSeries series = begin(2, 1);
        assertThat(snapshot(series).received()).isZero();
        sender.answer(1);
        assertThat(snapshot(series).received()).isOne();
        loop.advance(Duration.ofMillis(1));
        sender.answer(2);
        sender.request(2).onDuplicate(sender.reply(2));

        assertThat(snapshot(series)).isSameAs(statistics(series));
        assertThat(snapshot(series).received()).isEqualTo(2);
    }

    @Test
    void tellsWhatItCameToThoughTheEventLoopHasEnded() {
        PingSeries series = begin(1, 1);
        sender.answer(1);
        loop.end();

        assertThat(series.statistics()).isCompletedWithValueMatching(statistics -> statistics.received() == 1);
    }

    @Test
    void countsAnErrorOnceWhetherOrNotItIsTheOutcomeInTheEnd() {
        PingSeries series = begin(2, 1);
        loop.advance(Duration.ofMillis(1));
        sender.request(1).onError(sender.error(1));
        sender.request(2).onError(sender.error(2));
        sender.request(1).outcome(sender.error(1));
        sender.answer(2);

        assertThat(events.told).containsExactly("error 1", "error 2", "UNREACHABLE 1", "REPLIED 2");
        assertThat(statistics(series).errors()).isEqualTo(2);
    }

    @Test
    void countsAnErrorThatEndsItsProbeAtOnce() {
        PingSeries series = begin(PingOptions.builder()
                .probe(ProbeOptions.builder().failFast(true).build())
                .count(1)
                .build());
        sender.request(1).outcome(sender.error(1));

        assertThat(statistics(series).errors()).isOne();
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        events.reaction = event -> {
            throw new AssertionError(event);
        };
        PingSeries series = begin(2, 1);
        loop.advance(Duration.ofMillis(1));
        sender.request(1).onSent(sender.request(1).probe(), 1, 100);
        sender.answer(1);
        sender.request(1).onDuplicate(sender.reply(1));
        sender.request(2).onError(sender.error(2));
        sender.timeOut(2);

        assertThat(events.told)
                .containsExactly("sent 1 try 1 at 100", "REPLIED 1", "duplicate 1", "error 2", "TIMED_OUT 2");
        assertThat(statistics(series))
                .extracting(PingStatistics::sent, PingStatistics::received, PingStatistics::errors)
                .containsExactly(1L, 1L, 1L);
    }

    // The end.

    @Test
    void completingItsFutureOneselfStopsIt() {
        PingSeries series = begin(0, 1);
        loop.advance(Duration.ofMillis(2));
        sender.answer(1);
        series.completion().cancel(false);
        loop.run();
        sender.answer(2);
        loop.advance(Duration.ofMillis(10));

        assertThat(sender.submitted).hasSize(3);
        assertThat(sender.givenUp).containsExactly(sender.request(2), sender.request(3));
        assertThat(events.told).containsExactly("REPLIED 1");
        assertThat(core.sessions()).as("it is forgotten").isZero();
        assertThat(snapshot(series).received()).isOne();
    }

    @Test
    void stoppingGivesUpWhatWaitsAndCompletesWithTheStatisticsSoFar() {
        PingSeries series = begin(0, 1);
        loop.advance(Duration.ofMillis(2));
        sender.answer(1);
        sender.answer(2);
        series.stop();
        loop.run();

        assertThat(statistics(series).received()).isEqualTo(2);
        assertThat(sender.givenUp).containsExactly(sender.request(3));
        assertThat(core.sessions()).as("it is forgotten").isZero();
        loop.advance(Duration.ofMillis(10));
        assertThat(sender.submitted).hasSize(3);
    }

    @Test
    void onceStoppedItTellsNothingMore() {
        PingSeries series = begin(0, 1);
        loop.advance(Duration.ofMillis(1));
        events.reaction = event -> series.stop();
        sender.answer(1);
        sender.answer(2);
        sender.request(1).onDuplicate(sender.reply(1));
        sender.request(1).onLate(sender.reply(1));
        sender.request(1).onError(sender.error(1));
        sender.request(2).onSent(sender.request(2).probe(), 1, 1);
        loop.run();
        sender.answer(2);

        assertThat(events.told).containsExactly("REPLIED 1");
        assertThat(statistics(series).received()).isOne();
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        PingSeries series = begin(1, 1);
        sender.answer(1);
        sender.request(1).onDuplicate(sender.reply(1));
        series.stop();
        loop.run();

        assertThat(events.told).containsExactly("REPLIED 1");
        assertThat(statistics(series).duplicates()).isZero();
    }

    @Test
    void closingCompletesItWithTheStatisticsSoFar() {
        PingSeries series = begin(0, 1);
        sender.answer(1);
        loop.advance(Duration.ofMillis(1));
        core.close(new ClosedChannelException());

        assertThat(statistics(series).received()).isOne();
        loop.advance(Duration.ofMillis(10));
        assertThat(sender.submitted).hasSize(2);
    }

    @Test
    void aSeriesOfAClosedPingerFails() {
        ClosedChannelException cause = new ClosedChannelException();
        core.close(cause);
        PingSeries series = begin(1, 1);

        assertThatThrownBy(() -> series.completion().get())
                .isInstanceOf(ExecutionException.class)
                .hasCause(cause);
    }

    @Test
    void waitingForTheEndOnTheEventLoopThrows() {
        PingSeries series = begin(1, 1);

        assertThatThrownBy(series.completion()::join).isInstanceOf(BlockingOperationException.class);
    }

    @Test
    void aResultThatIsKeptKeepsNothingOfASeriesThatIsOver() {
        List<PingResult> kept = new ArrayList<>();
        List<WeakReference<?>> references = finishedSeries(kept);

        references.forEach(Reachability::assertGarbage);
        assertThat(kept).hasSize(1);
    }

    private List<WeakReference<?>> finishedSeries(List<PingResult> kept) {
        FakeSender ownSender = new FakeSender(loop);
        PingerCore ownCore = new PingerCore(loop.eventLoop());
        ownCore.sender(IpFamily.IPV4, ownSender);
        PingListener listener = kept::add;
        PingSeries series = new ListenedSeries(ownCore, FakeSender.TARGET, options(1, 1), listener).begin();
        loop.run();
        ownSender.answer(1);
        assertThat(series.completion()).isCompleted();
        assertThat(kept).hasSize(1);
        return List.of(new WeakReference<>(ownSender), new WeakReference<>(ownCore), new WeakReference<>(listener));
    }

    // As a list.

    private CompletableFuture<List<PingResult>> collect(long count) {
        CompletableFuture<List<PingResult>> future =
                new CollectedSeries(core, FakeSender.TARGET, options(count, 1)).begin();
        loop.run();
        return future;
    }

    @Test
    void aListHasAllResultsInTheOrderOfTheirNumbers() {
        CompletableFuture<List<PingResult>> future = collect(3);
        loop.advance(Duration.ofMillis(2));
        sender.answer(3);
        sender.timeOut(1);
        assertThat(future).isNotDone();
        sender.answer(2);

        assertThat(future.join()).extracting(PingResult::sequence).containsExactly(1L, 2L, 3L);
        assertThat(future.join())
                .extracting(result -> result.outcome().kind())
                .containsExactly(ProbeOutcome.Kind.TIMED_OUT, ProbeOutcome.Kind.REPLIED, ProbeOutcome.Kind.REPLIED);
    }

    @Test
    void cancellingAListEndsItsSeries() {
        CompletableFuture<List<PingResult>> future = collect(3);
        future.cancel(false);
        loop.run();
        loop.advance(Duration.ofMillis(10));

        assertThat(sender.submitted).hasSize(1);
        assertThat(sender.givenUp).isEqualTo(sender.submitted);
    }

    @Test
    void closingFailsAList() {
        CompletableFuture<List<PingResult>> future = collect(3);
        sender.answer(1);
        ClosedChannelException cause = new ClosedChannelException();
        core.close(cause);

        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(cause);
    }
}
