package io.github.nettyping;

import io.github.nettyping.target.Targets;
import java.util.List;

/** Sweeps that end with their pinger. Stateless. */
final class BoundSweep {

    private BoundSweep() {}

    /** Opens the sockets, in this thread, and begins; of a closed pinger, returns a sweep that has failed. */
    static Sweep begin(PingerCore core, Targets targets, SweepOptions options, SweepListener listener) {
        if (core.closed() != null) {
            return Sweep.closed(core.loop());
        }
        SweepSession session = new SweepSession(List.of(core.loop()), targets, options, listener);
        Sweep sweep = Sweep.begin(session);
        core.execute(
                () -> {
                    if (core.add(session)) {
                        session.whenEnded(() -> core.remove(session));
                    }
                },
                session::stop);
        return sweep;
    }
}
