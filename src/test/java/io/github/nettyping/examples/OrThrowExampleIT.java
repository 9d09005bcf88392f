package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the network says arrives as the exception that is meant, in both families. */
@RequiresTun
class OrThrowExampleIT {

    private static final ProbeOptions OPTIONS = ProbeOptions.builder()
            .timeout(Duration.ofMillis(200))
            .attempts(2)
            .failFast(true)
            .build();

    private static String verdict(Pinger pinger, String host) {
        return OrThrowExample.verdict(pinger, Packets.address(host), OPTIONS);
    }

    @Test
    void everyAnswerOfIpv4IsCaughtAsWhatItIs() throws Exception {
        InetAddress router = Packets.address("10.9.9.9");
        Behaviour hosts = Behaviours.byAddress(address -> switch (address.getHostAddress()) {
            case "10.1.0.1" -> Replies.echo();
            case "10.1.0.2" -> IcmpError.unreachable(1, router);
            case "10.1.0.3" -> IcmpError.fragmentationNeeded(1280, router);
            case "10.1.0.4" -> IcmpError.timeExceeded(router);
            case "10.1.0.5" -> IcmpError.unreachable(13, router);
            case "10.1.0.6" -> IcmpError.of(12, 0, router);
            default -> Behaviours.silent();
        });
        try (Namespace lab = Namespace.create()) {
            TunResponder.open(lab, hosts, "10.1.0.0/24");
            try (Pinger pinger =
                    lab.call(() -> Pinger.builder().families(IpFamily.IPV4).open())) {
                assertThat(verdict(pinger, "10.1.0.1")).matches("alive, [0-9]+ ns");
                assertThat(verdict(pinger, "10.1.0.2")).isEqualTo("nobody there, says 10.9.9.9");
                assertThat(verdict(pinger, "10.1.0.3")).isEqualTo("too long for a link of 1280 bytes");
                assertThat(verdict(pinger, "10.1.0.4")).isEqualTo("not reached: ttl_exceeded");
                assertThat(verdict(pinger, "10.1.0.5")).isEqualTo("not reached: admin_prohibited");
                assertThat(verdict(pinger, "10.1.0.6"))
                        .isEqualTo("10.1.0.6: parameter_problem (ICMP type 12, code 0), reported by 10.9.9.9");
                assertThat(verdict(pinger, "10.1.0.7")).isEqualTo("silent to 2 tries");
            }
        }
    }

    @Test
    void everyAnswerOfIpv6IsCaughtAsWhatItIs() throws Exception {
        InetAddress router = Packets.address("fd00:9::9");
        Behaviour hosts = Behaviours.byAddress(address -> switch (address.getAddress()[15]) {
            case 1 -> Replies.echo();
            case 2 -> IcmpError.unreachable(3, router);
            case 3 -> IcmpError.fragmentationNeeded(1280, router);
            case 4 -> IcmpError.timeExceeded(router);
            default -> IcmpError.unreachable(6, router);
        });
        try (Namespace lab = Namespace.create()) {
            TunResponder.open(lab, hosts, "fd00:1::/120");
            try (Pinger pinger =
                    lab.call(() -> Pinger.builder().families(IpFamily.IPV6).open())) {
                assertThat(verdict(pinger, "fd00:1::1")).matches("alive, [0-9]+ ns");
                assertThat(verdict(pinger, "fd00:1::2")).isEqualTo("nobody there, says fd00:9::9");
                assertThat(verdict(pinger, "fd00:1::3")).isEqualTo("too long for a link of 1280 bytes");
                assertThat(verdict(pinger, "fd00:1::4")).isEqualTo("not reached: ttl_exceeded");
                assertThat(verdict(pinger, "fd00:1::5")).isEqualTo("not reached: reject_route");
            }
        }
    }
}
