package io.github.nettyping;

import static io.github.nettyping.Lie.Truth.reply;
import static io.github.nettyping.Lie.Truth.silence;
import static io.github.nettyping.LyingHosts.elsewhere;
import static io.github.nettyping.LyingHosts.get;
import static io.github.nettyping.LyingHosts.host;
import static io.github.nettyping.packet.SocketKind.IPV4_DGRAM;
import static io.github.nettyping.packet.SocketKind.IPV4_RAW;
import static io.github.nettyping.packet.SocketKind.IPV6_DGRAM;
import static io.github.nettyping.packet.SocketKind.IPV6_RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TestSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies that are not what they should be: which count, and where the others are counted. What the kernel does not
 * pass on counts nowhere; the probe times out.
 */
@RequiresTun
class AnswersThatLieIT {

    /** For probes that are answered: they do not wait so long. */
    private static final Duration PATIENT = Duration.ofSeconds(5);

    /** For probes that are not. */
    private static final Duration SHORT = Duration.ofMillis(60);

    /** After a deadline, by more than a busy machine is late to notice it. */
    private static final Duration LONG_AFTER = Duration.ofMillis(700);

    private static final Set<ReplyFlag> NO_FLAGS = Set.of();
    private static final Set<ReplyFlag> DAMAGED = Set.of(ReplyFlag.DAMAGED);

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

    private static Lie accepted(String what, Behaviour behaviour) {
        return Lie.of(what, PATIENT, behaviour).means(reply(NO_FLAGS));
    }

    private static Lie damaged(String what, Behaviour behaviour) {
        return Lie.of(what, PATIENT, behaviour).means(reply(DAMAGED, "damaged"));
    }

    private static Lie rejected(String what, Behaviour behaviour, String counter) {
        return Lie.of(what, SHORT, behaviour).means(silence(counter));
    }

    private static Lie keptByTheKernel(String what, Behaviour behaviour) {
        return Lie.of(what, SHORT, behaviour).means(silence());
    }

    private static ProbeOptions anySource() {
        return LyingHosts.once(PATIENT).toBuilder().anySource(true).build();
    }

    private static List<Lie> lies() {
        return List.of(
                // Token right, source is the target: how the packet travelled does not matter.
                accepted("the truth", Replies.echo()),
                accepted("IP options", Replies.withIpOptions()),
                accepted("fragments of 8 bytes, last one first", Replies.fragmented(8)),
                accepted("fragments of 24 bytes, last one first", Replies.fragmented(24)),
                accepted("hop limit 1", Replies.hopLimit(1)),
                accepted("hop limit 255", Replies.hopLimit(255)),
                // Token right, another source.
                Lie.of("another source", LyingHosts.once(SHORT), family -> Replies.wrongSource(elsewhere(family)))
                        .means(silence("wrong_source")),
                Lie.of("another source, any is welcome", anySource(), family -> Replies.wrongSource(elsewhere(family)))
                        .means(reply(Set.of(ReplyFlag.OTHER_SOURCE))),
                Lie.of(
                                "another source, then the target",
                                LyingHosts.once(PATIENT),
                                family -> Behaviours.all(Replies.wrongSource(elsewhere(family)), Replies.echo()))
                        .means(reply(NO_FLAGS, "wrong_source")),
                // Token right, the rest not.
                damaged("last byte changed", Replies.corruptPayload()),
                damaged("shortened to the token", Replies.truncate(16)),
                damaged("shortened by a byte", Replies.truncate(55)),
                damaged("lengthened by a byte", Replies.extend(1)),
                damaged("lengthened by 1,400 bytes", Replies.extend(1_400)),
                damaged("code 1", Replies.replyCode(1)),
                damaged("code 255", Replies.replyCode(255)),
                // Token wrong or missing.
                rejected("wrong token", Replies.wrongToken(), "token"),
                rejected("zeros for data", Replies.zeroPayload(), "token"),
                rejected("a byte too short for a token", Replies.truncate(15), "token"),
                rejected("no data", Replies.truncate(0), "token"),
                Lie.of("wrong token, then the truth", PATIENT, Behaviours.all(Replies.wrongToken(), Replies.echo()))
                        .means(reply(NO_FLAGS, "token")),
                rejected("the neighbour's sequence number", Replies.wrongSequence(), "identifier"),
                // Ping sockets get what has their identifier; raw ones filter for it, and for the type.
                keptByTheKernel("another identifier", Replies.wrongIdentifier()),
                // Raw sockets get the replies to everything that can be asked with an identifier.
                Lie.of("a time stamp reply", SHORT, Replies.replyType(14))
                        .means(silence("type"), IPV4_RAW)
                        .means(silence()),
                // Ping sockets send extended echo requests too, and so get the replies (RFC 8335).
                Lie.of("an extended echo reply of IPv4", SHORT, Replies.replyType(43))
                        .means(silence("type"), IPV4_DGRAM, IPV4_RAW)
                        .means(silence()),
                Lie.of("an extended echo reply of IPv6", SHORT, Replies.replyType(161))
                        .means(silence("type"), IPV6_DGRAM, IPV6_RAW)
                        .means(silence()),
                keptByTheKernel("a type that nobody knows", Replies.replyType(255)),
                // Raw IPv4 sockets get their copy before the kernel looks at the checksum.
                Lie.of("wrong checksum", SHORT, Replies.badChecksum())
                        .means(silence("checksum"), IPV4_RAW)
                        .means(silence(), IPV4_DGRAM, IPV6_DGRAM),
                keptByTheKernel("no ICMP header", Replies.shortMessage(0)),
                keptByTheKernel("half an ICMP header", Replies.shortMessage(4)),
                // What the filter of a raw IPv6 socket looks at is there.
                Lie.of("almost an ICMP header", SHORT, Replies.shortMessage(7))
                        .means(silence("malformed"), IPV6_RAW)
                        .means(silence()),
                // Copies.
                Lie.of("the truth twice", PATIENT, Replies.duplicate(2)).means(reply(NO_FLAGS, "duplicate")),
                Lie.of("the truth three times", PATIENT, Replies.duplicate(3))
                        .means(reply(NO_FLAGS, "duplicate", "duplicate")),
                Lie.of("the truth, then a damaged copy", PATIENT, Behaviours.all(Replies.echo(), Replies.replyCode(1)))
                        .means(reply(NO_FLAGS, "duplicate")));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void eachReplyIsAcceptedOrCountedForWhatItIs(Lie lie) throws Exception {
        court.judge(lie);
    }

    /**
     * A raw IPv6 socket counts a packet with a wrong checksum among those that its full buffer lost
     * ({@code rawv6_rcv_skb()}). If the count was read between sending and that, the silence may be this host's doing.
     */
    @Test
    void aWrongChecksumOnRawIpv6IsNoReply() throws Exception {
        LyingHosts hosts = court.hosts(IPV6_RAW);
        hosts.behave(Replies.badChecksum());
        try (Pinger pinger = hosts.open()) {
            assertThat(get(pinger.ping(host(IpFamily.IPV6), LyingHosts.once(SHORT))))
                    .isInstanceOfAny(TimedOut.class, DroppedLocally.class);
            Rejected nothing = new Rejected(0, 0, 0, 0, 0, 0, 0);
            assertThat(get(pinger.statistics()).rejected()).isEqualTo(nothing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplyAfterTheLastDeadlineIsLateAndNotCreditedToTheNextProbe(SocketKind kind) throws Exception {
        IpFamily family = kind.family();
        LyingHosts hosts = court.hosts(kind);
        hosts.behave(Behaviours.byAttempt(Behaviours.delayed(LONG_AFTER, Replies.echo()), Behaviours.silent()));
        try (Pinger pinger = hosts.open()) {
            assertThat(get(pinger.ping(host(family), LyingHosts.once(SHORT)))).isInstanceOf(TimedOut.class);
            // In flight while the answer to the one before comes.
            CompletableFuture<ProbeOutcome> next = pinger.ping(host(family), LyingHosts.once(Duration.ofMillis(1_500)));
            LyingHosts.awaitCounted(pinger, Map.of("late", 1L));

            assertThat(next).isNotDone();
            assertThat(get(next)).isInstanceOf(TimedOut.class);
            LyingHosts.awaitCounted(pinger, Map.of("late", 1L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplyToAnEarlierTryCountsForThatTry(SocketKind kind) throws Exception {
        IpFamily family = kind.family();
        LyingHosts hosts = court.hosts(kind);
        hosts.behave(Behaviours.byAttempt(Behaviours.delayed(LONG_AFTER, Replies.echo()), Behaviours.silent()));
        ProbeOptions twice = ProbeOptions.builder()
                .timeout(Duration.ofMillis(100))
                .attempts(2)
                .backoff(10)
                .build();
        try (Pinger pinger = hosts.open()) {
            assertThat(get(pinger.ping(host(family), twice))).isInstanceOfSatisfying(Replied.class, reply -> {
                assertThat(reply.attempts()).isEqualTo(2);
                assertThat(reply.attempt()).isEqualTo(1);
                assertThat(reply.from()).isEqualTo(IpAddress.of(host(family)));
                assertThat(Duration.ofNanos(reply.rttNanos())).isGreaterThan(LONG_AFTER.minusMillis(1));
            });
            LyingHosts.awaitCounted(pinger, Map.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void repliesToAnotherProgramNeverCome(SocketKind kind) throws Exception {
        boolean ipv6 = kind.family() == IpFamily.IPV6;
        LyingHosts hosts = court.hosts(kind);
        hosts.behave(Replies.echo());
        try (Pinger pinger = hosts.open();
                TestSocket other = TestSocket.ping(hosts.namespace(), host(kind.family()))) {
            // Sequence numbers in use by both.
            for (int sequence = 0; sequence < 5; sequence++) {
                assertThat(get(pinger.ping(host(kind.family()), LyingHosts.once(PATIENT))))
                        .isInstanceOf(Replied.class);
                other.send(Packets.echoRequest(ipv6, 0, sequence, new byte[56]));
                assertThat(other.receive(PATIENT)).isPresent();
            }
            LyingHosts.awaitCounted(pinger, Map.of());

            assertThat(get(pinger.statistics()).replies()).isEqualTo(5);
        }
    }
}
