package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a pinger does on real sockets: of a namespace without a way out, or raw ones of the machine's own loopback. */
@RequiresNamespaces
class PingerIT {

    private static Namespace namespace;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    @Test
    @RequiresRawSockets
    void pingsTheMachinesOwnLoopbackInThreeLines() throws Exception {
        try (Pinger pinger = Pinger.builder().socketPolicy(SocketPolicy.RAW).open()) {
            ProbeOutcome outcome = pinger.ping(Packets.address("127.0.0.1")).get(5, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(Replied.class);
        }
    }

    @Test
    void pingsBothFamilies() throws Exception {
        try (Pinger pinger = namespace.call(() -> Pinger.builder().open())) {
            CompletableFuture<ProbeOutcome> ipv4 = pinger.ping(Packets.address("127.0.0.1"));
            CompletableFuture<ProbeOutcome> ipv6 = pinger.ping(Packets.address("::1"));

            for (CompletableFuture<ProbeOutcome> future : List.of(ipv4, ipv6)) {
                assertThat(future.get(5, TimeUnit.SECONDS)).isInstanceOf(Replied.class);
            }
            assertThat(pinger.statistics().get(5, TimeUnit.SECONDS).replies()).isEqualTo(2);
        }
    }

    @Test
    void seriesTellsEachResultInOrderAndEndsAfterTheCount() throws Exception {
        try (Pinger pinger = namespace.call(() -> Pinger.builder().open())) {
            List<PingResult> results = new CopyOnWriteArrayList<>();
            PingOptions options = PingOptions.builder()
                    .count(5)
                    .interval(Duration.ofMillis(10))
                    .build();
            PingSeries series = pinger.series(Packets.address("127.0.0.1"), options, results::add);
            PingStatistics statistics = series.completion().get(5, TimeUnit.SECONDS);

            assertThat(results).extracting(PingResult::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(results)
                    .allMatch(result -> result.outcome() instanceof Replied reply
                            && reply.from().equals(IpAddress.of(Packets.address("127.0.0.1"))));
            assertThat(statistics.received()).isEqualTo(5);
        }
    }
}
