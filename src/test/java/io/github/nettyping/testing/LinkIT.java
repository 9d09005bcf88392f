package io.github.nettyping.testing;

import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresNamespaces
class LinkIT {

    private static final Duration LIMIT = Await.LIMIT;

    private final Namespace near = Namespace.create();
    private final Namespace far = Namespace.create();

    @AfterEach
    void close() {
        near.close();
        far.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.0.2", "198.19.0.0", "198.19.255.255", "fd00:18::2", "fd00:19::", "fd00:19::ffff"})
    void answersForEveryAddress(String host) throws Exception {
        Link.between(near, far).answerMany();

        assertThat(pings(host)).isTrue();
    }

    @Test
    void showsNeitherEndToTheMachine() throws Exception {
        Link link = Link.between(near, far);

        List<String> machine = NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .toList();

        assertThat(machine).doesNotContain(link.device());
        assertThat(near.devices()).containsExactlyInAnyOrder("lo", link.device());
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 16_383})
    void joinsThirdNamespacesOverARouter(int number) throws Exception {
        try (Namespace beyond = Namespace.create()) {
            Link first = Link.between(near, far);
            Link second = Link.between(far, beyond, number);
            far.sysctl("net.ipv4.ip_forward", "1");
            near.route(second.farIpv4() + "/32", first.farIpv4());
            beyond.route(first.nearIpv4() + "/32", second.nearIpv4());

            assertThat(pings(second.farIpv4())).isTrue();
        }
    }

    @Test
    void answersWithReceiveSteeringOn() throws Exception {
        Link link = Link.between(near, far).answerMany();
        near.steerReceive(link.device(), 3);
        far.steerReceive(link.device(), 3);

        for (int host = 1; host <= 50; host++) {
            assertThat(pings("198.19.7." + host)).isTrue();
        }
    }

    private boolean pings(String host) throws Exception {
        try (TestSocket socket = TestSocket.ping(near, address(host))) {
            return socket.ping(7, LIMIT, new byte[] {1, 2, 3});
        }
    }
}
