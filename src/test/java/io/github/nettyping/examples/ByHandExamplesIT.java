package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests by hand, on every kind of socket, to hosts that answer by script. */
@RequiresTun
class ByHandExamplesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String MILLIS = "[0-9]+\\.[0-9]{3} ms";

    private static Namespace lab;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        lab = Namespace.create();
        group = IcmpEventLoops.newGroup(1, "example");
        // Hosts 1 to 9 answer, 10 is silent, 11 cannot be reached, 12 is behind two routers.
        TunResponder.open(lab, hosts("10.9.9.1", "10.9.9.2", 1), "10.1.0.0/24");
        TunResponder.open(lab, hosts("fd00:9::1", "fd00:9::2", 3), "fd00:1::/120");
    }

    private static Behaviour hosts(String firstRouter, String secondRouter, int hostUnreachable) {
        InetAddress router = Packets.address(firstRouter);
        Behaviour path = Behaviours.path(Replies.echo(), router, Packets.address(secondRouter));
        return Behaviours.byAddress(address -> switch (address.getAddress()[address.getAddress().length - 1]) {
            case 10 -> Behaviours.silent();
            case 11 -> IcmpError.unreachable(hostUnreachable, router);
            case 12 -> path;
            default -> Replies.echo();
        });
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        lab.close();
    }

    private static IcmpChannel channel(SocketKind kind, ByHandExample.Answers answers) throws Exception {
        SocketPolicy policy = kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM;
        return lab.call(() -> ByHandExample.open(group, kind.family(), policy, answers));
    }

    private static IpAddress host(SocketKind kind, int number) {
        return IpAddress.of(Packets.address(
                kind.family() == IpFamily.IPV4 ? "10.1.0." + number : "fd00:1::" + Integer.toHexString(number)));
    }

    private static String router(SocketKind kind, int number) {
        return (kind.family() == IpFamily.IPV4 ? "10.9.9." : "fd00:9::") + number;
    }

    @ParameterizedTest
    @EnumSource
    void oneRequestHasItsReplyItsErrorOrItsTimeout(SocketKind kind) throws Exception {
        ByHandExample.Answers answers = new ByHandExample.Answers();
        IcmpChannel channel = channel(kind, answers);

        assertThat(ByHandExample.one(channel, answers, host(kind, 1), PATIENCE))
                .isEqualTo("64 bytes from " + host(kind, 1));
        assertThat(ByHandExample.one(channel, answers, host(kind, 11), PATIENCE))
                .isEqualTo((kind.family() == IpFamily.IPV4 ? "host_unreachable" : "address_unreachable") + " from "
                        + router(kind, 1));
        assertThat(ByHandExample.one(channel, answers, host(kind, 10), SHORT)).isEqualTo("timeout");
        channel.close().sync();
        assertThat(ByHandExample.one(channel, answers, host(kind, 1), PATIENCE))
                .startsWith("not sent: ")
                .contains("ClosedChannelException");
    }

    @ParameterizedTest
    @EnumSource
    void manyRequestsWaitTogether(SocketKind kind) throws Exception {
        ByHandExample.Answers answers = new ByHandExample.Answers();
        IcmpChannel channel = channel(kind, answers);
        List<IpAddress> hosts = IntStream.rangeClosed(1, 11)
                .mapToObj(number -> host(kind, number))
                .toList();

        assertThat(ByHandExample.alive(channel, answers, hosts, Duration.ofSeconds(1))
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .containsExactlyInAnyOrderElementsOf(hosts.subList(0, 9));
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource
    void verbosePingPrintsALineForEachRequest(SocketKind kind) throws Exception {
        ByHandExample.Answers answers = new ByHandExample.Answers();
        IcmpChannel channel = channel(kind, answers);
        List<String> lines = new ArrayList<>();
        VerboseExample.ping(channel, answers, host(kind, 1), 3, Duration.ofMillis(1), lines::add);
        VerboseExample.ping(channel, answers, host(kind, 11), 1, Duration.ofMillis(1), lines::add);
        VerboseExample.ping(channel, answers, host(kind, 10), 1, Duration.ofMillis(1), lines::add);

        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).isEqualTo("PING " + host(kind, 1) + ": 56 data bytes");
        for (int sequence = 0; sequence < 3; sequence++) {
            assertThat(lines.get(1 + sequence))
                    .matches("64 bytes from " + host(kind, 1) + ": icmp_seq=" + sequence + " time=" + MILLIS);
        }
        assertThat(lines.get(5)).matches("From " + router(kind, 1) + ": (host|address)_unreachable");
        assertThat(lines.get(7)).isEqualTo("Request timeout for icmp_seq 0");
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource
    void verboseTraceroutePrintsALineForEachHop(SocketKind kind) throws Exception {
        ByHandExample.Answers answers = new ByHandExample.Answers();
        IcmpChannel channel = channel(kind, answers);
        List<String> lines = new ArrayList<>();
        VerboseExample.traceroute(channel, answers, host(kind, 12), 30, PATIENCE, lines::add);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("1 " + router(kind, 1) + ' ' + MILLIS);
        assertThat(lines.get(1)).matches("2 " + router(kind, 2) + ' ' + MILLIS);
        assertThat(lines.get(2)).matches("3 " + host(kind, 12) + ' ' + MILLIS);

        lines.clear();
        VerboseExample.traceroute(channel, answers, host(kind, 10), 2, Duration.ofMillis(50), lines::add);
        assertThat(lines).containsExactly("1 *", "2 *");
        channel.close().sync();
    }
}
