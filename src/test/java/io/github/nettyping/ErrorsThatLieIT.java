package io.github.nettyping;

import static io.github.nettyping.Lie.Truth.error;
import static io.github.nettyping.Lie.Truth.reply;
import static io.github.nettyping.Lie.Truth.silence;
import static io.github.nettyping.LyingHosts.elsewhere;
import static io.github.nettyping.LyingHosts.get;
import static io.github.nettyping.LyingHosts.host;
import static io.github.nettyping.packet.SocketKind.IPV4_DGRAM;
import static io.github.nettyping.packet.SocketKind.IPV4_RAW;
import static io.github.nettyping.packet.SocketKind.IPV6_DGRAM;
import static io.github.nettyping.packet.SocketKind.IPV6_RAW;
import static io.github.nettyping.probe.ProbeOutcome.Kind.OTHER_ICMP_ERROR;
import static io.github.nettyping.probe.ProbeOutcome.Kind.TIME_EXCEEDED;
import static io.github.nettyping.probe.ProbeOutcome.Kind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Unreachable;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.ExtensionStructure;
import io.github.nettyping.testing.Forgery;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TestSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ICMP errors, which anybody can make up: they decide only where no reply comes, and only for the probe that they quote.
 * They come by the error queue, where the kernel shows neither the source nor the rest of the quoted IP header.
 */
@RequiresTun
class ErrorsThatLieIT {

    /** For probes whose verdict is an error, which comes at the end. */
    private static final Duration WAIT = Duration.ofMillis(200);

    /** For probes that get none. */
    private static final Duration SHORT = Duration.ofMillis(60);

    private static final Duration LATER = Duration.ofMillis(50);

    private static LieCourt court;

    @BeforeAll
    static void open() {
        court = new LieCourt();
    }

    @AfterAll
    static void close() {
        if (court != null) {
            court.close();
        }
    }

    private static IcmpError unreachable(IpFamily family) {
        // Host unreachable; IPv6: address unreachable.
        return IcmpError.unreachable(family == IpFamily.IPV6 ? 3 : 1, elsewhere(family));
    }

    private static IcmpError timeExceeded(IpFamily family) {
        return IcmpError.timeExceeded(elsewhere(family));
    }

    private static Lie quoting(String what, UnaryOperator<IcmpError> quote) {
        return Lie.of(what, LyingHosts.once(WAIT), family -> quote.apply(unreachable(family)));
    }

    private static Lie right(String what, UnaryOperator<IcmpError> quote) {
        return quoting(what, quote).means(error(UNREACHABLE, "icmp_error"));
    }

    private static Lie wrong(String what, UnaryOperator<IcmpError> quote) {
        return Lie.of(what, LyingHosts.once(SHORT), family -> quote.apply(unreachable(family)));
    }

    private static byte[] extensions() {
        return ExtensionStructure.of(
                ExtensionStructure.mpls(1_000, 0, 1),
                ExtensionStructure.interfaceInformation(0, 7, Packets.address("203.0.113.1"), "eth0", 1_500));
    }

    private static List<Lie> errors() {
        ProbeOptions patient = LyingHosts.once(Duration.ofSeconds(5));
        return List.of(
                right("as much as the RFCs want quoted", quote -> quote),
                right("all quoted", quote -> quote.quoting(1_000)),
                right("quoted up to the middle of the token", quote -> quote.quoting(56)),
                right("with IP options in the quote", IcmpError::quotingOptions),
                right("with all and IP options in the quote", quote -> quote.quotingOptions()
                        .quoting(1_000)),
                right("with extensions", quote -> quote.extended(extensions())),
                right("with all quoted and extensions", quote -> quote.quoting(1_000)
                        .extended(extensions())),
                right("with all quoted and broken extensions", quote -> quote.quoting(1_000)
                        .extended((byte) 0x20, (byte) 0, (byte) 1)),
                // What the kernel does not look at, and does not show.
                right("another source in the quote", quote -> quote.forging(Forgery.SOURCE)),
                right("another version in the quote", quote -> quote.forging(Forgery.VERSION)),
                Lie.of("no payload by the quoted IPv6 header", LyingHosts.once(WAIT), family -> unreachable(family)
                                .forging(Forgery.LONG_HEADER))
                        .means(error(UNREACHABLE, "icmp_error"), IPV6_DGRAM, IPV6_RAW),
                Lie.of("time exceeded", LyingHosts.once(WAIT), ErrorsThatLieIT::timeExceeded)
                        .means(error(TIME_EXCEEDED, "icmp_error")),
                Lie.of(
                                "too big",
                                LyingHosts.once(WAIT),
                                family -> IcmpError.fragmentationNeeded(1_400, elsewhere(family)))
                        .means(error(UNREACHABLE, "icmp_error"), IPV4_DGRAM, IPV4_RAW)
                        .means(error(OTHER_ICMP_ERROR, "icmp_error")),
                Lie.of(
                                "a parameter problem",
                                LyingHosts.once(WAIT),
                                family -> IcmpError.of(family == IpFamily.IPV6 ? 4 : 12, 0, elsewhere(family)))
                        .means(error(OTHER_ICMP_ERROR, "icmp_error")),
                // A reply outranks an error, whichever is first; of errors the newest counts.
                Lie.of(
                                "an error, then the truth",
                                patient,
                                family ->
                                        Behaviours.all(unreachable(family), Behaviours.delayed(LATER, Replies.echo())))
                        .means(reply(Set.of(), "icmp_error")),
                Lie.of(
                                "the truth, then an error",
                                patient,
                                family ->
                                        Behaviours.all(Replies.echo(), Behaviours.delayed(LATER, unreachable(family))))
                        .means(reply(Set.of(), "late_error")),
                Lie.of(
                                "two errors",
                                LyingHosts.once(WAIT),
                                family -> Behaviours.all(unreachable(family), timeExceeded(family)))
                        .means(error(TIME_EXCEEDED, "icmp_error", "icmp_error")),
                Lie.of(
                                "an error after the last deadline",
                                LyingHosts.once(SHORT),
                                family -> Behaviours.delayed(Duration.ofMillis(150), unreachable(family)))
                        .means(silence("late_error")));
    }

    private static List<Lie> forgeries() {
        return List.of(
                // What is left of the quote when the kernel has found the socket tells of no probe.
                wrong("the neighbour's address", quote -> quote.forging(Forgery.DESTINATION))
                        .means(silence("quote")),
                wrong("the neighbour's address, all quoted", quote -> quote.forging(Forgery.DESTINATION)
                                .quoting(1_000))
                        .means(silence("quote")),
                wrong("the neighbour's sequence number", quote -> quote.forging(Forgery.SEQUENCE))
                        .means(silence("quote")),
                wrong("the neighbour's sequence number, all quoted", quote -> quote.forging(Forgery.SEQUENCE)
                                .quoting(1_000))
                        .means(silence("quote")),
                wrong("another token", quote -> quote.forging(Forgery.TOKEN).quoting(1_000))
                        .means(silence("quote")),
                // IPv6 quotes all there is. Zeros, which broken extensions do not show to be padding, are no token.
                wrong("zeros in place of the token", quote -> quote.extended((byte) 0x20, (byte) 0, (byte) 1))
                        .means(silence("quote"), IPV4_DGRAM, IPV4_RAW),
                // Ping sockets get no such errors; raw ones get those of every socket.
                wrong("another identifier", quote -> quote.forging(Forgery.IDENTIFIER))
                        .means(silence("quote"), IPV4_RAW, IPV6_RAW)
                        .means(silence()),
                wrong("an echo reply", quote -> quote.forging(Forgery.TYPE))
                        .means(silence("quote"), IPV4_RAW, IPV6_RAW)
                        .means(silence()),
                // The kernel finds no socket.
                wrong("UDP", quote -> quote.forging(Forgery.PROTOCOL)).means(silence()),
                wrong("an IP header that is too short", quote -> quote.forging(Forgery.SHORT_HEADER))
                        .means(silence()),
                wrong("an IP header longer than the quote", quote -> quote.forging(Forgery.LONG_HEADER))
                        .means(silence(), IPV4_DGRAM, IPV4_RAW),
                wrong("an IP header that ends in the data", quote -> quote.forging(Forgery.LONG_HEADER)
                                .quoting(1_000))
                        .means(silence("quote"), IPV4_RAW)
                        .means(silence(), IPV4_DGRAM),
                wrong("nothing", quote -> quote.quoting(0)).means(silence()),
                wrong("half an IP header", quote -> quote.quoting(19)).means(silence()),
                wrong("an IP header alone", quote -> quote.quoting(20)).means(silence(), IPV4_DGRAM, IPV4_RAW),
                wrong("an IPv6 header alone", quote -> quote.quoting(40)).means(silence(), IPV6_DGRAM, IPV6_RAW),
                wrong("half an ICMP header", quote -> quote.quoting(24)).means(silence(), IPV4_DGRAM, IPV4_RAW),
                wrong("half an ICMPv6 header", quote -> quote.quoting(44)).means(silence(), IPV6_DGRAM, IPV6_RAW),
                wrong("an error with a wrong checksum", IcmpError::withBadChecksum)
                        .means(silence(), IPV4_DGRAM, IPV4_RAW, IPV6_DGRAM),
                // Shown by who wants to, and no evidence of anything. Raw sockets are not told (raw_err() of the
                // kernel).
                Lie.of("a redirect", LyingHosts.once(SHORT), family -> IcmpError.of(5, 1, elsewhere(family)))
                        .means(silence("notice"), IPV4_DGRAM)
                        .means(silence(), IPV4_RAW),
                Lie.of("a source quench", LyingHosts.once(SHORT), family -> IcmpError.of(4, 0, elsewhere(family)))
                        .means(silence("notice"), IPV4_DGRAM)
                        .means(silence(), IPV4_RAW));
    }

    @ParameterizedTest
    @MethodSource({"errors", "forgeries"})
    void eachErrorIsChargedToTheProbeItQuotesOrToNone(Lie lie) throws Exception {
        court.judge(lie);
    }

    @ParameterizedTest
    @EnumSource
    void failFastShowsAnErrorAtOnceAndTheReplyIsLate(SocketKind kind) throws Exception {
        IpFamily family = kind.family();
        Behaviour behaviour = Behaviours.all(unreachable(family), Behaviours.delayed(LATER, Replies.echo()));
        LyingHosts hosts = court.hosts(kind);
        hosts.behave(behaviour);
        ProbeOptions failFast =
                LyingHosts.once(Duration.ofHours(1)).toBuilder().failFast(true).build();
        try (Pinger pinger = hosts.open()) {
            assertThat(get(pinger.ping(host(family), failFast))).isInstanceOf(Unreachable.class);
            LyingHosts.awaitCounted(pinger, Map.of("icmp_error", 1L, "late", 1L));
        }
    }

    /** As the kernel cannot tell whose probe a raw socket's error is about, raw sockets see those of others. */
    @ParameterizedTest
    @EnumSource
    void errorsAboutAnotherProgramsProbesAreNobodysHere(SocketKind kind) throws Exception {
        IpFamily family = kind.family();
        LyingHosts hosts = court.hosts(kind);
        hosts.behave(Behaviours.byAttempt(unreachable(family), Replies.echo()));
        try (Pinger pinger = hosts.open();
                TestSocket other = TestSocket.ping(hosts.namespace(), host(family))) {
            CompletableFuture<ProbeOutcome> silent =
                    pinger.ping(LyingHosts.neighbour(family), LyingHosts.once(Duration.ofSeconds(1)));
            other.send(Packets.echoRequest(family == IpFamily.IPV6, 0, 0, new byte[56]));
            LyingHosts.awaitCounted(pinger, kind.isRaw() ? Map.of("quote", 1L) : Map.of());

            assertThat(get(pinger.ping(host(family), LyingHosts.once(Duration.ofSeconds(5)))))
                    .isInstanceOf(Replied.class);
            assertThat(get(silent).kind()).isEqualTo(ProbeOutcome.Kind.TIMED_OUT);
        }
    }
}
