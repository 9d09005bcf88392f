package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RouterChain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@RequiresNamespaces
@Isolated("sets the JVM's standard output")
class TraceExampleIT {

    private static RouterChain chain;

    @BeforeAll
    static void build() {
        chain = RouterChain.of(2);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    /** Returns what an example prints. */
    private static String printed(Runnable example) {
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theWayToAHostIsPrintedHopByHop() throws Exception {
        try (Pinger pinger = chain.client().call(() -> Pinger.builder().open())) {
            String lines = printed(() -> TraceExample.printWay(pinger, chain.targetAddress(IpFamily.IPV4)));

            assertThat(lines.lines()).hasSize(4);
            assertThat(lines)
                    .contains("1  [" + chain.hop(IpFamily.IPV4, 1).getHostAddress() + "]")
                    .contains(" us")
                    .endsWith("REACHED\n");
        }
    }

    @Test
    void everyHostOfANetworkHasItsDistance() throws Exception {
        try (Pinger pinger = chain.client().call(() -> Pinger.builder().open())) {
            Map<IpAddress, Integer> distances = TraceExample.distances(pinger, Targets.parse("198.51.100.16/28"));

            assertThat(distances).hasSize(14).allSatisfy((target, hops) -> assertThat(hops)
                    .isEqualTo(3));
        }
    }

    @Test
    void theLongestPacketIsThatOfTheNarrowestLink() throws Exception {
        chain.mtu(1, 1400);
        try (Pinger pinger = chain.client().call(() -> Pinger.builder().open())) {
            String lines = printed(() -> {
                try {
                    assertThat(chain.client()
                                    .call(() -> TraceExample.longestPacket(pinger, Packets.address("198.51.100.77"))))
                            .hasValue(1400);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(lines).contains("takes 1400 bytes");
        }
    }
}
