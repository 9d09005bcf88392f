package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.statistics.PingStatistics;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.netty.channel.ChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of hosts, which are two kernels at the ends of a cable: the asker hears itself, too. */
@RequiresNamespaces
class PingerGroupIT {

    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofMillis(500)).build();

    private static Namespace near;
    private static Namespace far;
    private static Link link;

    private final List<Replied> heard = new CopyOnWriteArrayList<>();
    private Pinger pinger;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
    }

    @AfterAll
    static void close() {
        far.close();
        near.close();
    }

    @BeforeEach
    void openPinger() throws Exception {
        pinger = near.call(() -> Pinger.builder().open());
    }

    @AfterEach
    void closePinger() {
        pinger.close();
    }

    private GroupOutcome ask(InetAddress group) throws Exception {
        CompletableFuture<GroupOutcome> future = near.call(() -> pinger.pingGroup(group, OPTIONS, heard::add));
        return future.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    /** The scope of the cable's near end: the index that the namespace gave the device. */
    private static InetAddress withScope(String literal) throws Exception {
        String line = near.ip("-oneline", "link", "show", "dev", link.device());
        int index = Integer.parseInt(line.substring(0, line.indexOf(':')));
        return Inet6Address.getByAddress(null, Packets.address(literal).getAddress(), index);
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void everyHostAnswersABroadcastOnce(SocketPolicy policy) throws Exception {
        pinger.close();
        pinger = near.call(() -> Pinger.builder().socketPolicy(policy).open());
        GroupOutcome outcome = ask(Packets.address("198.18.0.3"));

        assertThat(outcome.replies())
                .extracting(Replied::from)
                .containsExactlyInAnyOrder(address(link.nearIpv4()), address(link.farIpv4()));
        assertThat(outcome.outcome()).isSameAs(outcome.replies().get(0));
        assertThat(heard).isEqualTo(outcome.replies());
        assertThat(outcome.outcome().attempts())
                .as("one try, whatever the options say")
                .isOne();
    }

    @Test
    void hostsAnswerAMulticastGroup() throws Exception {
        near.route("224.0.0.0/4", link.farIpv4());
        GroupOutcome outcome = ask(Packets.address("224.0.0.1"));

        assertThat(outcome.replies()).extracting(Replied::from).contains(address(link.farIpv4()));
    }

    @Test
    void hostsAnswerALinkLocalGroupOfAnInterface() throws Exception {
        GroupOutcome outcome = ask(withScope("ff02::1"));

        assertThat(outcome.replies())
                .isNotEmpty()
                .allMatch(reply ->
                        reply.from().high() >>> 48 == 0xfe80 || reply.from().high() >>> 48 == 0xfd00);
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        GroupOutcome outcome = near.call(() -> pinger.pingGroup(Packets.address("198.18.0.3"), OPTIONS, reply -> {
                    heard.add(reply);
                    throw new IllegalStateException("a listener's own trouble");
                }))
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(outcome.replies()).hasSize(2);
        assertThat(heard).isEqualTo(outcome.replies());
    }

    @Test
    void silenceIsAnOutcome() throws Exception {
        far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "1");
        near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "1");
        try {
            GroupOutcome outcome = ask(Packets.address("198.18.0.3"));

            assertThat(outcome.outcome()).isInstanceOf(TimedOut.class);
            assertThat(outcome.replies()).isEmpty();
        } finally {
            far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
            near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        }
    }

    @Test
    void whatTheKernelRefusesToSendIsAnOutcome() throws Exception {
        GroupOutcome outcome = ask(Packets.address("203.0.113.255"));

        assertThat(outcome.outcome()).isInstanceOfSatisfying(NotSent.class, notSent -> assertThat(notSent.cause())
                .get()
                .extracting(SystemCallException::errnoName)
                .isEqualTo("ENETUNREACH"));
    }

    @Test
    void aSocketThatTheKernelRefusesIsAnOutcome() throws Exception {
        try (Namespace closed = Namespace.createWithoutPingSockets()) {
            pinger.close();
            pinger = near.call(
                    () -> Pinger.builder().socketPolicy(SocketPolicy.DGRAM).open());
            GroupOutcome outcome = closed.call(() -> pinger.pingGroup(Packets.address("127.255.255.255"), OPTIONS))
                    .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(outcome.outcome()).isInstanceOfSatisfying(NotSent.class, notSent -> assertThat(notSent.cause())
                    .get()
                    .extracting(SystemCallException::errnoName)
                    .isEqualTo("EACCES"));
        }
    }

    @Test
    void singlePingsMayNotBroadcast() throws Exception {
        assertThat(pinger.ping(Packets.address("198.18.0.3")).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfSatisfying(NotSent.class, notSent -> assertThat(notSent.cause())
                        .get()
                        .extracting(SystemCallException::errnoName)
                        .isEqualTo("EACCES"));
    }

    @Test
    void thePingersObserverHearsOfGroupsToo() throws Exception {
        pinger.close();
        List<String> told = new CopyOnWriteArrayList<>();
        pinger = near.call(() -> Pinger.builder()
                .observer(new ProbeObserver() {
                    @Override
                    public void onSent(Probe probe, int attempt, long sentAtNanos) {
                        told.add("sent");
                    }

                    @Override
                    public void onReply(Replied reply) {
                        told.add("reply");
                    }

                    @Override
                    public void onOutcome(ProbeOutcome outcome) {
                        told.add(outcome.kind().name());
                    }

                    @Override
                    public void onInFlight(int probes) {
                        told.add(probes + " in flight");
                    }
                })
                .open());
        GroupOutcome outcome = ask(Packets.address("198.18.0.3"));

        assertThat(outcome.replies()).hasSize(2);
        assertThat(told).containsExactly("1 in flight", "sent", "reply", "reply", "0 in flight", "REPLIED");
    }

    @Test
    void saysWhichGroupsCannotBeAsked() {
        assertThatThrownBy(() -> ask(Packets.address("ff02::1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scope id");
        assertThatThrownBy(() -> ask(Packets.address("fd00::1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no broadcast");
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void aSeriesHearsEveryHostOfABroadcast(SocketPolicy policy) throws Exception {
        pinger.close();
        pinger = near.call(() -> Pinger.builder()
                .socketPolicy(policy)
                .option(ChannelOption.SO_BROADCAST, true)
                .open());
        PingOptions options = PingOptions.builder()
                .probe(OPTIONS.toBuilder().attempts(1).severalReplies(true).build())
                .interval(Duration.ofMillis(50))
                .count(2)
                .build();
        List<String> told = new CopyOnWriteArrayList<>();
        PingListener listener = new PingListener() {
            @Override
            public void onResult(PingResult result) {
                told.add("result " + result.sequence());
            }

            @Override
            public void onReply(long sequence, Replied reply) {
                told.add(sequence + " " + reply.from());
            }
        };
        PingStatistics statistics = pinger.series(Packets.address("198.18.0.3"), options, listener)
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "1 " + link.nearIpv4(),
                        "1 " + link.farIpv4(),
                        "2 " + link.nearIpv4(),
                        "2 " + link.farIpv4(),
                        "result 1",
                        "result 2");
        assertThat(statistics.received()).isEqualTo(2);
    }

    @Test
    void aSeriesToAMulticastGroupIsForSeveralReplies() {
        assertThatThrownBy(() -> pinger.series(
                        Packets.address("224.0.0.1"), PingOptions.builder().build(), result -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("224.0.0.1");
    }
}
