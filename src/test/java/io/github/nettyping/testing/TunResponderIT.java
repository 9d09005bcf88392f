package io.github.nettyping.testing;

import static io.github.nettyping.testing.CollectedAnswers.payload;
import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.SystemCallException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresTun
class TunResponderIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final InetAddress HOST = address("198.51.100.7");
    private static final InetAddress HOST6 = address("fd00:51::7");
    private static final InetAddress ROUTER = address("203.0.113.1");
    private static final InetAddress ROUTER6 = address("fd00:113::1");
    private static final int EMSGSIZE = 90;
    private static final int EHOSTUNREACH = 113;

    private final Namespace lab = Namespace.create();

    @AfterEach
    void close() {
        lab.close();
    }

    static List<Behaviour> repliesThatTheKernelTakes() {
        return List.of(
                Replies.echo(),
                Replies.duplicate(2),
                Replies.hopLimit(3),
                Replies.withIpOptions(),
                Replies.fragmented(8),
                Replies.fragmented(24),
                Behaviours.delayed(Duration.ofMillis(5), Replies.echo()));
    }

    @ParameterizedTest
    @MethodSource("repliesThatTheKernelTakes")
    void replies(Behaviour behaviour) throws Exception {
        open(behaviour);

        assertThat(pings(HOST)).isTrue();
        assertThat(pings(HOST6)).isTrue();
    }

    @Test
    void breaksChecksumsSoThatOnlyARawSocketSeesThem() throws Exception {
        TunResponder responder = open(Replies.badChecksum());

        try (TestSocket raw = TestSocket.raw(lab, false);
                TestSocket ping = TestSocket.ping(lab, HOST)) {
            ping.send(Packets.echoRequest(false, 0, 1));
            assertThat(raw.receive(LIMIT)).isPresent();
            responder.behave(Replies.echo());
            ping.send(Packets.echoRequest(false, 0, 2));

            byte[] first = ping.receive(LIMIT).orElseThrow();
            assertThat(first[7]).isEqualTo((byte) 2);
        }
    }

    @Test
    void repliesFromAnAddressThatNobodyAsked() throws Exception {
        open(Replies.wrongSource(ROUTER));

        try (TestSocket raw = TestSocket.raw(lab, false);
                TestSocket ping = TestSocket.ping(lab, HOST)) {
            ping.send(Packets.echoRequest(false, 0, 1));

            assertThat(raw.receive(LIMIT).orElseThrow()).containsSequence(ROUTER.getAddress());
        }
    }

    @Test
    void reportsErrorsThatTheKernelUnderstands() throws Exception {
        TunResponder responder = open(IcmpError.unreachable(1, ROUTER));
        assertError(HOST, EHOSTUNREACH);
        responder.behave(IcmpError.timeExceeded(ROUTER));
        assertError(HOST, EHOSTUNREACH);
        responder.behave(IcmpError.fragmentationNeeded(1400, ROUTER));
        assertError(HOST, EMSGSIZE);
        responder.behave(IcmpError.unreachable(3, ROUTER6));
        assertError(HOST6, EHOSTUNREACH);
        responder.behave(IcmpError.fragmentationNeeded(1400, ROUTER6));
        assertError(HOST6, EMSGSIZE);
    }

    @Test
    void forgesErrorsThatOnlyARawSocketSees() throws Exception {
        open(Behaviours.all(IcmpError.unreachable(1, ROUTER).forging(Forgery.IDENTIFIER), Replies.echo()));

        try (TestSocket raw = TestSocket.raw(lab, false)) {
            assertThat(pings(HOST)).isTrue();
            assertThat(raw.receive(LIMIT).orElseThrow()[20]).isEqualTo((byte) 3);
        }
    }

    @Test
    void losesNothingUnderLoad() throws Exception {
        TunResponder responder = open(Replies.echo());
        int probes = 20_000;

        try (TestSocket socket = TestSocket.ping(lab, HOST)) {
            byte[] message = Packets.echoRequest(false, 0, 1, payload(56));
            for (int i = 0; i < probes; i++) {
                socket.send(message);
            }
        }

        Await.until("all are answered", LIMIT, () -> responder.answers() == probes);
        assertThat(responder.probes()).isEqualTo(probes);
        assertThat(responder.others()).isZero();
    }

    @Test
    void stopsUnderLoad() throws Exception {
        TunResponder responder = open(Replies.echo());
        AtomicBoolean stop = new AtomicBoolean();
        Thread sender;
        try (TestSocket socket = TestSocket.ping(lab, HOST)) {
            sender = new Thread(() -> sendUntil(stop, socket));
            sender.start();
            Await.until("load", LIMIT, () -> responder.probes() > 1000);

            responder.close();

            stop.set(true);
            sender.join();
        }
        assertThat(lab.devices()).containsExactly("lo");
    }

    @Test
    void countsWhatIsNoProbe() throws Exception {
        TunResponder responder = open(Replies.echo());

        try (TestSocket socket = TestSocket.ping(lab, HOST)) {
            socket.send(Packets.echoRequest(false, 0, 1, new byte[2000])); // two fragments
        }

        Await.until("both are seen", LIMIT, () -> responder.others() == 2);
        assertThat(responder.probes()).isZero();
    }

    @Test
    void closesWithItsNamespaceAndLeavesNoThread() {
        TunResponder responder = open(Behaviours.delayed(Duration.ofHours(1), Replies.echo()));
        String name = lab.name() + "-" + responder.device();
        assertThat(threads()).contains(name);

        lab.close();

        assertThat(threads()).noneMatch(thread -> thread.startsWith(name));
    }

    @Test
    void tellsThatABehaviourFailed() throws Exception {
        TunResponder responder = open((probe, answers) -> {
            throw new AssertionError("as planned");
        });
        try (TestSocket socket = TestSocket.ping(lab, HOST)) {
            socket.send(Packets.echoRequest(false, 0, 1));
        }
        Await.until("the probe", LIMIT, () -> responder.probes() == 1);

        assertThatThrownBy(responder::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("as planned");
    }

    private TunResponder open(Behaviour behaviour) {
        return TunResponder.open(lab, behaviour, "198.51.100.0/24", "fd00:51::/64");
    }

    private boolean pings(InetAddress host) throws Exception {
        try (TestSocket socket = TestSocket.ping(lab, host)) {
            return socket.ping(7, LIMIT, payload(56));
        }
    }

    private void assertError(InetAddress host, int errno) throws Exception {
        try (TestSocket socket = TestSocket.ping(lab, host)) {
            assertThatThrownBy(() -> socket.ping(7, LIMIT, payload(56)))
                    .isInstanceOfSatisfying(SystemCallException.class, e -> assertThat(e.errno())
                            .isEqualTo(errno));
        }
    }

    private static void sendUntil(AtomicBoolean stop, TestSocket socket) {
        byte[] message = Packets.echoRequest(false, 0, 1, payload(56));
        try {
            // At most as much as a few seconds' load, whatever becomes of the test.
            for (int i = 0; i < 1_000_000 && !stop.get(); i++) {
                socket.send(message);
            }
        } catch (SystemCallException e) {
            // ENETUNREACH once the device is gone, as it should be.
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
