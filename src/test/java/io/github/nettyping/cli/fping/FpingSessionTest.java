package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.internal.route.NeighbourGate;
import io.github.nettyping.internal.route.NeighbourRoom;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which target is asked when, without sockets, at the test's time. */
class FpingSessionTest {

    private final TestLoop loop = new TestLoop();
    private final Recorder probes = new Recorder();

    /** Notes what is written; the test says what comes of it. */
    private static final class Recorder implements FpingProbes {

        private record Written(FpingHost host, long index) {}

        /** Labels and numbers. */
        final List<String> all = new ArrayList<>();

        private final ArrayDeque<Written> waiting = new ArrayDeque<>();
        private @Nullable Listener listener;

        @Override
        public void open(Listener newListener, Runnable whenOpen) {
            listener = newListener;
            whenOpen.run();
        }

        @Override
        public int maxInFlight() {
            return 1_000;
        }

        @Override
        public boolean canAsk(FpingHost host) {
            return true;
        }

        @Override
        public void write(FpingHost host, long index, long timeoutNanos) {
            all.add(host.label + ' ' + index);
            waiting.add(new Written(host, index));
        }

        @Override
        public boolean cancel(FpingHost host) {
            return false;
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            waiting.clear();
        }

        /** The oldest probe is answered. */
        void reply(Duration roundTrip) {
            Written written = waiting.remove();
            listener()
                    .onReply(
                            written.host,
                            new Reply(
                                    written.index,
                                    64,
                                    roundTrip.toNanos(),
                                    0,
                                    null,
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    null),
                            Arrival.IN_TIME);
            listener().onComplete();
        }

        /** The time of the oldest probe is up. */
        void silence() {
            Written written = waiting.remove();
            listener().onSilence(written.host, written.index);
            listener().onComplete();
        }

        private Listener listener() {
            if (listener == null) {
                throw new AssertionError("not open");
            }
            return listener;
        }
    }

    private FpingSession start(String line, int hostCount, Optional<NeighbourGate> gate) {
        FpingOptions options = FpingOptionsReader.read("fping", FpingLab.words(line + " word"));
        List<FpingHost> hosts = IntStream.rangeClosed(1, hostCount)
                .mapToObj(i -> new FpingHost("h" + i, "h" + i, IpAddress.ofIpv4(0x0a00_0000 + i)))
                .toList();
        FpingTotals totals = new FpingTotals();
        totals.targets = hostCount;
        Output.Sink nowhere = (bytes, position, limit) -> limit - position;
        FpingStreams streams = new FpingStreams(nowhere, nowhere, Runnable::run, () -> {});
        FpingReport report = FpingReport.of(options, streams, hosts);
        FpingSession session = new FpingSession(loop.eventLoop(), options, hosts, probes, report, totals, gate);
        session.start();
        loop.run();
        return session;
    }

    /** A neighbour table with room for six hosts in any three seconds. */
    private static Optional<NeighbourGate> sixPlaces() {
        NeighbourRoom room = new NeighbourRoom(8, 0);
        assertThat(room.perThreeSeconds()).isEqualTo(6);
        return Optional.of(new NeighbourGate(Targets.parse("10.0.0.0/24"), Map.of(IpFamily.IPV4, room), 1, 0));
    }

    @Test
    void targetsTakeTurns() {
        start("-c 3 -p 100 -i 10", 3, Optional.empty());
        loop.advance(Duration.ofMillis(99));
        assertThat(probes.all).containsExactly("h1 0", "h2 0", "h3 0");
        loop.advance(Duration.ofMillis(11));
        assertThat(probes.all).containsExactly("h1 0", "h2 0", "h3 0", "h1 1", "h2 1");
    }

    @Test
    void aRoundThatTakesLongerThanThePeriodIsFollowedByTheNext() {
        start("-c 2 -p 20 -i 10", 4, Optional.empty());
        loop.advance(Duration.ofMillis(70));
        assertThat(probes.all).containsExactly("h1 0", "h2 0", "h3 0", "h4 0", "h1 1", "h2 1", "h3 1", "h4 1");
    }

    @Test
    void aFurtherTryDoesNotWaitForTheInterval() {
        FpingSession session = start("-r 1 -t 50 -i 600", 2, Optional.empty());
        loop.advance(Duration.ofMillis(50));
        probes.silence();
        assertThat(probes.all).containsExactly("h1 0", "h1 0");
        probes.silence();
        loop.advance(Duration.ofMillis(650));
        probes.reply(Duration.ofMillis(1));
        assertThat(probes.all).containsExactly("h1 0", "h1 0", "h2 0");
        assertThat(session.over()).isCompletedWithValue(1);
    }

    @Test
    void anAnswerThatTookTooLongIsNoneEvenIfNoTimerHasExpired() {
        FpingSession session = start("-r 0 -t 50", 1, Optional.empty());
        probes.reply(Duration.ofMillis(50).plusNanos(1));
        assertThat(session.over()).isCompletedWithValue(1);
    }

    @Test
    void anAnswerMayTakeAllTheTimeThereIs() {
        FpingSession session = start("-r 0 -t 50", 1, Optional.empty());
        probes.reply(Duration.ofMillis(50));
        assertThat(session.over()).isCompletedWithValue(0);
    }

    @Test
    void targetsOnALinkWaitForRoomInTheNeighbourTable() {
        start("-i 0 -r 0 -t 100", 10, sixPlaces());
        loop.advance(Duration.ofMillis(2_999));
        assertThat(probes.all).hasSize(6);
        loop.advance(Duration.ofMillis(102));
        assertThat(probes.all).hasSize(10).endsWith("h9 0", "h10 0");
    }

    @Test
    void roundsAfterOneThatWasHeldUpKeepThePeriod() {
        start("-i 0 -p 500 -c 2 -t 100", 10, sixPlaces());
        loop.advance(Duration.ofMillis(3_100));
        assertThat(probes.all).hasSize(10);
        loop.advance(Duration.ofMillis(499));
        assertThat(probes.all).hasSize(10);
        loop.advance(Duration.ofMillis(102));
        // What has been asked before has its place, or does without.
        assertThat(probes.all).hasSize(20);
    }
}
