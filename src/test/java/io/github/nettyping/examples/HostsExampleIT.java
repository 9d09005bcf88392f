package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.statistics.PingStatistics;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RequiresTun
class HostsExampleIT {

    private static final InetAddress ALIVE = Packets.address("10.1.0.1");
    private static final InetAddress DEAD = Packets.address("10.1.0.2");

    private static Namespace lab;
    private static Pinger pinger;

    @BeforeAll
    static void open() throws Exception {
        lab = Namespace.create();
        IcmpError unreachable = IcmpError.unreachable(1, Packets.address("10.9.9.9"));
        TunResponder.open(
                lab,
                Behaviours.byAddress(address -> address.equals(DEAD) ? unreachable : Replies.echo()),
                "10.1.0.0/24");
        pinger = lab.call(() -> Pinger.builder().families(IpFamily.IPV4).open());
    }

    @AfterAll
    static void close() {
        pinger.close();
        lab.close();
    }

    @Test
    void fourPingsAreSummedUp() {
        PingStatistics host = HostsExample.ping(pinger, ALIVE);

        assertThat(host.isAlive()).isTrue();
        assertThat(host.sent()).isEqualTo(4);
        assertThat(host.received()).isEqualTo(4);
        assertThat(host.loss()).isZero();
        assertThat(host.roundTrips().minNanos().orElseThrow())
                .isPositive()
                .isLessThanOrEqualTo(host.roundTrips().maxNanos().orElseThrow());
    }

    @Test
    void hostsAreSummedUpInTheirOrder() throws Exception {
        List<PingStatistics> hosts =
                HostsExample.multiping(pinger, List.of(DEAD, ALIVE)).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(hosts).extracting(PingStatistics::isAlive).containsExactly(false, true);
        assertThat(hosts).extracting(PingStatistics::sent).containsExactly(2L, 2L);
        assertThat(hosts.get(0).loss()).isOne();
        assertThat(hosts.get(0).errors()).isEqualTo(2);
    }
}
