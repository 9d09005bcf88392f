package io.github.nettyping;

import io.github.nettyping.target.Targets;
import java.util.concurrent.RejectedExecutionException;

/** Sweeps that end with their pinger. Stateless. */
final class BoundSweep {

    private BoundSweep() {}

    /** Opens the sockets, in this thread, and begins; of a closed pinger, returns a sweep that has failed. */
    static Sweep begin(PingerCore core, Targets targets, SweepOptions options, SweepListener listener) {
        if (core.closed() != null) {
            return Sweep.closed(core.loop());
        }
        Sweep sweep;
        try {
            sweep = Sweep.start(core.loop(), targets, options, listener);
        } catch (RejectedExecutionException e) {
            return Sweep.closed(core.loop());
        }
        Session session = cause -> sweep.stop();
        if (core.execute(() -> core.add(session))) {
            sweep.completion().whenComplete((summary, failure) -> core.execute(() -> core.remove(session)));
        } else {
            sweep.stop();
        }
        return sweep;
    }
}
