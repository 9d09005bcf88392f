package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import java.nio.channels.ClosedChannelException;

/** The trace of one target as a future. Confined to the event loop once it is under way. */
final class SingleTrace implements TraceSession.Sink {

    private final LoopFuture<TraceResult> future;

    private Runnable giveUp = () -> {};

    SingleTrace(PingerCore core) {
        this.future = new LoopFuture<>(core.loops(), () -> giveUp.run());
    }

    /** Sets what to do when somebody else has completed the future; before it is published. */
    void giveUpBy(Runnable newGiveUp) {
        giveUp = newGiveUp;
    }

    LoopFuture<TraceResult> future() {
        return future;
    }

    @Override
    public void onResult(TraceResult result) {
        future.succeed(result);
    }

    @Override
    public void onDone(TraceSummary summary) {
        // The result has been told, or somebody else has completed the future.
    }

    @Override
    public void onFailure(Throwable cause) {
        future.fail(cause);
    }

    @Override
    public void onClosed(ClosedChannelException cause, TraceSummary summary) {
        future.fail(cause);
    }
}
