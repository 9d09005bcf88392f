package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples of options do what the documents say. */
@RequiresNamespaces
class ProbeOptionsExampleIT {

    private static final InetAddress IPV4 = TwoWays.target(SocketKind.IPV4_DGRAM);
    private static final InetAddress IPV6 = TwoWays.target(SocketKind.IPV6_DGRAM);

    private static TwoWays ways;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
    }

    @AfterAll
    static void close() {
        ways.close();
    }

    @Test
    void oneProbeHasAHeaderOfItsOwn() throws Exception {
        try (Pinger pinger = ways.near.call(() -> Pinger.builder().open());
                Wire wire = Wire.of(ways.first)) {
            assertThat(ProbeOptionsExample.asVoice(pinger, IPV4, 5).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(Replied.class);
            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(5);
            assertThat(probe.trafficClass()).isEqualTo(0xb8);
            assertThat(probe.length()).isEqualTo(200);
        }
    }

    @Test
    void allProbesComeFromOneAddressAndTheirRepliesTellTheirTrafficClass() throws Exception {
        InetAddress source = TwoWays.otherSource(SocketKind.IPV6_DGRAM);
        try (Pinger pinger = ways.near.call(() -> ProbeOptionsExample.openFrom(source));
                Wire wire = Wire.of(ways.first)) {
            assertThat(pinger.ping(IPV6).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Replied.class, reply -> assertThat(reply.trafficClass())
                            .hasValue(0xb8));
            assertThat(wire.awaitProbe().source()).isEqualTo(source);
        }
    }

    private static String refusal(Pinger pinger, InetAddress host, SendOptions.Builder options) throws Exception {
        ProbeOptions probe = ProbeOptions.builder().sendOptions(options.build()).build();
        return ProbeOptionsExample.whyNot(
                (NotSent) pinger.ping(host, probe).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void whatCannotBeIsToldOfTheProbeThatAskedForIt() throws Exception {
        IpAddress source = IpAddress.of(TwoWays.otherSource(SocketKind.IPV6_DGRAM));
        try (Pinger pinger = ways.near.call(
                () -> Pinger.builder().socketPolicy(SocketPolicy.DGRAM).open())) {
            assertThat(refusal(pinger, IPV6, SendOptions.builder().source(source)))
                    .isEqualTo("these sockets cannot: source=fd77::1");
            assertThat(refusal(pinger, IPV4, SendOptions.builder().interfaceIndex(99_999)))
                    .isEqualTo("sendmmsg to 10.88.0.1 with interfaceIndex=99999: ENODEV;"
                            + " there is no interface of this index: see ip link");
        }
    }
}
