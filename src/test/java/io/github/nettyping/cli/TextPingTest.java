package io.github.nettyping.cli;

import static io.github.nettyping.cli.PingSamples.TEXT;
import static io.github.nettyping.cli.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingResult;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When it ends, and what counts: as ping(8) of iputils does it. */
class TextPingTest {

    private static final String HOST = "198.51.100.7";
    private static final long MILLI = 1_000_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final AtomicInteger stops = new AtomicInteger();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private TextPing start(PingPlan plan) {
        return start(plan, TEXT, Optional.empty());
    }

    private TextPing start(PingPlan plan, PingView view, Optional<PeerNames> names) {
        PingLines lines = new PingLines(output, names);
        TextPing.Console console =
                new TextPing.Console(lines, new PrintWriter(err), "", InstantSource.fixed(Instant.EPOCH));
        TextPing ping = new TextPing(channel.eventLoop(), PingSamples.host(HOST, HOST), plan, view, console, 1);
        ping.start(session -> new PingSession.Running(completion, stops::incrementAndGet));
        return ping;
    }

    private static void replied(TextPing ping, long sequence, long rttNanos) {
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
        TextPing ping = start(PingSamples.count(2));
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
    void waitsForTheTimeoutIfNothingCame() {
        TextPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        advance(1_000);
        ping.onSent(2, 1, 0);
        advance(9_999);
        assertThat(ping.isEnded()).isFalse();
        advance(1);
        assertThat(ping.over()).isDone();
    }

    @Test
    void waitsForAnIntervalOnceSomethingCame() {
        TextPing ping = start(PingSamples.count(2));
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
        TextPing ping = start(PingSamples.count(3));
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
        TextPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        ping.onLate(1, reply(HOST, 9_000 * MILLI));
        assertThat(ping.over()).isDone();
        assertThat(ping.tally().received()).isEqualTo(1);
        assertThat(printed()).endsWith("icmp_seq=1 ttl=64 time=9000 ms\n");
    }

    @Test
    void secondLateReplyIsADuplicate() {
        TextPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onLate(1, reply(HOST, 9_000 * MILLI));
        ping.onLate(1, reply(HOST, 9_001 * MILLI));
        assertThat(ping.figures().statistics().received()).isEqualTo(1);
        assertThat(ping.figures().statistics().duplicates()).isEqualTo(1);
        assertThat(printed()).endsWith("time=9001 ms (DUP!)\n");
    }

    @Test
    void seriesThatIsOverDoesNotEndTheWait() {
        TextPing ping = start(PingSamples.count(1));
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
        TextPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        completion.complete(null);
        assertThat(ping.over()).isDone();
        assertThat(ping.isCutOff()).isTrue();
    }

    @Test
    void errorIsPrintedAtOnceAndAReplyStillCounts() {
        TextPing ping = start(PingSamples.ENDLESS);
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
        TextPing ping = start(PingSamples.count(2));
        ping.onSent(1, 1, 0);
        ping.onError(1, error());
        ping.onSent(2, 1, 0);
        replied(ping, 2, MILLI);
        assertThat(ping.over()).isDone();
    }

    @Test
    void errorBeforeTheDeadlineEndsItTogetherWithThoseOfTheSameMoment() {
        TextPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(5)));
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
        TextPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(5)));
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        ping.onError(1, error());
        channel.runPendingTasks();
        assertThat(ping.over()).isDone();
    }

    @Test
    void deadlineEndsItAndTakesTheCountForAnswers() {
        TextPing ping = start(PingSamples.withDeadline(PingSamples.count(1), Duration.ofSeconds(3)));
        assertThat(ping.options().count()).isEmpty();
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
        TextPing ping = start(PingSamples.count(1));
        ping.onSent(1, 1, 0);
        replied(ping, 1, MILLI);
        ping.onDuplicate(1, reply(HOST, MILLI));
        ping.onError(1, error());
        ping.onSent(2, 1, 0);
        ping.onCorrupted();
        assertThat(PingStatisticsText.of(ping.figures()).get(2))
                .isEqualTo("1 packets transmitted, 1 received, 0% packet loss, time 0ms");
        assertThat(printed().lines()).hasSize(2);
    }

    @Test
    void outstandingProbeIsToldWhenTheNextIsSentAlsoInQuiet() {
        PingView view = new PingView(ResultFormat.Name.TEXT, true, false, false, true, false);
        TextPing ping = start(PingSamples.ENDLESS, view, Optional.empty());
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
        TextPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onSent(2, 1, 0);
        ping.onSent(1, 1, 0);
        assertThat(ping.figures().statistics().sent()).isEqualTo(2);
    }

    @Test
    void refusedProbeCountsAsSentAndIsToldOnStandardError() {
        TextPing ping = start(PingSamples.count(1));
        ping.onResult(new PingResult(1, SampleOutcomes.refused(HOST)));
        assertThat(err).hasToString("nettyping: sendmsg: Network is unreachable\n");
        assertThat(ping.figures().statistics().sent()).isEqualTo(1);
        advance(10_000);
        assertThat(ping.over()).isDone();
    }

    @Test
    void probeThatFoundNoRoomSaysSo() {
        TextPing ping = start(PingSamples.ENDLESS);
        ping.onResult(new PingResult(1, SampleOutcomes.noFreeSlot(HOST)));
        assertThat(err).hasToString("nettyping: icmp_seq=1: not sent: no free slot\n");
    }

    @Test
    void localDropIsNoSilence() {
        TextPing ping = start(PingSamples.ENDLESS);
        ping.onSent(1, 1, 0);
        ping.onResult(new PingResult(1, SampleOutcomes.droppedLocally(HOST)));
        assertThat(err.toString()).startsWith("nettyping: icmp_seq=1: this host dropped received packets");
    }

    @Test
    void interruptionPrintsAtOnceWhatWaitsForAName() {
        PeerNames slow = new PeerNames(channel.eventLoop(), address -> new CompletableFuture<>());
        TextPing ping = start(PingSamples.ENDLESS, TEXT, Optional.of(slow));
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
        TextPing ping = start(PingSamples.count(1), TEXT, Optional.of(new PeerNames(channel.eventLoop(), any -> name)));
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
        assertThat(PingSamples.ENDLESS.patientOptions(1).probe().timeout()).isEqualTo(Duration.ofSeconds(10));
        PingPlan fast = new PingPlan(
                PingSamples.ENDLESS.count(), Duration.ofMillis(2), Duration.ofSeconds(10), Optional.empty(), 56);
        assertThat(fast.patientOptions(1).probe().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fast.patientOptions(100).probe().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(fast.options().probe().timeout()).isEqualTo(Duration.ofSeconds(10));
    }
}
