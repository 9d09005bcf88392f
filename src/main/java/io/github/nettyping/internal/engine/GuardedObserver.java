package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import java.util.function.Consumer;

/** A user's observer, whose exceptions disturb nobody. For use by as many threads as the observer is. */
public final class GuardedObserver extends ForwardingObserver {

    private final ProbeObserver observer;
    private final Guard guard;

    /** Returns a user's observer guarded, unless it is none. */
    public static ProbeObserver of(ProbeObserver observer) {
        return observer == ProbeObserver.NONE ? observer : new GuardedObserver(observer);
    }

    private GuardedObserver(ProbeObserver observer) {
        this.observer = observer;
        this.guard = new Guard(observer);
    }

    @Override
    void tell(Probe probe, Consumer<ProbeObserver> event) {
        guard.run(() -> event.accept(observer));
    }

    @Override
    public boolean observes(Probe probe) {
        try {
            return observer.observes(probe);
        } catch (Throwable t) {
            guard.caught(t);
            return false;
        }
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        guard.run(() -> observer.onRejected(reason, from));
    }

    @Override
    public void onInFlight(int probes) {
        guard.run(() -> observer.onInFlight(probes));
    }
}
