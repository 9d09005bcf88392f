package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.Wire;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernels of two hosts on a link make of groups, listeners, crafted headers and queries. */
@RequiresNamespaces
class RawExamplesIT {

    private static final Duration PATIENCE = Await.LIMIT;

    private static Namespace near;
    private static Namespace far;
    private static Link link;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        far.sysctl("net.ipv4.icmp_echo_enable_probe", "1");
        near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        group = IcmpEventLoops.newGroup(1, "example");
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        near.close();
        far.close();
    }

    private static IcmpChannel channel(IpFamily family, SocketPolicy policy, ChannelHandler own) throws Exception {
        return near.call(() -> ByHandExample.open(group, family, policy, own));
    }

    private static IpAddress farHost(IpFamily family) {
        return IpAddress.of(Packets.address(family == IpFamily.IPV4 ? link.farIpv4() : link.farIpv6()));
    }

    @ParameterizedTest
    @EnumSource(names = {"DGRAM", "RAW"})
    void everyHostAnswersABroadcast(SocketPolicy policy) throws Exception {
        GroupByHandExample.Everybody everybody = new GroupByHandExample.Everybody();
        IcmpChannel channel = channel(IpFamily.IPV4, policy, everybody);
        GroupByHandExample.callEverybody(channel, IpAddress.of(Packets.address("198.18.0.3")));

        Await.until("the far host", PATIENCE, () -> everybody.hosts.contains(farHost(IpFamily.IPV4)));
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource(names = {"DGRAM", "RAW"})
    void everyHostOfALinkAnswersAMulticast(SocketPolicy policy) throws Exception {
        GroupByHandExample.Everybody everybody = new GroupByHandExample.Everybody();
        IcmpChannel channel = channel(IpFamily.IPV6, policy, everybody);
        NetworkInterface device = near.call(() -> NetworkInterface.getByName(link.device()));
        channel.config().setOption(ChannelOption.IP_MULTICAST_IF, device);
        GroupByHandExample.callEverybody(channel, IpAddress.of(Packets.address("ff02::1")));

        // This host and the other one, by their link-local addresses.
        Await.until(
                "two hosts", PATIENCE, () -> everybody.hosts.stream().distinct().count() == 2);
        assertThat(everybody.hosts).allMatch(IpAddress::isLinkLocal);
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource
    void listenerPrintsWhatOthersSay(IpFamily family) throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        IcmpChannel listener = near.call(() -> ListenExample.listen(group, family, lines::add));
        ByHandExample.Answers answers = new ByHandExample.Answers();
        IcmpChannel asking = channel(family, SocketPolicy.DGRAM, answers);
        IpAddress self = IpAddress.of(Packets.address(family == IpFamily.IPV4 ? "127.0.0.1" : "::1"));

        assertThat(ByHandExample.one(asking, answers, self, PATIENCE)).isEqualTo("64 bytes from " + self);
        Await.until(
                "request and reply",
                PATIENCE,
                () -> lines.containsAll(List.of("echo request 1 from " + self, "echo reply 1 from " + self)));
        asking.close().sync();
        listener.close().sync();
    }

    @Test
    void craftedHeaderGoesOutAndTheRouteComesBack() throws Exception {
        Queue<List<IpAddress>> routes = new ConcurrentLinkedQueue<>();
        IcmpChannel channel = channel(IpFamily.IPV4, SocketPolicy.RAW, new CraftedExample.Routes(routes::add));
        try (Wire wire = Wire.of(far)) {
            CraftedExample.sendCrafted(channel, farHost(IpFamily.IPV4), 7);

            ProbePacket probe = wire.awaitProbe(7);
            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(probe.bytes().getShort(4)).isEqualTo((short) 0xbeef);
            assertThat(probe.bytes().getShort(6)).isEqualTo((short) 0x4000);
            Await.until("a route", PATIENCE, () -> !routes.isEmpty());
            assertThat(routes.peek()).contains(farHost(IpFamily.IPV4));
        }
        channel.close().sync();
    }

    @Test
    void hostTellsItsTimeOfDay() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        IcmpChannel channel = channel(IpFamily.IPV4, SocketPolicy.RAW, new QueryExample.QueryReplies(lines::add));
        QueryExample.askTheTime(channel, farHost(IpFamily.IPV4), 3);

        Await.until("its time", PATIENCE, () -> !lines.isEmpty());
        String time = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{3})?)?";
        assertThat(lines.peek()).matches(link.farIpv4() + ": " + time + ", asked at " + time);
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource
    void proxyTellsTheStateOfItsInterfaces(IpFamily family) throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        IcmpChannel channel = channel(family, SocketPolicy.RAW, new QueryExample.QueryReplies(lines::add));
        QueryExample.askForAnInterface(channel, farHost(family), 1, link.device());
        Await.until("its state", PATIENCE, () -> lines.size() == 1);
        QueryExample.askForAnInterface(channel, farHost(family), 2, "nowhere0");
        Await.until("that there is none", PATIENCE, () -> lines.size() == 2);

        assertThat(lines).containsExactly(farHost(family) + ": no_error, up", farHost(family) + ": no_such_interface");
        channel.close().sync();
    }
}
