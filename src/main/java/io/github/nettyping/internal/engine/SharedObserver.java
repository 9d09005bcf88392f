package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import java.util.function.Consumer;

/**
 * Tells an observer of several channels what happens on one of them, and how many probes are in flight on all. Confined to
 * the channel's event loop.
 */
public class SharedObserver extends ForwardingObserver {

    /** How many probes are in flight on all channels together. Confined to their event loop, unless it is made for several. */
    public static final class InFlight {

        private final boolean severalLoops;
        private int probes;

        public InFlight() {
            this(false);
        }

        public InFlight(boolean severalLoops) {
            this.severalLoops = severalLoops;
        }

        private void change(int difference, ProbeObserver observer) {
            if (severalLoops) {
                // Told by one loop at a time: else the last number told might not be the last one.
                synchronized (this) {
                    tell(difference, observer);
                }
            } else {
                tell(difference, observer);
            }
        }

        private void tell(int difference, ProbeObserver observer) {
            probes += difference;
            observer.onInFlight(probes);
        }
    }

    private final ProbeObserver observer;
    private final InFlight total;
    private int ownInFlight;

    /** {@code observer} does not throw. */
    public SharedObserver(ProbeObserver observer, InFlight total) {
        this.observer = observer;
        this.total = total;
    }

    /** Returns the observer of one channel, which is none if nobody wants to hear of anything. */
    public static ProbeObserver of(ProbeObserver observer, InFlight total) {
        return observer == ProbeObserver.NONE ? observer : new SharedObserver(observer, total);
    }

    @Override
    public boolean observes(Probe probe) {
        return observer.observes(probe);
    }

    @Override
    void tell(Probe probe, Consumer<ProbeObserver> event) {
        if (observer.observes(probe)) {
            event.accept(observer);
        }
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        observer.onRejected(reason, from);
    }

    @Override
    public void onInFlight(int probes) {
        int difference = probes - ownInFlight;
        ownInFlight = probes;
        total.change(difference, observer);
    }
}
