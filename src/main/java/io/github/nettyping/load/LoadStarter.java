package io.github.nettyping.load;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Begins loads that end with their pinger. Stateless. */
@Internal
public final class LoadStarter {

    private LoadStarter() {}

    /**
     * Opens the sockets, in this thread, and begins; of a closed pinger, returns a load that has failed.
     *
     * @param core     with which it ends
     * @param loops    on which it runs
     * @param targets  whom to ask
     * @param options  how
     * @param listener learns each outcome
     * @return the load under way, or one that has failed
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     */
    public static Load begin(
            PingerCore core, List<EventLoop> loops, Targets targets, LoadOptions options, LoadListener listener) {
        CompletableFuture<LoadSummary> failed = core.failedIfClosed();
        if (failed != null) {
            return new Load(failed, () -> {});
        }
        LoadSession session = new LoadSession(loops, core.loops(), targets, options, listener);
        session.open(core);
        return new Load(session.completion(), session::stop);
    }
}
