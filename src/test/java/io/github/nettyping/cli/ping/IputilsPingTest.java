package io.github.nettyping.cli.ping;

import static io.github.nettyping.cli.ping.PingSamples.TEXT;
import static io.github.nettyping.cli.ping.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingResult;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.RouteOption;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.testing.FrozenTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it ends, and what counts: as ping(8) of iputils does it. */
class IputilsPingTest {

    private static final String HOST = "198.51.100.7";
    private static final long MILLI = 1_000_000;

    private final EmbeddedChannel channel = FrozenTime.channel();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final AtomicInteger stops = new AtomicInteger();

    @BeforeEach
    void freezeTime() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private IputilsPing start(PingPlan plan) {
        return start(plan, TEXT, Optional.empty());
    }

    private IputilsPing start(PingPlan plan, PingView view, Optional<PeerNames> names) {
        PingLines lines = new PingLines(output, names);
        IputilsPing.Console console = PingSamples.console(lines, new PrintWriter(err));
        IputilsPing ping = new IputilsPing(channel.eventLoop(), PingSamples.host(HOST, HOST), plan, view, console, 1);
        ping.start(session -> new PingSession.Running(completion, stops::incrementAndGet));
        return ping;
    }

    private static void replied(IputilsPing ping, long sequence, long rttNanos) {
        ping.onResult(new PingResult(sequence, reply(HOST, rttNanos)));
    }

    private static IcmpErrorOutcome error() {
        return PingSamples.hostUnreachable(HOST, "198.18.0.6");
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private String printed() {
        output.flush();
        return printed.toString();
    }

    @Test
    void endsWithTheLastReply() {
        IputilsPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        assertThat(ping.over()).isNotDone();
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        assertThat(ping.over()).isDone();
        assertThat(stops).hasValue(1);
        assertThat(printed().lines())
                .containsExactly(
                        "PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.",
                        "64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=1.00 ms",
                        "64 bytes from 198.51.100.7: icmp_seq=2 ttl=64 time=1.00 ms");
    }

    @Test
    void whatCameWhileTheProcessStoodStillIsReadBeforeTheEnd() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        // The loop runs timers before it reads what waits.
        advance(30_000);
        assertThat(ping.isEnded()).isFalse();
        replied(ping, 1, MILLI);

        assertThat(printed()).contains("icmp_seq=1");
        assertThat(ping.over()).isDone();
    }

    @Test
    void aProcessThatStoodStillEndsSoonIfNothingCame() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        advance(30_000);
        advance(20);

        assertThat(ping.over()).isDone();
    }

    @Test
    void waitsForTheTimeoutIfNothingCame() {
        IputilsPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        advance(1_000);
        ping.onSent(2, 1, 0);
        advance(9_999);
        assertThat(ping.isEnded()).isFalse();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void withoutATimeoutItWaitsForEver() {
        PingPlan patient = new PingPlan(
                OptionalLong.of(1),
                PingSamples.ENDLESS.pace(),
                false,
                Optional.empty(),
                Optional.empty(),
                56,
                Optional.empty(),
                false,
                1,
                false);
        IputilsPing ping = start(patient);
        ping.onSent(1, 1, 0);
        advance(1_000_000_000);
        assertThat(ping.isEnded()).isFalse();
        replied(ping, 1, MILLI);
        assertThat(ping.over()).isDone();
    }

    @Test
    void whatAReplysHeaderSaysStandsBehindItsLineAlone() {
        IputilsPing ping = start(PingSamples.count(3));
        ping.onSent(1, 1, 0);
        Ipv4Options route =
                Ipv4Options.of(new RouteOption(RouteOption.Kind.RECORD, 8, List.of(IpAddress.ofIpv4(0x7f000001))));
        ping.onIpv4Options(1, PingSamples.reply(HOST, MILLI), route);
        replied(ping, 1, MILLI);
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        assertThat(printed())
                .contains("icmp_seq=1 ttl=64 time=1.00 ms\nRR: \t127.0.0.1\n\n64 bytes from " + HOST
                        + ": icmp_seq=2 ttl=64 time=1.00 ms\n");
    }

    @Test
    void waitsForAnIntervalOnceSomethingCame() {
        IputilsPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        replied(ping, 1, 400 * MILLI);
        ping.onSent(2, 1, 0);
        advance(999);
        assertThat(ping.isEnded()).isFalse();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void waitsForTwiceTheLongestRoundTripIfThatIsMore() {
        IputilsPing ping = start(PingSamples.count(3));
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        replied(ping, 2, 1_500 * MILLI);
        replied(ping, 1, 100 * MILLI);
        ping.onSent(3, 1, 0);
        advance(2_999);
        assertThat(ping.isEnded()).isFalse();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void lateReplyCountsAsLongAsItRuns() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        ping.onLate(1, reply(HOST, 9_000 * MILLI));
        assertThat(ping.over()).isDone();
        assertThat(ping.tally().received()).isEqualTo(1);
        assertThat(printed()).endsWith("icmp_seq=1 ttl=64 time=9000 ms\n");
    }

    @Test
    void secondLateReplyIsADuplicate() {
        IputilsPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onLate(1, reply(HOST, 9_000 * MILLI));
        ping.onLate(1, reply(HOST, 9_001 * MILLI));
        assertThat(ping.figures().statistics().received()).isEqualTo(1);
        assertThat(ping.figures().statistics().duplicates()).isEqualTo(1);
        assertThat(printed()).endsWith("time=9001 ms (DUP!)\n");
    }

    @Test
    void seriesThatIsOverDoesNotEndTheWait() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        advance(5_000);
        completion.complete(null);
        assertThat(ping.isEnded()).isFalse();
        advance(5_000);
        assertThat(ping.over()).isDone();
        assertThat(ping.isCutOff()).isFalse();
    }

    @Test
    void seriesThatBreaksOffEndsItAtOnce() {
        IputilsPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        completion.complete(null);
        assertThat(ping.over()).isDone();
        assertThat(ping.isCutOff()).isTrue();
    }

    @Test
    void errorIsPrintedAtOnceAndAReplyStillCounts() {
        IputilsPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onError(1, error());
        replied(ping, 1, MILLI);
        ping.onResult(new PingResult(2, error()));
        assertThat(ping.tally().errors()).isEqualTo(1);
        assertThat(ping.tally().received()).isEqualTo(1);
        assertThat(printed().lines().skip(1))
                .containsExactly(
                        "From 198.18.0.6 icmp_seq=1 Destination Host Unreachable",
                        "64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=1.00 ms");
    }

    @Test
    void errorsCountAsAnswersForTheEnd() {
        IputilsPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        ping.onError(1, error());
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        assertThat(ping.over()).isDone();
    }

    @Test
    void errorBeforeTheDeadlineEndsItTogetherWithThoseOfTheSameMoment() {
        IputilsPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(5)));
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        ping.onError(1, error());
        assertThat(ping.isEnded()).isFalse();
        ping.onError(2, error());
        assertThat(ping.over()).isDone();
        assertThat(ping.tally().errors()).isEqualTo(2);
    }

    @Test
    void errorAboutAnOlderProbeEndsItToo() {
        IputilsPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(5)));
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        ping.onError(1, error());
        channel.runPendingTasks();
        assertThat(ping.over()).isDone();
    }

    @Test
    void deadlineEndsItAndTakesTheCountForAnswers() {
        IputilsPing ping = start(PingSamples.withDeadline(PingSamples.count(1), Duration.ofSeconds(3)));
        assertThat(ping.options(SendOptions.none()).count()).isEmpty();
        // The first packet was long under way to the kernel; and a probe that is due at the deadline comes too late.
        advance(500);
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        advance(2_998);
        assertThat(ping.isEnded()).isFalse();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void nothingCountsAfterTheEnd() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        ping.onDuplicate(1, reply(HOST, MILLI));
        ping.onError(1, error());
        ping.onSent(2, 1, 0);
        ping.onCorrupted();
        assertThat(PingStatisticsText.of(ping.figures(), Colour.NONE).get(2))
                .isEqualTo("1 packets transmitted, 1 received, 0% packet loss, time 0ms");
        assertThat(printed().lines()).hasSize(2);
    }

    @Test
    void outstandingProbeIsToldWhenTheNextIsSentAlsoInQuiet() {
        PingView view = new PingView(
                ResultFormat.Name.TEXT, true, PingView.Names.AS_TYPED, false, true, false, false, false, Colour.NONE);
        IputilsPing ping = start(PingSamples.ENDLESS, view, Optional.empty());
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        ping.onSent(3, 1, 0);
        ping.onError(3, error());
        ping.onResult(new PingResult(4, SampleOutcomes.refused(HOST)));
        assertThat(printed().lines().skip(1))
                .containsExactly("no answer yet for icmp_seq=1", "no answer yet for icmp_seq=3");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void probeThatIsSentAgainIsTheSameProbe() {
        IputilsPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        ping.onSent(1, 1, 0);
        assertThat(ping.figures().statistics().sent()).isEqualTo(2);
    }

    @Test
    void refusedProbeCountsAsSentAndIsToldOnStandardError() {
        IputilsPing ping = start(PingSamples.count(1));
        ping.onResult(new PingResult(1, SampleOutcomes.refused(HOST)));
        assertThat(err).hasToString("nettyping: sendmsg: Network is unreachable\n");
        assertThat(ping.figures().statistics().sent()).isEqualTo(1);
        advance(10_000);
        assertThat(ping.over()).isDone();
    }

    @Test
    void probeThatFoundNoRoomSaysSo() {
        IputilsPing ping = start(PingSamples.ENDLESS);
        ping.onResult(new PingResult(1, SampleOutcomes.noFreeSlot(HOST)));
        assertThat(err).hasToString("nettyping: icmp_seq=1: not sent: no free slot\n");
    }

    @Test
    void localDropIsNoSilence() {
        IputilsPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onResult(new PingResult(1, SampleOutcomes.droppedLocally(HOST)));
        assertThat(err.toString()).startsWith("nettyping: icmp_seq=1: this host dropped received packets");
    }

    @Test
    void interruptionPrintsAtOnceWhatWaitsForAName() {
        PeerNames slow = new PeerNames(channel.eventLoop(), address -> new CompletableFuture<>());
        IputilsPing ping = start(PingSamples.ENDLESS, TEXT, Optional.of(slow));
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        assertThat(printed().lines()).hasSize(1);
        ping.interrupt();
        assertThat(ping.over()).isDone();
        assertThat(stops).hasValue(1);
        assertThat(printed().lines()).hasSize(2).last().asString().startsWith("64 bytes from 198.51.100.7: ");
    }

    @Test
    void commonEndWaitsForNames() {
        CompletableFuture<Optional<String>> name = new CompletableFuture<>();
        IputilsPing ping =
                start(PingSamples.count(1), TEXT, Optional.of(new PeerNames(channel.eventLoop(), any -> name)));
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        assertThat(ping.isEnded()).isTrue();
        assertThat(ping.over()).isNotDone();
        name.complete(Optional.of("host.example"));
        channel.runPendingTasks();
        assertThat(ping.over()).isDone();
        assertThat(printed()).contains("64 bytes from host.example (198.51.100.7): ");
    }

    @Test
    void probesInFlightStayFewHoweverShortTheInterval() {
        assertThat(PingSamples.ENDLESS
                        .patientOptions(1, false, SendOptions.none())
                        .probe()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(10));
        PingPlan fast = PingSamples.plan(OptionalLong.empty(), Pace.every(Duration.ofMillis(2)), false);
        assertThat(fast.patientOptions(1, false, SendOptions.none()).probe().timeout())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(fast.patientOptions(100, false, SendOptions.none()).probe().timeout())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(fast.options(false, SendOptions.none()).probe().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(PingSamples.flood(9)
                        .patientOptions(1, false, SendOptions.none())
                        .probe()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    // Floods.

    @Test
    void aFloodIsDotsThatRepliesTakeAway() {
        IputilsPing ping = start(PingSamples.flood(3));
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        replied(ping, 1, MILLI);
        ping.onError(2, error());
        ping.onSent(3, 1, 0);
        ping.onCorrupted();
        assertThat(printed()).isEqualTo("""
                PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.
                ..\b \b\bE.\bC""");
    }

    @Test
    void aQuietFloodShowsNothing() {
        PingView quiet = new PingView(
                ResultFormat.Name.TEXT, true, PingView.Names.AS_TYPED, false, false, false, false, false, Colour.NONE);
        IputilsPing ping = start(PingSamples.flood(2), quiet, Optional.empty());
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        notSent(ping, 2);
        assertThat(printed()).isEqualTo("PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatAFloodCannotSendIsAnE() {
        IputilsPing ping = start(PingSamples.flood(2));
        notSent(ping, 1);
        assertThat(printed()).endsWith(" data.\nE");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void onceSomethingCameAFloodWaitsTwiceTheLongestRoundTrip() {
        IputilsPing ping = start(PingSamples.flood(2));
        ping.onSent(1, 1, 0);
        replied(ping, 1, 80 * MILLI);
        ping.onSent(2, 1, 0);
        advance(159);
        assertThat(ping.over()).isNotDone();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void aFloodOfShortRoundTripsLeavesTheEventLoopSomeTurns() {
        IputilsPing ping = start(PingSamples.flood(2));
        ping.onSent(1, 1, 0);
        replied(ping, 1, 1_000);
        ping.onSent(2, 1, 0);
        advance(99);
        assertThat(ping.over()).isNotDone();
        replied(ping, 2, 1_000);
        assertThat(ping.over()).isDone();
    }

    // What is too long.

    private static void notSent(IputilsPing ping, long sequence) {
        SystemCallException tooLong = new SystemCallException("sendmmsg", 90, "EMSGSIZE", "");
        Probe probe = reply(HOST, 1).probe();
        ping.onResult(new PingResult(
                sequence, new NotSent(probe, 1, NotSent.Reason.REFUSED_BY_KERNEL, Optional.of(tooLong))));
    }

    @Test
    void aPacketThatIsTooLongIsAnErrorOfThisMachine() {
        IputilsPing ping = start(PingSamples.count(2));
        notSent(ping, 1);
        assertThat(ping.over()).isNotDone();
        notSent(ping, 2);
        assertThat(err.toString()).isEqualTo("nettyping: local error: message too long, mtu=1280\n".repeat(2));
        assertThat(ping.figures().statistics().errors()).isEqualTo(2);
        channel.runPendingTasks();
        assertThat(ping.over()).isDone();
    }

    // Damage.

    @Test
    void damageStandsBehindTheReplyItWasSeenIn() {
        IputilsPing ping = start(PingSamples.count(3));
        ping.onSent(1, 1, 0);
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < 56; i++) {
            payload.writeByte(i == 18 ? 0 : i);
        }
        ping.onDamaged(1, reply(HOST, MILLI), payload);
        replied(ping, 1, MILLI);
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        payload.release();
        assertThat(printed().lines().skip(1))
                .containsExactly(
                        "64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=1.00 ms",
                        "wrong data byte #18 should be 0x12 but was 0x0",
                        "#16\t10 11 0 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f ",
                        "#48\t30 31 32 33 34 35 36 37 ",
                        "64 bytes from 198.51.100.7: icmp_seq=2 ttl=64 time=1.00 ms");
    }

    // Groups and notices.

    @Test
    void hostsOfAGroupAreShownAsTheyAnswerAndTheResultIsNoNews() {
        PingLines lines = new PingLines(output, Optional.empty());
        IputilsPing ping = new IputilsPing(
                channel.eventLoop(),
                PingSamples.group("198.18.0.3"),
                PingSamples.count(2),
                TEXT,
                PingSamples.console(lines, new PrintWriter(err)),
                1);
        ping.start(session -> new PingSession.Running(completion, stops::incrementAndGet));
        ping.onSent(1, 1, 0);
        ping.onReply(1, reply("198.18.0.1", MILLI));
        ping.onReply(1, reply("198.18.0.2", MILLI));
        replied(ping, 1, MILLI);
        assertThat(printed().lines().skip(1))
                .containsExactly(
                        "64 bytes from 198.18.0.1: icmp_seq=1 ttl=64 time=1.00 ms",
                        "64 bytes from 198.18.0.2: icmp_seq=1 ttl=64 time=1.00 ms");
        assertThat(ping.figures().statistics().duplicates()).isEqualTo(1);
        assertThat(ping.options(SendOptions.none()).probe().severalReplies()).isTrue();
    }

    @Test
    void noticesAreShownOnRequestAndCountForNothing() {
        IcmpErrorOutcome notice = PingSamples.redirect(HOST, "198.18.0.6", "198.18.0.5");
        start(PingSamples.count(2)).onNotice(1, notice);
        IputilsPing ping = start(PingSamples.count(2), PingSamples.verbose(), Optional.empty());
        ping.onNotice(1, notice);
        assertThat(printed().lines().skip(2))
                .containsExactly("From 198.18.0.6: icmp_seq=1 Redirect Host(New nexthop: 198.18.0.5)");
        assertThat(ping.figures().statistics().errors()).isZero();
    }
}
