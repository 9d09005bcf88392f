package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.packet.IpAddress;
import java.nio.channels.ClosedChannelException;

/** A trace for a listener. Confined to the event loop once it is under way. */
final class ListenedTrace implements TraceSession.Sink {

    private final TraceListener listener;
    private final Guard guard;
    private final LoopFuture<TraceSummary> completion;

    ListenedTrace(PingerCore core, TraceListener listener) {
        this.listener = listener;
        this.guard = new Guard(listener);
        this.completion = new LoopFuture<>(core.loops());
    }

    LoopFuture<TraceSummary> completion() {
        return completion;
    }

    @Override
    public void onResult(TraceResult result) {
        guard.run(() -> listener.onResult(result));
    }

    @Override
    public void onHop(IpAddress target, Hop hop) {
        guard.run(() -> listener.onHop(target, hop));
    }

    @Override
    public void onCycle(int cycle, TraceResult soFar) {
        guard.run(() -> listener.onCycle(cycle, soFar));
    }

    @Override
    public void onDone(TraceSummary summary) {
        completion.succeed(summary);
    }

    @Override
    public void onFailure(Throwable cause) {
        completion.fail(cause);
    }

    @Override
    public void onClosed(ClosedChannelException cause, TraceSummary summary) {
        completion.succeed(summary);
    }
}
