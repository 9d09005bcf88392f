package io.github.nettyping.sweep;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Begins sweeps that end with their pinger. Stateless. */
@Internal
public final class SweepStarter {

    private SweepStarter() {}

    /**
     * Opens the sockets, in this thread, and begins; of a closed pinger, returns a sweep that has failed.
     *
     * @param core     with which it ends
     * @param loops    on which it runs
     * @param targets  whom to ask, and in which order
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way, or one that has failed
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     */
    public static Sweep begin(
            PingerCore core,
            List<EventLoop> loops,
            TargetSequence targets,
            SweepOptions options,
            SweepListener listener) {
        CompletableFuture<SweepSummary> failed = core.failedIfClosed();
        if (failed != null) {
            return new Sweep(new CompletableFuture<>(), failed, failed::copy, () -> {});
        }
        SweepSession session = new SweepSession(loops, core.loops(), targets, options, listener);
        session.open(core);
        return new Sweep(session.whenBegun(), session.completion(), session::soFar, session::stop);
    }
}
