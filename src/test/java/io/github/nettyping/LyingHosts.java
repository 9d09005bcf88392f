package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A host that lies, between a silent neighbour, whom its lies might be credited to, and a live one. The neighbour's
 * address and sequence number differ from the host's in the lowest bit, which is the one that lies flip.
 */
final class LyingHosts implements AutoCloseable {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final ProbeOptions SILENT_NEIGHBOUR = once(Duration.ofMillis(40));
    private static final ProbeOptions LIVE_NEIGHBOUR = once(Duration.ofSeconds(5));

    private final SocketKind kind;
    private final Namespace namespace = Namespace.create();
    private final EventLoopGroup group = IcmpEventLoops.newGroup(1, "lies");
    private final TunResponder responder =
            TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24", "fd00:51::/120");

    LyingHosts(SocketKind kind) {
        this.kind = kind;
    }

    static ProbeOptions once(Duration timeout) {
        return ProbeOptions.builder().timeout(timeout).attempts(1).build();
    }

    static InetAddress host(IpFamily family) {
        return address(family, 2);
    }

    static InetAddress neighbour(IpFamily family) {
        return address(family, 3);
    }

    /** Another address that nobody was asked at. */
    static InetAddress elsewhere(IpFamily family) {
        return Packets.address(family == IpFamily.IPV6 ? "fd00:113::9" : "203.0.113.9");
    }

    private static InetAddress address(IpFamily family, int number) {
        return Packets.address((family == IpFamily.IPV6 ? "fd00:51::" : "198.51.100.") + number);
    }

    Namespace namespace() {
        return namespace;
    }

    Pinger open() throws Exception {
        return namespace.call(() -> Pinger.builder()
                .group(group)
                .families(kind.family())
                .socketPolicy(kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM)
                .maxInFlight(64)
                .open());
    }

    /** Lets the host behave so, its neighbours as ever. */
    void behave(Behaviour host) {
        Behaviour silent = Behaviours.silent();
        Behaviour live = Replies.echo();
        responder.behave(Behaviours.byAddressBits(bits -> switch (bits & 0xff) {
            case 2 -> host;
            case 5 -> live;
            default -> silent;
        }));
    }

    /** Asks the host and its neighbours, and checks what became of each and what was counted, and nothing else. */
    void judge(Lie lie) throws Exception {
        IpFamily family = kind.family();
        Lie.Truth truth = lie.truth(kind);
        behave(lie.behaviour(family));
        try (Pinger pinger = open()) {
            CompletableFuture<ProbeOutcome> host = pinger.ping(host(family), lie.options());
            CompletableFuture<ProbeOutcome> silent = pinger.ping(neighbour(family), SILENT_NEIGHBOUR);
            CompletableFuture<ProbeOutcome> live = pinger.ping(address(family, 5), LIVE_NEIGHBOUR);

            ProbeOutcome outcome = get(host);
            truth.check(outcome, counted(pinger));
            assertThat(get(silent).kind()).as("silent neighbour").isEqualTo(ProbeOutcome.Kind.TIMED_OUT);
            assertThat(get(live).kind()).as("live neighbour").isEqualTo(ProbeOutcome.Kind.REPLIED);
            awaitCounted(pinger, truth.counted());
        }
    }

    /** Waits until exactly this has been counted, besides the reply of the live neighbour. */
    static void awaitCounted(Pinger pinger, Map<String, Long> expected) throws Exception {
        try {
            Await.until("counted " + expected, PATIENCE, () -> expected.equals(counted(pinger)));
        } catch (AssertionError e) {
            assertThat(counted(pinger)).isEqualTo(expected);
            throw e;
        }
    }

    private static Map<String, Long> counted(Pinger pinger) {
        CorrelatorStatistics statistics;
        try {
            statistics = get(pinger.statistics());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Map<String, Long> counted = new TreeMap<>();
        CorrelatorStatistics.Rejected rejected = statistics.rejected();
        counted.put("duplicate", statistics.duplicates());
        counted.put("damaged", statistics.damaged());
        counted.put("late", statistics.late());
        counted.put("icmp_error", statistics.icmpErrors());
        counted.put("late_error", statistics.lateErrors());
        counted.put("notice", statistics.notices());
        counted.put("resent", statistics.resent());
        counted.put("token", rejected.token());
        counted.put("identifier", rejected.identifier());
        counted.put("type", rejected.type());
        counted.put("checksum", rejected.checksum());
        counted.put("malformed", rejected.malformed());
        counted.put("wrong_source", rejected.wrongSource());
        counted.put("quote", rejected.quote());
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }
}
