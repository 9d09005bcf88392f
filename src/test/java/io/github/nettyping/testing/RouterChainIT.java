package io.github.nettyping.testing;

import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpFamily;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresNamespaces
class RouterChainIT {

    private static final int ROUTERS = 4;

    private static RouterChain chain;

    @BeforeAll
    static void build() {
        chain = RouterChain.of(ROUTERS);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsEachHopFromItsKnownAddress(IpFamily family) throws Exception {
        List<InetAddress> seen = new ArrayList<>();
        for (int hopLimit = 1; hopLimit <= ROUTERS + 1; hopLimit++) {
            seen.add(source(answer(chain.targetAddress(family), hopLimit, 56)));
        }

        assertThat(seen).isEqualTo(chain.hops(family)).hasSize(ROUTERS + 1).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void endsAtTheTargetAndNotBefore(IpFamily family) throws Exception {
        boolean ipv6 = family == IpFamily.IPV6;

        assertThat(type(answer(chain.targetAddress(family), ROUTERS, 56))).isEqualTo(ipv6 ? 3 : 11);
        assertThat(type(answer(chain.targetAddress(family), ROUTERS + 1, 56))).isEqualTo(ipv6 ? 129 : 0);
        assertThat(type(answer(host(family, 255), 64, 56))).isEqualTo(ipv6 ? 129 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void reportsTimeExceededAsOftenAsItIsAsked(IpFamily family) throws Exception {
        InetAddress target = chain.targetAddress(family);
        List<InetAddress> seen = new ArrayList<>();
        try (Wire wire = Wire.of(chain.client());
                TestSocket socket = TestSocket.raw(chain.client(), target)) {
            socket.hopLimit(2);
            for (int i = 0; i < 500; i++) {
                socket.send(Packets.echoRequest(family == IpFamily.IPV6, 7, i));
                seen.add(source(wire.await("answer " + i, RouterChainIT::isAnswer)));
            }
        }

        assertThat(seen).hasSize(500).containsOnly(chain.hop(family, 2));
    }

    @ParameterizedTest
    @EnumSource
    void reportsNetworksThatARouterRefuses(IpFamily family) throws Exception {
        boolean ipv6 = family == IpFamily.IPV6;
        chain.unreachable(2, host(family, 16).getHostAddress());
        chain.prohibit(3, host(family, 17).getHostAddress());

        ByteBuffer unreachable = answer(host(family, 16), 64, 56);
        ByteBuffer prohibited = answer(host(family, 17), 64, 56);

        assertThat(source(unreachable)).isEqualTo(chain.hop(family, 2));
        assertThat(typeAndCode(unreachable)).isEqualTo(ipv6 ? 0x0100 : 0x0301);
        assertThat(source(prohibited)).isEqualTo(chain.hop(family, 3));
        assertThat(typeAndCode(prohibited)).isEqualTo(ipv6 ? 0x0101 : 0x030d);
    }

    @ParameterizedTest
    @EnumSource
    void losesWhatGoesIntoABlackHole(IpFamily family) throws Exception {
        chain.blackhole(2, host(family, 18).getHostAddress());

        try (Wire wire = Wire.of(chain.client());
                TestSocket lost = TestSocket.raw(chain.client(), host(family, 18));
                TestSocket answered = TestSocket.raw(chain.client(), host(family, 19))) {
            lost.send(Packets.echoRequest(family == IpFamily.IPV6, 7, 1));
            answered.send(Packets.echoRequest(family == IpFamily.IPV6, 7, 2));

            assertThat(source(wire.await("any answer", RouterChainIT::isAnswer)))
                    .isEqualTo(host(family, 19));
        }
    }

    @ParameterizedTest
    @EnumSource
    void silencesARouterAndForwardsAllTheSame(IpFamily family) throws Exception {
        try (RouterChain other = RouterChain.of(1)) {
            other.silence(1);
            InetAddress target = other.targetAddress(family);

            try (Wire wire = Wire.of(other.client());
                    TestSocket socket = TestSocket.raw(other.client(), target)) {
                socket.hopLimit(1);
                socket.send(Packets.echoRequest(family == IpFamily.IPV6, 7, 1));
                socket.hopLimit(2);
                socket.send(Packets.echoRequest(family == IpFamily.IPV6, 7, 2));

                ByteBuffer first = wire.await("any answer", RouterChainIT::isAnswer);
                assertThat(source(first)).isEqualTo(target);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsTheMtuOfItsNarrowestLink(IpFamily family) throws Exception {
        boolean ipv6 = family == IpFamily.IPV6;
        try (RouterChain narrow = RouterChain.of(2)) {
            narrow.mtu(2, 1300);
            InetAddress target = narrow.targetAddress(family);

            ByteBuffer answer = answer(narrow, target, 64, 1400);

            assertThat(source(answer)).isEqualTo(narrow.hop(family, 2));
            assertThat(typeAndCode(answer)).isEqualTo(ipv6 ? 0x0200 : 0x0304);
            assertThat(answer.getInt(Packets.icmpOffset(answer) + 4)).isEqualTo(1300);
            assertThat(type(answer(narrow, target, 64, 1000))).isEqualTo(ipv6 ? 129 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leadsFurtherNetworksToTheTarget(IpFamily family) throws Exception {
        String prefix = family == IpFamily.IPV6 ? "fd00:52::/64" : "203.0.113.0/24";
        InetAddress host = address(family == IpFamily.IPV6 ? "fd00:52::9" : "203.0.113.9");
        chain.route(prefix).target().answerAll(prefix);

        assertThat(source(answer(host, 64, 56))).isEqualTo(host);
    }

    @Test
    void joinsClientAndTargetDirectlyWithoutARouter() throws Exception {
        try (RouterChain direct = RouterChain.of(0)) {
            InetAddress target = direct.targetAddress(IpFamily.IPV4);

            assertThat(direct.hops(IpFamily.IPV4)).containsExactly(target);
            assertThat(source(answer(direct, target, 1, 56))).isEqualTo(target);
        }
    }

    @Test
    void refusesNumbersOfNothing() {
        assertThatThrownBy(() -> RouterChain.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain.router(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain.router(ROUTERS + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain.hop(IpFamily.IPV4, ROUTERS + 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain.mtu(1, 1279)).isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress host(IpFamily family, int number) {
        return address(family == IpFamily.IPV6 ? "fd00:51::" + Integer.toHexString(number) : "198.51.100." + number);
    }

    private static ByteBuffer answer(InetAddress target, int hopLimit, int payloadBytes) throws Exception {
        return answer(chain, target, hopLimit, payloadBytes);
    }

    private static ByteBuffer answer(RouterChain where, InetAddress target, int hopLimit, int payloadBytes)
            throws Exception {
        boolean ipv6 = IpFamily.of(target) == IpFamily.IPV6;
        try (Wire wire = Wire.of(where.client());
                TestSocket socket = TestSocket.raw(where.client(), target)) {
            socket.hopLimit(hopLimit);
            socket.send(Packets.echoRequest(ipv6, 7, 1, new byte[payloadBytes]));
            return wire.await("an answer", RouterChainIT::isAnswer);
        }
    }

    /** Neither an echo request nor neighbour discovery (RFC 4861). */
    private static boolean isAnswer(ByteBuffer packet) {
        int version = packet.get(0) >> 4;
        boolean icmp = packet.get(version == 4 ? 9 : 6) == (version == 4 ? 1 : 58);
        if (!icmp) {
            return false;
        }
        int type = type(packet);
        return version == 4 ? type != 8 : type < 128 || type == 129;
    }

    private static int type(ByteBuffer packet) {
        return packet.get(Packets.icmpOffset(packet)) & 0xff;
    }

    private static int typeAndCode(ByteBuffer packet) {
        return packet.getShort(Packets.icmpOffset(packet));
    }

    private static InetAddress source(ByteBuffer packet) throws Exception {
        boolean ipv6 = Packets.isIpv6(packet);
        byte[] bytes = new byte[ipv6 ? 16 : 4];
        packet.get(ipv6 ? 8 : 12, bytes);
        return InetAddress.getByAddress(bytes);
    }
}
