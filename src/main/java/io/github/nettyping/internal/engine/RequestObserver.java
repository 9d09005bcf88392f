package io.github.nettyping.internal.engine;

import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import java.util.function.Consumer;

/**
 * Tells each {@link Request} of one channel what happens to its probe; before that, the observer of the whole pinger is told.
 * Confined to the event loop.
 */
public final class RequestObserver extends SharedObserver {

    /** {@code observer} does not throw. */
    public RequestObserver(ProbeObserver observer, InFlight total) {
        super(observer, total);
    }

    @Override
    public boolean observes(Probe probe) {
        return super.observes(probe) || Request.of(probe).observes(probe);
    }

    @Override
    void tell(Probe probe, Consumer<ProbeObserver> event) {
        super.tell(probe, event);
        event.accept(Request.of(probe));
    }
}
