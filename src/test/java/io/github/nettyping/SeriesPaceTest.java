package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Pace;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the probes of a series are sent that follows the answers. The test's thread is the event loop. */
class SeriesPaceTest {

    private static final Duration TEN = Duration.ofMillis(10);

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final PingerCore core = new PingerCore(loop.eventLoop());

    SeriesPaceTest() {
        core.sender(IpFamily.IPV4, sender);
    }

    private PingSeries begin(Pace pace) {
        return begin(PingOptions.builder().pace(pace));
    }

    private PingSeries begin(PingOptions.Builder options) {
        PingSeries series = new ListenedSeries(core, FakeSender.TARGET, options.build(), result -> {}).begin();
        loop.run();
        return series;
    }

    private void after(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void theNextProbeFollowsTheReplyAtOnce() {
        begin(Pace.asAnswered(TEN));
        after(3);
        sender.answer(1);
        after(2);
        sender.answer(2);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 3L, 5L);
    }

    @Test
    void thoseBeforeThePaceAreSentAtOnceAndTheOthersKeepIt() {
        begin(PingOptions.builder().pace(Pace.every(TEN)).preload(3).count(5));
        after(25);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 0L, 0L, 10L, 20L);
    }

    @Test
    void noMoreAreSentAtOnceThanThereAre() {
        begin(PingOptions.builder().pace(Pace.every(TEN)).preload(9).count(2));
        after(50);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 0L);
    }

    @Test
    void aFloodGoesOnWhenTheNewestOfThoseSentAtOnceIsAnswered() {
        begin(PingOptions.builder().pace(Pace.asAnswered(TEN)).preload(3));
        after(3);
        sender.answer(1);
        after(1);
        sender.answer(3);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 0L, 0L, 4L);
    }

    @Test
    void silenceHoldsTheNextProbeUpForTheGivenTime() {
        begin(Pace.asAnswered(TEN));
        after(20);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 10L, 20L);
    }

    @Test
    void whatIsLostHoldsUpNothingOnceALaterProbeIsAnswered() {
        begin(Pace.asAnswered(TEN));
        after(11);
        sender.answer(2);
        sender.answer(3);

        assertThat(sender.submitted).hasSize(4);
    }

    @Test
    void anAnswerToAnOlderProbeIsNoReasonToGoOn() {
        begin(Pace.asAnswered(TEN));
        after(11);
        sender.answer(1);

        assertThat(sender.submitted).hasSize(2);
    }

    @Test
    void anIcmpErrorIsAnAnswer() {
        begin(Pace.asAnswered(TEN));
        sender.request(1).onError(sender.error(1));
        sender.request(2).outcome(sender.error(2));

        assertThat(sender.submitted).hasSize(3);
    }

    @Test
    void aLateReplyIsAnAnswerAndSilenceIsNone() {
        begin(Pace.asAnswered(TEN));
        sender.timeOut(1);
        assertThat(sender.submitted).hasSize(1);
        sender.request(1).onLate(sender.reply(1));
        assertThat(sender.submitted).hasSize(2);
    }

    @Test
    void theReplyOfAHostOfAGroupIsAnAnswer() {
        begin(Pace.asAnswered(TEN));
        sender.request(1).onReply(sender.reply(1));

        assertThat(sender.submitted).hasSize(2);
    }

    @Test
    void aProbeThatWasNotSentIsNotFollowedAtOnce() {
        begin(Pace.asAnswered(TEN));
        sender.request(1)
                .outcome(new NotSent(sender.request(1).probe(), 1, NotSent.Reason.WRITE_FAILED, Optional.empty()));
        assertThat(sender.submitted).hasSize(1);
        after(10);
        assertThat(sender.submitted).hasSize(2);
    }

    @Test
    void severalMayBeAheadOfTheAnswers() {
        begin(new Pace.AsAnswered(3, TEN));
        assertThat(sender.submitted).hasSize(3);
        sender.answer(2);
        loop.run();
        assertThat(sender.submitted).hasSize(5);
    }

    @Test
    void aFloodEndsWithItsCount() {
        PingSeries series =
                begin(PingOptions.builder().pace(Pace.asAnswered(TEN)).count(2));
        sender.answer(1);
        sender.answer(2);
        after(50);

        assertThat(sender.submitted).hasSize(2);
        assertThat(series.completion()).isCompleted();
    }

    @Test
    void aStoppedFloodSendsNothingMore() {
        PingSeries series = begin(Pace.asAnswered(TEN));
        series.stop();
        loop.run();
        sender.request(1).onLate(sender.reply(1));
        after(50);

        assertThat(sender.submitted).hasSize(1);
    }

    @Test
    void anAdaptiveIntervalIsTheFirstOneUntilAReplyComes() {
        begin(Pace.adaptive(Duration.ofMillis(40), Duration.ZERO));
        after(80);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 40L, 80L);
    }

    @Test
    void anAdaptiveIntervalIsAsLongAsTheRoundTripsSmoothed() {
        begin(Pace.adaptive(Duration.ofMillis(40), Duration.ZERO));
        after(40);
        // Its round trips are as many milliseconds as its number says: 2, then 2 + (10 - 2) / 8.
        sender.answer(2);
        after(1);
        assertThat(sender.submittedAtMillis).containsExactly(0L, 40L);
        after(1);
        assertThat(sender.submittedAtMillis).containsExactly(0L, 40L, 42L);
        after(16);
        assertThat(sender.submittedAtMillis).hasSize(11);
        sender.answer(10);
        after(3);
        assertThat(sender.submittedAtMillis).endsWith(58L, 61L);
    }

    @Test
    void anAdaptiveIntervalIsNeverShorterThanAllowed() {
        begin(Pace.adaptive(Duration.ofMillis(40), Duration.ofMillis(5)));
        sender.answer(1);
        after(10);

        assertThat(sender.submittedAtMillis).containsExactly(0L, 5L, 10L);
    }

    @Test
    void shortRoundTripsMakeItFollowTheAnswers() {
        begin(Pace.adaptive(Duration.ofMillis(40), Duration.ZERO));
        sender.request(1).outcome(sender.reply(1, 400_000));
        assertThat(sender.submitted).hasSize(2);
        after(9);
        assertThat(sender.submitted).hasSize(2);
        after(1);
        assertThat(sender.submitted).hasSize(3);
    }

    @Test
    void outOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> Pace.asAnswered(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("atMost: PT0S");
        assertThatThrownBy(() -> new Pace.AsAnswered(0, TEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ahead: 0");
        assertThatThrownBy(() -> Pace.adaptive(TEN, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("atLeast: PT-0.001S");
        assertThatThrownBy(() -> Pace.adaptive(Duration.ofDays(2), TEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("first: PT48H");
    }
}
