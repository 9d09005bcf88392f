package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.TimedOut;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which requests are in flight, which wait, and which have their turn next. */
class DispatcherTest {

    private static final int SMALL_REPLY_BYTES = 832;
    private static final IpAddress TARGET = IpAddress.ofIpv4(0x7f00_0001);

    private final TestLoop loop = new TestLoop();
    private final FakePort port = new FakePort();
    private final List<ProbeOutcome> observed = new ArrayList<>();
    private final List<ClosedChannelException> closedByItself = new ArrayList<>();
    private final ProbeObserver observer = new ProbeObserver() {
        @Override
        public void onOutcome(ProbeOutcome outcome) {
            observed.add(outcome);
        }
    };

    private Dispatcher dispatcher;
    private int over;

    /** A request that remembers what it was told. */
    private static final class TestRequest extends Request {
        private final List<Object> told = new ArrayList<>();
        private Runnable reaction = () -> {};

        TestRequest(ProbeOptions options) {
            super(TARGET, options);
        }

        @Override
        public void outcome(ProbeOutcome outcome) {
            told.add(outcome);
        }

        @Override
        public void closed(ClosedChannelException cause) {
            told.add(cause);
            reaction.run();
        }
    }

    private Dispatcher dispatcher(int receiveBufferBytes, int maxInFlight, int maxWaiting) {
        dispatcher = new Dispatcher(
                loop.eventLoop(),
                port,
                new Dispatcher.Limits(receiveBufferBytes, maxInFlight, maxWaiting),
                observer,
                cause -> {
                    closedByItself.add(cause);
                    dispatcher.close(cause, () -> over++);
                });
        dispatcher.opened();
        return dispatcher;
    }

    private Dispatcher ofWindow(int maxInFlight) {
        return dispatcher(Integer.MAX_VALUE, maxInFlight, 1_000);
    }

    private TestRequest submit() {
        return submit(56);
    }

    private TestRequest submit(int payloadBytes) {
        TestRequest request = new TestRequest(
                ProbeOptions.builder().payloadBytes(payloadBytes).build());
        dispatcher.submit(request);
        return request;
    }

    private List<TestRequest> submitMany(int count) {
        return IntStream.range(0, count).mapToObj(i -> submit()).toList();
    }

    private void answer(Request request) {
        port.inFlight.remove(request.probe());
        dispatcher.onOutcome(new TimedOut(request.probe(), 1, 0));
    }

    private static List<Probe> probes(List<TestRequest> requests) {
        return requests.stream().map(Request::probe).toList();
    }

    // Batches.

    @Test
    void requestsOfOneTurnShareAFlush() {
        ofWindow(1_000);
        loop.eventLoop().execute(this::submit);
        loop.eventLoop().execute(this::submit);
        loop.eventLoop().execute(this::submit);
        loop.run();

        assertThat(port.flushes).containsExactly(3);
    }

    @Test
    void aBurstGoesOutInBatchesInOrder() {
        ofWindow(1_000);
        List<TestRequest> requests = submitMany(150);
        loop.run();

        assertThat(port.flushes).containsExactly(64, 64, 22);
        assertThat(port.written).isEqualTo(probes(requests));
    }

    @Test
    void otherTasksHaveTheirTurnBetweenBatches() {
        ofWindow(1_000);
        List<Integer> writtenAtTurn = new ArrayList<>();
        submitMany(150);
        loop.eventLoop().execute(() -> writtenAtTurn.add(port.written.size()));
        loop.run();

        assertThat(writtenAtTurn).containsExactly(64);
    }

    @Test
    void whatComesBackIsReplacedAtOnceAndSharesAFlush() {
        ofWindow(2);
        List<TestRequest> requests = submitMany(4);
        loop.run();
        answer(requests.get(0));
        answer(requests.get(1));
        assertThat(port.written).hasSize(2);
        dispatcher.onReadComplete();

        assertThat(port.written).isEqualTo(probes(requests));
        assertThat(port.flushes).containsExactly(2, 2);
    }

    @Test
    void whatComesBackAtOnceIsReplacedABatchAtATime() {
        ofWindow(100);
        List<TestRequest> requests = submitMany(200);
        loop.run();
        requests.subList(0, 100).forEach(this::answer);
        dispatcher.onReadComplete();
        assertThat(port.flushes).containsExactly(64, 36, 64);
        loop.run();

        assertThat(port.flushes).containsExactly(64, 36, 64, 36);
    }

    @Test
    void sendsNothingBeforeItIsOpen() {
        dispatcher = new Dispatcher(
                loop.eventLoop(), port, new Dispatcher.Limits(100_000, 10, 10), observer, closedByItself::add);
        submit();
        loop.run();
        assertThat(port.written).isEmpty();
        dispatcher.opened();
        loop.run();

        assertThat(port.written).hasSize(1);
    }

    // The window.

    @Test
    void keepsNoMoreInFlightThanAllowed() {
        ofWindow(3);
        List<TestRequest> requests = submitMany(5);
        loop.run();
        assertThat(port.inFlight).hasSize(3);
        answer(requests.get(1));
        dispatcher.onReadComplete();

        assertThat(port.inFlight).hasSize(3);
        assertThat(port.written).isEqualTo(probes(requests.subList(0, 4)));
    }

    @Test
    void keepsNoMoreInFlightThanTheReceiveBufferHoldsRepliesOf() {
        dispatcher(3 * SMALL_REPLY_BYTES - 1, 1_000, 1_000);
        submitMany(5);
        loop.run();

        assertThat(port.inFlight).hasSize(2);
    }

    @Test
    void aLargeReplyIsChargedWhatItTakes() {
        int large = ReceiveBuffer.replyBytes(1_400);
        dispatcher(large + 2 * SMALL_REPLY_BYTES, 1_000, 1_000);
        submit(1_400);
        TestRequest secondLarge = submit(1_400);
        TestRequest small = submit();
        loop.run();
        assertThat(port.written).as("nobody overtakes").hasSize(1);
        answer(Request.of(port.written.get(0)) instanceof TestRequest first ? first : secondLarge);
        dispatcher.onReadComplete();

        assertThat(port.written).hasSize(3).endsWith(secondLarge.probe(), small.probe());
    }

    @Test
    void oneRequestIsSentHoweverSmallTheBuffer() {
        dispatcher(4_096, 1_000, 1_000);
        submit(65_507);
        submit(65_507);
        loop.run();

        assertThat(port.inFlight).hasSize(1);
    }

    @Test
    void makesRoomForLargerRepliesBeforeTheFirstOfThem() {
        ofWindow(1_000);
        submit(0);
        submit(1_400);
        submit(1_400);
        submit(56);
        submit(9_000);
        loop.run();

        assertThat(port.fits).containsExactly(1_400, 9_000);
    }

    // Waiting.

    @Test
    void whatDoesNotEvenFindRoomToWaitIsNotSentAndTheObserverLearnsIt() {
        dispatcher(Integer.MAX_VALUE, 2, 1);
        List<TestRequest> requests = submitMany(4);
        loop.run();

        assertThat(requests.subList(0, 3)).allMatch(request -> request.told.isEmpty());
        assertThat(requests.get(3).told)
                .containsExactly(
                        new NotSent(requests.get(3).probe(), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty()));
        assertThat(observed).isEqualTo(requests.get(3).told);
    }

    @Test
    void withoutAWaitingRoomTheWindowCanStillBeFilled() {
        dispatcher(Integer.MAX_VALUE, 2, 0);
        List<TestRequest> requests = submitMany(3);
        loop.run();

        assertThat(port.written).isEqualTo(probes(requests.subList(0, 2)));
        assertThat(requests.get(2).told).hasSize(1);
    }

    // Giving up.

    @Test
    void givingUpAProbeInFlightMakesRoomForTheNext() {
        ofWindow(1);
        List<TestRequest> requests = submitMany(2);
        loop.run();
        dispatcher.giveUp(requests.get(0));
        loop.run();

        assertThat(port.inFlight).containsExactly(requests.get(1).probe());
    }

    @Test
    void givingUpARequestThatIsReadyMakesRoomForTheNext() {
        ofWindow(1);
        List<TestRequest> requests = submitMany(2);
        dispatcher.giveUp(requests.get(0));
        loop.run();

        assertThat(port.written).containsExactly(requests.get(1).probe());
    }

    @Test
    void aRequestThatIsGivenUpWhileItWaitsIsNeverSentAndLeavesItsPlaceToAnother() {
        dispatcher(Integer.MAX_VALUE, 1, 2);
        List<TestRequest> requests = submitMany(3);
        loop.run();
        dispatcher.giveUp(requests.get(1));
        TestRequest another = submit();
        answer(requests.get(0));
        dispatcher.onReadComplete();
        answer(requests.get(2));
        dispatcher.onReadComplete();

        assertThat(port.written)
                .containsExactly(requests.get(0).probe(), requests.get(2).probe(), another.probe());
        assertThat(requests.get(1).told).isEmpty();
    }

    @Test
    void givingUpALargeOneLetsTheSmallOnesBehindItGo() {
        dispatcher(2 * SMALL_REPLY_BYTES, 10, 10);
        submit();
        TestRequest large = submit(1_400);
        submit();
        loop.run();
        assertThat(port.inFlight).hasSize(1);
        dispatcher.giveUp(large);
        loop.run();

        assertThat(port.inFlight).hasSize(2);
    }

    @Test
    void givingUpWhatIsOverOrNeverCameChangesNothing() {
        ofWindow(1);
        TestRequest first = submit();
        loop.run();
        answer(first);
        dispatcher.giveUp(first);
        dispatcher.giveUp(new TestRequest(ProbeOptions.defaults()));
        submitMany(2);
        loop.run();

        assertThat(port.inFlight).as("a window of one").hasSize(1);
    }

    // The end.

    @Test
    void closingEndsAllAndThoseToCome() {
        ofWindow(3);
        List<TestRequest> requests = new ArrayList<>(submitMany(2));
        loop.run();
        // One of them ready, two waiting.
        requests.addAll(submitMany(3));
        ClosedChannelException cause = new ClosedChannelException();
        dispatcher.close(cause, () -> over++);
        assertThat(port.closed).isTrue();
        assertThat(over).as("two are in flight").isZero();
        // As the port does when it closes.
        for (TestRequest request : requests.subList(0, 2)) {
            dispatcher.onOutcome(new NotSent(request.probe(), 1, NotSent.Reason.CHANNEL_CLOSED, Optional.empty()));
        }
        dispatcher.onReadComplete();
        dispatcher.onClosed();
        TestRequest late = submit();
        loop.run();

        assertThat(requests).allSatisfy(request -> assertThat(request.told).containsExactly(cause));
        assertThat(late.told).containsExactly(cause);
        assertThat(over).isOne();
        assertThat(closedByItself).isEmpty();
        assertThat(port.written).hasSize(2);
    }

    @Test
    void closingIsOverAtOnceIfNothingIsInFlight() {
        ofWindow(1);
        submitMany(2);
        dispatcher.close(new ClosedChannelException(), () -> over++);

        assertThat(over).isOne();
    }

    @Test
    void closingIsOverWhenTheLastInFlightIsGivenUp() {
        ofWindow(1);
        TestRequest last = submit();
        loop.run();
        dispatcher.close(new ClosedChannelException(), () -> over++);
        dispatcher.giveUp(last);

        assertThat(over).isOne();
    }

    @Test
    void aPortThatClosesByItselfEndsEverythingAndTheFailureIsTheCause() {
        ofWindow(1);
        List<TestRequest> requests = submitMany(2);
        loop.run();
        IOException failure = new IOException("recvmmsg: EBADF");
        dispatcher.onFailure(failure);
        assertThat(requests).as("a failure alone ends nothing").allMatch(request -> request.told.isEmpty());
        dispatcher.onOutcome(new NotSent(requests.get(0).probe(), 1, NotSent.Reason.CHANNEL_CLOSED, Optional.empty()));
        dispatcher.onClosed();

        assertThat(closedByItself).hasSize(1).allMatch(cause -> cause.getCause() == failure);
        assertThat(requests).allSatisfy(request -> assertThat(request.told).isEqualTo(closedByItself));
    }

    @Test
    void itIsNotOverBeforeTheLastRequestHasBeenTold() {
        ofWindow(1);
        TestRequest last = submit();
        loop.run();
        List<Integer> overWhenTold = new ArrayList<>();
        last.reaction = () -> overWhenTold.add(over);
        dispatcher.onOutcome(new NotSent(last.probe(), 1, NotSent.Reason.CHANNEL_CLOSED, Optional.empty()));

        assertThat(overWhenTold).containsExactly(0);
        assertThat(over).isOne();
    }

    @Test
    void aFailureThatThePortOutlivedIsNotTheCauseOfItsEnd() {
        ofWindow(1);
        dispatcher.onFailure(new IOException("an old one"));
        loop.run();
        dispatcher.onClosed();

        assertThat(closedByItself).hasSize(1).allMatch(cause -> cause.getCause() == null);
    }

    @Test
    void aFailureThatClosesThePortIsTheCauseThoughTasksRunBeforeItsEndIsTold() {
        ofWindow(1);
        IOException failure = new IOException("recvmmsg: EBADF");
        dispatcher.onFailure(failure);
        port.close();
        loop.run();
        dispatcher.onClosed();

        assertThat(closedByItself).hasSize(1).allMatch(cause -> cause.getCause() == failure);
    }
}
