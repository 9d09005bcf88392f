package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.statistics.PingStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happens to every probe, as figures. */
final class ObserverExample {

    private ObserverExample() {}

    // tag::observer
    static final class Meters implements ProbeObserver {

        final LongAdder sent = new LongAdder();
        final LongAdder rejected = new LongAdder();
        final Map<ProbeOutcome.Kind, LongAdder> outcomes = new EnumMap<>(ProbeOutcome.Kind.class);
        volatile int inFlight;

        Meters() {
            for (ProbeOutcome.Kind kind : ProbeOutcome.Kind.values()) {
                outcomes.put(kind, new LongAdder());
            }
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            sent.increment();
        }

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            outcomes.get(outcome.kind()).increment();
        }

        @Override
        public void onRejected(Rejection reason, IpAddress from) {
            rejected.increment();
        }

        @Override
        public void onInFlight(int probes) {
            inFlight = probes;
        }
    }

    static Pinger openWith(Meters meters) {
        return Pinger.builder().observer(meters).open();
    }
    // end::observer

    // tag::recorder
    static PingStatistics summary(List<ProbeOutcome> outcomes) {
        PingRecorder recorder = new PingRecorder(2);
        outcomes.forEach(recorder::record);
        return recorder.statistics(); // loss(), roundTrips().percentileNanos(99), jitterNanos()
    }
    // end::recorder
}
