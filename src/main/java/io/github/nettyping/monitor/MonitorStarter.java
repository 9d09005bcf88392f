package io.github.nettyping.monitor;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.engine.PingerCore;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Begins monitors that end with their pinger. Stateless. */
@Internal
public final class MonitorStarter {

    private MonitorStarter() {}

    /**
     * Opens the sockets, in this thread, and begins; of a closed pinger, returns a monitor that has failed.
     *
     * @param core     with which it ends
     * @param loops    on which it runs
     * @param options  how
     * @param listener learns what happens
     * @return the monitor under way, or one that has failed
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     */
    public static Monitor begin(
            PingerCore core, List<EventLoop> loops, MonitorOptions options, MonitorListener listener) {
        CompletableFuture<MonitorSnapshot> failed = core.failedIfClosed();
        if (failed != null) {
            return new Monitor(failed, null);
        }
        MonitorSession session = new MonitorSession(loops, core.loops(), options, listener);
        session.open(core);
        return new Monitor(session.completion(), session);
    }
}
