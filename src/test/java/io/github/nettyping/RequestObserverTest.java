package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.RequestObserver;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which probes of a pinger are observed, and by whom. */
class RequestObserverTest {

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final List<String> seriesTold = new ArrayList<>();
    private final Probe single = new PingRequest(
                    sender, FakeSender.TARGET, ProbeOptions.defaults(), new LoopFuture<ProbeOutcome>(loop.eventLoop()))
            .probe();

    /** Wants to hear of one probe, and notes of which it does. */
    private static final class OneProbesObserver implements ProbeObserver {
        private final List<Probe> told = new ArrayList<>();
        private final List<Integer> inFlight = new ArrayList<>();
        private final Probe wanted;

        OneProbesObserver(Probe wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean observes(Probe probe) {
            return probe == wanted;
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            told.add(probe);
        }

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            told.add(outcome.probe());
        }

        @Override
        public void onInFlight(int probes) {
            inFlight.add(probes);
        }
    }

    private static RequestObserver of(ProbeObserver observer) {
        return new RequestObserver(observer, new SharedObserver.InFlight());
    }

    private Probe probeOfASeries() {
        PingerCore core = new PingerCore(loop.eventLoop());
        core.sender(IpFamily.IPV4, sender);
        PingListener listener = new PingListener() {
            @Override
            public void onResult(PingResult result) {
                seriesTold.add("result");
            }

            @Override
            public void onSent(long sequence, int attempt, long sentAtNanos) {
                seriesTold.add("sent");
            }
        };
        assertThat(new ListenedSeries(
                                core, FakeSender.TARGET, PingOptions.builder().build(), listener)
                        .begin()
                        .completion())
                .isNotDone();
        loop.run();
        return sender.request(1).probe();
    }

    @Test
    void withoutAnObserverSinglePingsAreNotObserved() {
        assertThat(of(ProbeObserver.NONE).observes(single)).isFalse();
    }

    @Test
    void seriesAreObservedInAnyCase() {
        Probe probe = probeOfASeries();
        RequestObserver observer = of(ProbeObserver.NONE);
        assertThat(observer.observes(probe)).isTrue();
        observer.onSent(probe, 1, 1);

        assertThat(seriesTold).containsExactly("sent");
    }

    @Test
    void theUsersObserverHearsOnlyOfTheProbesItWants() {
        OneProbesObserver user = new OneProbesObserver(single);
        RequestObserver observer = of(user);
        Probe probe = probeOfASeries();
        assertThat(observer.observes(single)).isTrue();
        observer.onSent(probe, 1, 1);
        observer.onOutcome(sender.reply(1));
        observer.onSent(single, 1, 1);

        assertThat(user.told).containsExactly(single);
        assertThat(seriesTold).containsExactly("sent");
    }

    @Test
    void theUsersObserverHearsHowManyAreInFlightOnAllLanesTogether() {
        OneProbesObserver user = new OneProbesObserver(single);
        SharedObserver.InFlight total = new SharedObserver.InFlight();
        RequestObserver one = new RequestObserver(user, total);
        RequestObserver other = new RequestObserver(user, total);
        one.onInFlight(1);
        other.onInFlight(1);
        other.onInFlight(2);
        one.onInFlight(0);

        assertThat(user.inFlight).containsExactly(1, 2, 3, 2);
    }
}
