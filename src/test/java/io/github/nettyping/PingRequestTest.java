package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.Sender;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.testing.Reachability;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test's thread is the event loop. */
class PingRequestTest {

    private final TestLoop loop = new TestLoop();
    /** Ways to end a ping that has been submitted. */
    static List<Named<BiConsumer<FakeSender, PingRequest>>> ends() {
        return List.of(
                Named.of("with an outcome", (sender, request) -> sender.timeOut(1)),
                Named.of(
                        "because the pinger closes",
                        (sender, request) -> request.closed(new ClosedChannelException())));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void oneThatIsOverKeepsNobody(BiConsumer<FakeSender, PingRequest> end) {
        FakeSender sender = new FakeSender(loop);
        LoopFuture<ProbeOutcome> future = new LoopFuture<>(loop.eventLoop());
        PingRequest request = request(sender, future);
        request.run();
        end.accept(sender, request);
        assertThat(future).isDone();
        WeakReference<Sender> senderReference = new WeakReference<>(sender);
        WeakReference<LoopFuture<ProbeOutcome>> futureReference = new WeakReference<>(future);
        sender = null;
        future = null;

        Reachability.assertGarbage(senderReference);
        Reachability.assertGarbage(futureReference);
        assertThat(request.queue()).isNull();
    }

    private static PingRequest request(Sender sender, LoopFuture<ProbeOutcome> future) {
        return new PingRequest(sender, FakeSender.TARGET, ProbeOptions.defaults(), future);
    }

    @Test
    void oneThatIsCancelledIsGivenUpOnceAndKeepsNobody() {
        PingRequest request = cancelled();

        Reachability.assertGarbage(cancelledSender);
        assertThat(request.queue()).isNull();
    }

    private WeakReference<FakeSender> cancelledSender = new WeakReference<>(null);

    private PingRequest cancelled() {
        FakeSender sender = new FakeSender(loop);
        LoopFuture<ProbeOutcome> future = new LoopFuture<>(loop.eventLoop());
        PingRequest request = request(sender, future);
        request.run();
        future.cancel(false);
        future.cancel(false);
        loop.run();
        assertThat(sender.givenUp).containsExactly(request);
        cancelledSender = new WeakReference<>(sender);
        return request;
    }
}
