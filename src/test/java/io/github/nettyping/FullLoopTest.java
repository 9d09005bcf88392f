package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.engine.Dispatcher;
import io.github.nettyping.internal.engine.FakePort;
import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.testing.Await;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What a pinger does when its event loop takes no more tasks for a while. The test's thread is that loop. */
class FullLoopTest {

    private static final Duration PATIENCE = Await.LIMIT;

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final PingerCore core = new PingerCore(loop.eventLoop());

    FullLoopTest() {
        core.sender(IpFamily.IPV4, sender);
    }

    private CompletableFuture<ProbeOutcome> ping() {
        LoopFuture<ProbeOutcome> future = new LoopFuture<>(loop.eventLoop());
        core.begin(new PingRequest(sender, FakeSender.TARGET, ProbeOptions.defaults(), future));
        return future;
    }

    @Test
    void aPingThatTheLoopHasNoRoomForIsNotSent() throws Exception {
        loop.full(true);

        assertThat(ping().get()).isInstanceOfSatisfying(NotSent.class, outcome -> {
            assertThat(outcome.reason()).isEqualTo(NotSent.Reason.NO_FREE_SLOT);
            assertThat(outcome.attempts()).isZero();
            assertThat(outcome.cause()).isEqualTo(Optional.empty());
        });
        loop.full(false);
        loop.run();
        assertThat(sender.submitted).isEmpty();
        assertThat(ping()).as("the pinger goes on").isNotDone();
        loop.run();
        assertThat(sender.submitted).hasSize(1);
    }

    @Test
    void aPingOfALoopThatHasEndedFails() {
        loop.end();

        assertThatThrownBy(() -> ping().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPingThatIsCancelledIsGivenUpWhenThereIsRoom() {
        CompletableFuture<ProbeOutcome> ping = ping();
        loop.run();
        loop.full(true);
        CompletableFuture.runAsync(() -> ping.cancel(false)).join();
        loop.run();
        assertThat(sender.givenUp).isEmpty();
        loop.full(false);
        Await.until("it is given up", PATIENCE, () -> {
            loop.run();
            return !sender.givenUp.isEmpty();
        });

        assertThat(sender.givenUp).isEqualTo(sender.submitted);
    }

    @Test
    void aSeriesBeginsAndStopsWhenThereIsRoom() {
        loop.full(true);
        List<PingResult> results = new ArrayList<>();
        PingSeries series = CompletableFuture.supplyAsync(() -> new ListenedSeries(
                                core, FakeSender.TARGET, PingOptions.builder().build(), results::add)
                        .begin())
                .join();
        loop.run();
        assertThat(sender.submitted).isEmpty();
        loop.full(false);
        Await.until("it begins", PATIENCE, () -> {
            loop.run();
            return !sender.submitted.isEmpty();
        });
        loop.full(true);
        CompletableFuture.runAsync(series::stop).join();
        loop.full(false);
        Await.until("it stops", PATIENCE, () -> {
            loop.run();
            return series.completion().isDone();
        });

        assertThat(sender.givenUp).isEqualTo(sender.submitted);
    }

    @Test
    void requestsThatAreReadyGoOutThoughTheQueueIsFull() {
        FakePort port = new FakePort();
        Dispatcher dispatcher = new Dispatcher(
                loop.eventLoop(), port, new Dispatcher.Limits(100_000, 10, 10), ProbeObserver.NONE, cause -> {});
        dispatcher.opened();
        loop.full(true);
        LoopFuture<ProbeOutcome> future = new LoopFuture<>(loop.eventLoop());
        new PingRequest(dispatcher, FakeSender.TARGET, ProbeOptions.defaults(), future).run();
        loop.run();

        assertThat(port.written).hasSize(1);
    }
}
