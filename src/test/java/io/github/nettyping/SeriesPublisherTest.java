package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpFamily;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Demand, and the rules of Reactive Streams, which the names give. The test's thread is the event loop. */
class SeriesPublisherTest {

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final PingerCore core = new PingerCore(loop.eventLoop());
    private final TestSubscriber subscriber = new TestSubscriber();

    SeriesPublisherTest() {
        core.sender(IpFamily.IPV4, sender);
    }

    /** Writes down the signals, and notices when one comes inside another. */
    private static final class TestSubscriber implements Flow.Subscriber<PingResult> {
        private final List<String> signals = new ArrayList<>();
        private Flow.Subscription subscription;
        private Throwable error;
        private Consumer<String> reaction = signal -> {};
        private boolean inside;

        private void signal(String signal) {
            assertThat(inside).as("%s inside another signal", signal).isFalse();
            inside = true;
            signals.add(signal);
            try {
                reaction.accept(signal);
            } finally {
                inside = false;
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            signal("subscribe");
        }

        @Override
        public void onNext(PingResult result) {
            signal("next " + result.sequence());
        }

        @Override
        public void onError(Throwable cause) {
            error = cause;
            signal("error");
        }

        @Override
        public void onComplete() {
            signal("complete");
        }
    }

    private Flow.Publisher<PingResult> publisher(long count) {
        PingOptions.Builder options = PingOptions.builder().interval(Duration.ofMillis(10));
        return SeriesSubscription.publisher(
                core, FakeSender.TARGET, (count == 0 ? options : options.count(count)).build());
    }

    private void subscribe(long count) {
        publisher(count).subscribe(subscriber);
        loop.run();
    }

    private void request(long n) {
        subscriber.subscription.request(n);
        loop.run();
    }

    // Demand.

    @Test
    void sendsNothingBeforeItIsAskedTo() {
        subscribe(0);
        loop.advance(Duration.ofMillis(100));

        assertThat(subscriber.signals).containsExactly("subscribe");
        assertThat(sender.submitted).isEmpty();
    }

    @Test
    void sendsAsManyProbesAsResultsWereRequested() {
        subscribe(0);
        request(2);
        loop.advance(Duration.ofMillis(100));
        assertThat(sender.submittedAtMillis).containsExactly(0L, 10L);
        sender.answer(1);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submitted).as("a result is no request").hasSize(2);
        assertThat(subscriber.signals).containsExactly("subscribe", "next 1");
    }

    @Test
    void aRequestThatComesLateIsServedAtOnceAndTheIntervalCountsFromThere() {
        subscribe(0);
        loop.advance(Duration.ofMillis(95));
        request(2);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(95L, 105L);
    }

    @Test
    void aRequestLateByLessThanTheIntervalDoesNotBringTheProbeAfterItNearer() {
        subscribe(0);
        request(1);
        loop.advance(Duration.ofMillis(19));
        request(2);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 19L, 29L);
    }

    @Test
    void aRequestThatComesEarlyWaitsUntilTheProbeIsDue() {
        subscribe(0);
        request(1);
        loop.advance(Duration.ofMillis(4));
        request(1);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submittedAtMillis).containsExactly(0L, 10L);
    }

    @Test
    void sleepsWhileNothingIsRequestedAndWakesOnceForSeveralRequests() {
        subscribe(0);
        request(1);
        assertThat(loop.pause(Duration.ofMillis(5))).isZero();
        assertThat(loop.pause(Duration.ofSeconds(1))).as("no demand, no timer").isZero();
        request(1);
        request(1);
        request(1);

        assertThat(loop.pause(Duration.ofMillis(10))).as("one timer").isOne();
    }

    @Test
    void requestsAddUpWithoutOverflow() {
        subscribe(3);
        request(Long.MAX_VALUE);
        request(Long.MAX_VALUE);
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.submitted).hasSize(3);
    }

    @Test
    void requestingFromInsideOnNextIsObeyedAfterIt() {
        subscriber.reaction = signal -> subscriber.subscription.request(1);
        subscribe(3);
        for (int i = 1; i <= 3; i++) {
            loop.advance(Duration.ofMillis(10));
            sender.answer(i);
            loop.run();
        }

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1", "next 2", "next 3", "complete");
    }

    // The end.

    @Test
    void completesAfterTheCountWithoutFurtherDemand() {
        subscribe(1);
        request(1);
        sender.timeOut(1);

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1", "complete");
    }

    @Test
    void rule309RequestingNothingIsAnErrorAndEndsTheSeries() {
        subscribe(0);
        request(2);
        request(0);
        sender.answer(1);
        request(1);
        loop.advance(Duration.ofMillis(100));

        assertThat(subscriber.signals).containsExactly("subscribe", "error");
        assertThat(subscriber.error).isInstanceOf(IllegalArgumentException.class);
        assertThat(sender.givenUp).containsExactly(sender.request(1));
    }

    @Test
    void anInvalidRequestFromInsideOnNextIsAnErrorAfterIt() {
        subscribe(0);
        request(1);
        subscriber.reaction = signal -> subscriber.subscription.request(-1);
        sender.answer(1);
        loop.run();

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1", "error");
    }

    @Test
    void rule309InsideOnSubscribeToo() {
        subscriber.reaction = signal -> subscriber.subscription.request(0);
        subscribe(0);

        assertThat(subscriber.signals).containsExactly("subscribe", "error");
    }

    @Test
    void rule308NoSignalComesAfterCancelling() {
        subscribe(2);
        request(2);
        loop.advance(Duration.ofMillis(10));
        subscriber.reaction = signal -> subscriber.subscription.cancel();
        sender.answer(1);
        sender.answer(2);
        loop.run();
        request(0);
        core.close(new ClosedChannelException());

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1");
    }

    @Test
    void cancellingGivesUpTheProbesOutAndSendsNoMore() {
        subscribe(0);
        request(10);
        subscriber.subscription.cancel();
        subscriber.subscription.cancel();
        loop.run();
        loop.advance(Duration.ofMillis(100));

        assertThat(sender.givenUp).isEqualTo(sender.submitted).hasSize(1);
    }

    @Test
    void cancellingInsideOnSubscribeSendsNothing() {
        subscriber.reaction = signal -> {
            subscriber.subscription.request(1);
            subscriber.subscription.cancel();
        };
        subscribe(0);

        assertThat(sender.submitted).isEmpty();
    }

    @Test
    void rule213ASubscriberThatThrowsCountsAsCancelled() {
        subscribe(0);
        request(2);
        subscriber.reaction = signal -> {
            throw new AssertionError("a subscriber's own trouble");
        };
        loop.advance(Duration.ofMillis(10));
        sender.answer(1);
        sender.answer(2);
        loop.advance(Duration.ofMillis(100));

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1");
        assertThat(sender.givenUp).containsExactly(sender.request(2));
        request(0);
        assertThat(subscriber.signals).as("no error either").hasSize(2);
    }

    @Test
    void rule213InsideOnSubscribeToo() {
        subscriber.reaction = signal -> {
            subscriber.subscription.request(1);
            throw new AssertionError("a subscriber's own trouble");
        };
        subscribe(0);

        assertThat(subscriber.signals).containsExactly("subscribe");
        assertThat(sender.submitted).isEmpty();
        assertThat(core.sessions()).isZero();
    }

    @Test
    void closingIsAnError() {
        subscribe(0);
        request(1);
        ClosedChannelException cause = new ClosedChannelException();
        core.close(cause);

        assertThat(subscriber.signals).containsExactly("subscribe", "error");
        assertThat(subscriber.error).isSameAs(cause);
    }

    @Test
    void rule109OnSubscribeComesFirstEvenIfAllIsOver() {
        core.close(new ClosedChannelException());
        subscribe(0);

        assertThat(subscriber.signals).containsExactly("subscribe", "error");
    }

    @Test
    void rule109NobodyIsNoSubscriber() {
        assertThatThrownBy(() -> publisher(0).subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void eachSubscriberHasASeriesOfItsOwn() {
        Flow.Publisher<PingResult> publisher = publisher(1);
        TestSubscriber other = new TestSubscriber();
        publisher.subscribe(subscriber);
        publisher.subscribe(other);
        loop.run();
        request(1);
        other.subscription.request(1);
        loop.run();
        sender.answer(1);
        assertThat(other.signals).containsExactly("subscribe");
        sender.answer(2);

        assertThat(subscriber.signals).containsExactly("subscribe", "next 1", "complete");
        assertThat(other.signals).containsExactly("subscribe", "next 1", "complete");
    }
}
