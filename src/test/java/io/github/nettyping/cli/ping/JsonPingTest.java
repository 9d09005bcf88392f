package io.github.nettyping.cli.ping;

import static io.github.nettyping.cli.ping.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingResult;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.testing.FrozenTime;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Golden lines: other programs parse them. */
class JsonPingTest {

    private static final String HOST = "198.51.100.7";
    private static final String SILENCE =
            "\"status\":\"timeout\",\"rtt_ns\":null,\"from\":null,\"ttl\":null,\"bytes\":null,"
                    + "\"sent_at\":\"2026-01-01T00:00:00.000000001Z\",\"error\":null,\"rtt_source\":null,\"flags\":[]}\n";

    private final EmbeddedChannel channel = FrozenTime.channel();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final CompletableFuture<Void> completion = new CompletableFuture<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private JsonPing start(PingPlan plan) {
        JsonPing ping = new JsonPing(
                channel.eventLoop(), PingSamples.host(HOST, HOST), plan, Optional.of(new JsonLines(output)));
        ping.start(session -> new PingSession.Running(completion, () -> {}));
        return ping;
    }

    private static void send(JsonPing ping, long sequence) {
        ping.onSent(sequence, 1, SampleOutcomes.SENT_AT);
    }

    private static IcmpErrorOutcome error() {
        return PingSamples.hostUnreachable(HOST, "198.18.0.6");
    }

    private String printed() {
        output.flush();
        return printed.toString();
    }

    @Test
    void replyHasItsObject() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 1);
        ping.onResult(new PingResult(1, reply(HOST, 41_250)));
        assertThat(printed())
                .isEqualTo("{\"target\":\"198.51.100.7\",\"seq\":1,\"status\":\"alive\",\"rtt_ns\":41250,"
                        + "\"from\":\"198.51.100.7\",\"ttl\":64,\"bytes\":64,"
                        + "\"sent_at\":\"2026-01-01T00:00:00.000000001Z\",\"error\":null,"
                        + "\"rtt_source\":\"user_tx_kernel_rx\",\"flags\":[]}\n");
    }

    @Test
    void furtherReplyHasAnObjectOfItsOwn() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 1);
        ping.onResult(new PingResult(1, reply(HOST, 41_250)));
        ping.onDuplicate(1, reply(HOST, 41_251, OptionalInt.of(64), 64, ReplyFlag.setOf(ReplyFlag.DAMAGED.bit())));
        assertThat(printed().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("\"seq\":1,\"status\":\"alive\",\"rtt_ns\":41251,")
                .endsWith("\"flags\":[\"damaged\",\"duplicate\"]}");
        assertThat(ping.figures().statistics().received()).isEqualTo(1);
        assertThat(ping.figures().statistics().duplicates()).isEqualTo(1);
    }

    @Test
    void lostProbeHasNulls() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 2);
        ping.onResult(new PingResult(2, SampleOutcomes.timedOut(HOST)));
        assertThat(printed()).isEqualTo("{\"target\":\"198.51.100.7\",\"seq\":2," + SILENCE);
    }

    @Test
    void errorIsToldWhenItIsFinal() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 1);
        ping.onError(1, error());
        assertThat(printed()).isEmpty();
        ping.onResult(new PingResult(1, error()));
        assertThat(printed())
                .contains("\"status\":\"unreachable\"")
                .contains("\"error\":{\"name\":\"host_unreachable\",\"type\":3,\"code\":1,\"from\":\"198.18.0.6\"}");
        assertThat(ping.tally().errors()).isEqualTo(1);
    }

    @Test
    void refusedProbeIsOneOfThoseTransmitted() {
        JsonPing ping = start(PingSamples.ENDLESS);
        ping.onResult(new PingResult(1, SampleOutcomes.refused(HOST)));
        assertThat(printed()).contains("\"seq\":1,\"status\":\"send_failed\"").contains("\"errno\":101");
        assertThat(ping.figures().statistics().sent()).isEqualTo(1);
    }

    @Test
    void lateReplyIsCountedAndNothingElse() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 1);
        ping.onResult(new PingResult(1, SampleOutcomes.timedOut(HOST)));
        ping.onLate(1, reply(HOST, 41_250));
        assertThat(printed().lines()).hasSize(1);
        assertThat(PingStatisticsText.of(ping.figures(), Colour.NONE).get(2))
                .isEqualTo("1 packets transmitted, 0 received, +1 late, 100% packet loss, time 0ms");
    }

    @Test
    void endsWithItsSeries() {
        JsonPing ping = start(PingSamples.count(1));
        send(ping, 1);
        ping.onResult(new PingResult(1, reply(HOST, 41_250)));
        assertThat(ping.isEnded()).isFalse();
        completion.complete(null);
        assertThat(ping.over()).isDone();
        assertThat(ping.isCutOff()).isFalse();
    }

    @Test
    void deadlineMakesTheProbesThatAreOutLostOnes() {
        JsonPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(3)));
        send(ping, 1);
        send(ping, 2);
        ping.onError(2, error());
        channel.advanceTimeBy(3, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(ping.over()).isDone();
        assertThat(printed().lines())
                .satisfiesExactly(
                        line -> assertThat(line + "\n").isEqualTo("{\"target\":\"198.51.100.7\",\"seq\":1," + SILENCE),
                        line -> assertThat(line).contains("\"seq\":2,\"status\":\"unreachable\""));
    }

    @Test
    void interruptionLeavesThemOut() {
        JsonPing ping = start(PingSamples.ENDLESS);
        send(ping, 1);
        ping.interrupt();
        assertThat(ping.over()).isDone();
        assertThat(printed()).isEmpty();
    }

    @Test
    void withADeadlineEnoughAnswersEndIt() {
        JsonPing ping = start(PingSamples.withDeadline(PingSamples.count(2), Duration.ofSeconds(30)));
        send(ping, 1);
        ping.onResult(new PingResult(1, reply(HOST, 1)));
        assertThat(ping.isEnded()).isFalse();
        send(ping, 2);
        ping.onResult(new PingResult(2, reply(HOST, 1)));
        assertThat(ping.over()).isDone();
    }

    @Test
    void withADeadlineAFinalErrorEndsIt() {
        JsonPing ping = start(PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(30)));
        send(ping, 1);
        ping.onResult(new PingResult(1, error()));
        assertThat(ping.over()).isDone();
    }

    @Test
    void quietRunPrintsNothing() {
        JsonPing ping = new JsonPing(
                channel.eventLoop(),
                PingSamples.host(HOST, HOST),
                PingSamples.withDeadline(PingSamples.ENDLESS, Duration.ofSeconds(3)),
                Optional.empty());
        ping.start(session -> new PingSession.Running(completion, () -> {}));
        send(ping, 1);
        ping.onResult(new PingResult(1, reply(HOST, 1)));
        ping.onDuplicate(1, reply(HOST, 1));
        send(ping, 2);
        ping.end();
        assertThat(printed()).isEmpty();
        assertThat(ping.tally().received()).isEqualTo(1);
    }
}
