package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Capture;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our round trips beside those of a capture at the device, probe by probe. */
@RequiresNamespaces
@RequiresRawSockets
class TrueTimesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final int PINGS = 500;
    /** Generous: tests run beside others. */
    private static final long MEDIAN_NANOS = 50_000;

    private static Namespace near;
    private static Namespace far;
    private static Link link;
    private static EventLoopGroup loadGroup;
    private static final ExecutorService EXECUTOR = Executors.newSingleThreadExecutor();

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        // The load goes by another cable, so that the capture has none of it.
        Link.between(near, far, 1).answerMany();
        loadGroup = IcmpEventLoops.newGroup(1, "load");
    }

    @AfterAll
    static void close() {
        EXECUTOR.shutdown();
        loadGroup.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        near.close();
        far.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, IPV4, 0",
        "RAW, IPV6, 0",
        "DGRAM, IPV4, 0",
        "DGRAM, IPV6, 0",
        "RAW, IPV4, 100000",
        "DGRAM, IPV4, 100000"
    })
    void roundTripsAreThoseOfACaptureAtTheDevice(SocketPolicy kind, IpFamily family, long loadPerSecond)
            throws Exception {
        InetAddress target = Packets.address(family == IpFamily.IPV4 ? link.farIpv4() : link.farIpv6());
        try (Capture capture = Capture.open(near, link.device());
                Pinger pinger = near.call(() ->
                        Pinger.builder().socketPolicy(kind).families(family).open())) {
            // The kernel begins to stamp some milliseconds after the first socket has asked.
            Await.until("stamps", PATIENCE, () -> ping(pinger, target).rttSource() == RttSource.KERNEL_TX_RX);
            capture.read();
            Load load = new Load(loadPerSecond);
            List<PingResult> results = pinger.series(
                            target,
                            PingOptions.builder()
                                    .count(PINGS)
                                    .interval(Duration.ofMillis(2))
                                    .probe(ProbeOptions.builder().attempts(1).build())
                                    .build())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String beside = load.end();

            List<Long> truth =
                    roundTrips(capture.read(), pinger.identifier(family).orElseThrow());
            assertThat(truth).hasSize(PINGS);
            long[] differences = new long[PINGS];
            int stamped = 0;
            for (int i = 0; i < PINGS; i++) {
                Replied reply = (Replied) results.get(i).outcome();
                if (reply.rttSource() == RttSource.KERNEL_TX_RX) {
                    differences[stamped++] = Math.abs(reply.rttNanos() - truth.get(i));
                }
            }
            assertThat(stamped).as("round trips by both stamps").isGreaterThan(PINGS / 2);
            differences = Arrays.copyOf(differences, stamped);
            Arrays.sort(differences);
            long median = differences[stamped / 2];
            System.out.printf(
                    Locale.ROOT,
                    "%s %s%s: %d of %d by both stamps, difference to the capture: median %.1f us, p99 %.1f us%n",
                    kind,
                    family,
                    beside,
                    stamped,
                    PINGS,
                    median / 1e3,
                    differences[stamped * 99 / 100] / 1e3);
            assertThat(median).isLessThan(MEDIAN_NANOS);
        }
    }

    private static Replied ping(Pinger pinger, InetAddress target) {
        return (Replied) pinger.ping(target).join();
    }

    /** Returns the times from request to reply in the order of the requests' sequence numbers, which is that of sending. */
    private static List<Long> roundTrips(List<Capture.Message> messages, int identifier) {
        Map<Integer, Long> requests = new HashMap<>();
        Map<Integer, Long> roundTrips = new HashMap<>();
        for (Capture.Message message : messages) {
            if (message.identifier() == identifier) {
                if (message.type() == 8 || message.type() == 128) {
                    requests.put(message.sequence(), message.nanos());
                } else if (message.type() == 0 || message.type() == 129) {
                    roundTrips.put(message.sequence(), message.nanos() - requests.get(message.sequence()));
                }
            }
        }
        return roundTrips.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Sweeps one after the other until the end, at a rate; none at 0. */
    private static final class Load {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final Future<String> done;

        Load(long rate) {
            done = EXECUTOR.submit(() -> rate == 0 ? "" : near.call(() -> sweep(rate)));
        }

        private String sweep(long rate) {
            Targets targets = Targets.builder().add(Link.MANY_IPV4).build();
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(SocketPolicy.DGRAM)
                    .probesPerSecond(rate)
                    .probe(ProbeOptions.builder().attempts(1).build())
                    .build();
            long start = System.nanoTime();
            long probes = 0;
            while (!ended.get()) {
                probes += Sweep.start(loadGroup, targets, options, outcome -> {})
                        .completion()
                        .join()
                        .statistics()
                        .probesSent();
            }
            return String.format(Locale.ROOT, " beside %.0f probes/s", probes * 1e9 / (System.nanoTime() - start));
        }

        /** Ends it and tells what there was. */
        String end() throws Exception {
            ended.set(true);
            return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
