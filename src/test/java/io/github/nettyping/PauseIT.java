package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pause of the event loop does to round trips: a collection of garbage looks like this. */
@RequiresNamespaces
class PauseIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress LOOPBACK = Packets.address("127.0.0.1");
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int BATCH = 64;

    /** Stands still once, right after the kernel took a packet. */
    private static final class Pause implements ProbeObserver {

        volatile boolean due;

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            if (due) {
                due = false;
                long start = System.nanoTime();
                while (System.nanoTime() - start < PAUSE_NANOS) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TRANSMIT, KERNEL_TX_RX", "RECEIVE, USER_TX_KERNEL_RX", "USER, USER_CLOCK"})
    void aPauseOfTheEventLoopMakesNoStampedRoundTripLonger(Timestamps timestamps, RttSource source) throws Exception {
        Pause pause = new Pause();
        try (Namespace namespace = Namespace.create();
                Pinger pinger = namespace.call(() -> Pinger.builder()
                        .families(IpFamily.IPV4)
                        .timestamps(timestamps)
                        .observer(pause)
                        .open())) {
            ProbeOptions options = ProbeOptions.builder()
                    .attempts(1)
                    .timeout(Duration.ofNanos(PAUSE_NANOS / 2))
                    .build();
            // The kernel begins to stamp some milliseconds after the first socket has asked.
            Await.until(
                    "round trips by " + source,
                    PATIENCE,
                    () -> pinger.ping(LOOPBACK).join() instanceof Replied reply && reply.rttSource() == source);
            pause.due = true;
            List<CompletableFuture<ProbeOutcome>> pings = Stream.generate(() -> pinger.ping(LOOPBACK, options))
                    .limit(4 * BATCH)
                    .toList();
            List<Replied> replies =
                    pings.stream().map(ping -> (Replied) ping.join()).toList();

            assertThat(pause.due).as("there was a pause").isFalse();
            assertThat(replies).extracting(Replied::rttSource).containsOnly(source);
            long stalled = replies.stream()
                    .filter(reply -> reply.flags().contains(ReplyFlag.STALLED))
                    .count();
            if (source == RttSource.USER_CLOCK) {
                assertThat(stalled).isBetween(1L, (long) BATCH);
            } else {
                assertThat(stalled).isZero();
                assertThat(replies).extracting(Replied::rttNanos).allSatisfy(rtt -> assertThat(rtt)
                        .isLessThan(PAUSE_NANOS / 2));
            }
        }
    }
}
