package io.github.nettyping.sweep;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.util.List;

/** Begins sweeps that end with their pinger. Stateless. */
@Internal
public final class SweepStarter {

    private SweepStarter() {}

    /**
     * Opens the sockets, in this thread, and begins; of a closed pinger, returns a sweep that has failed.
     *
     * @param core     with which it ends
     * @param loops    on which it runs
     * @param together all of the pinger's
     * @param targets  whom to ask, and in which order
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way, or one that has failed
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     */
    public static Sweep begin(
            PingerCore core,
            List<EventLoop> loops,
            List<EventLoop> together,
            TargetSequence targets,
            SweepOptions options,
            SweepListener listener) {
        if (core.closed() != null) {
            return Sweep.closed(core.loop());
        }
        SweepSession session = new SweepSession(loops, together, targets, options, listener);
        Sweep sweep = Sweep.begin(session);
        core.execute(
                () -> {
                    if (core.add(session)) {
                        session.whenEnded(() -> forget(core, session));
                    }
                },
                session::stop);
        return sweep;
    }

    /** The last of its event loops to end may be another one than the core's. */
    private static void forget(PingerCore core, SweepSession session) {
        if (core.loop().inEventLoop()) {
            core.remove(session);
        } else {
            core.execute(() -> core.remove(session), () -> {});
        }
    }
}
