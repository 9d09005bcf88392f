package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.PingSamples;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.FrozenTime;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingLinesTest {

    private static final IpAddress NEAR = SampleOutcomes.address("192.0.2.1");
    private static final IpAddress FAR = SampleOutcomes.address("192.0.2.2");

    private final EmbeddedChannel channel = FrozenTime.channel();
    private final Map<InetAddress, CompletableFuture<Optional<String>>> asked = new HashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final PeerNames names = new PeerNames(channel.eventLoop(), address -> {
        questions.incrementAndGet();
        return asked.computeIfAbsent(address, any -> new CompletableFuture<>());
    });
    private final PingLines lines = new PingLines(output, Optional.of(names));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void answer(IpAddress address, Optional<String> name) {
        asked.computeIfAbsent(address.toInetAddress(), any -> new CompletableFuture<>())
                .complete(name);
        channel.runPendingTasks();
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private String printed() {
        output.flush();
        return printed.toString();
    }

    private static PingLine from(IpAddress host, int number) {
        return PingLine.naming("from ", host, ": " + number);
    }

    @Test
    void withoutNamesHostsAreNumbers() {
        PingLines numeric = new PingLines(output, Optional.empty());
        numeric.add(from(NEAR, 1));
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\n");
        assertThat(questions).hasValue(0);
    }

    @Test
    void nameStandsBeforeTheNumber() {
        answer(NEAR, Optional.of("near.example"));
        lines.add(from(NEAR, 1));
        assertThat(printed()).isEqualTo("from near.example (192.0.2.1): 1\n");
    }

    @Test
    void hostWithoutANameIsANumber() {
        answer(NEAR, Optional.empty());
        lines.add(from(NEAR, 1));
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\n");
    }

    @Test
    void nameCannotControlTheTerminal() {
        answer(NEAR, Optional.of("near\u001b[2J\n.example"));
        lines.add(from(NEAR, 1));
        assertThat(printed()).isEqualTo("from near\\x1b[2J\\x0a.example (192.0.2.1): 1\n");
    }

    @Test
    void lineThatWaitsHoldsBackTheOthers() {
        answer(FAR, Optional.of("far.example"));
        lines.add(from(NEAR, 1));
        lines.add(PingLine.of("plain"));
        lines.add(from(FAR, 2));
        assertThat(printed()).isEmpty();

        answer(NEAR, Optional.of("near.example"));
        assertThat(printed()).isEqualTo("from near.example (192.0.2.1): 1\nplain\nfrom far.example (192.0.2.2): 2\n");
    }

    @Test
    void slowResolverDelaysALineForTwoSecondsAtMost() {
        lines.add(from(NEAR, 1));
        lines.add(from(FAR, 2));
        advance(1_999);
        assertThat(printed()).isEmpty();
        advance(1);
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\nfrom 192.0.2.2: 2\n");
    }

    @Test
    void resolverThatHasBeenWaitedForInVainDelaysNothingMore() {
        lines.add(from(NEAR, 1));
        advance(2_000);
        lines.add(from(NEAR, 2));
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\nfrom 192.0.2.1: 2\n");
    }

    @Test
    void nameThatComesLateIsUsedFromThenOn() {
        lines.add(from(NEAR, 1));
        advance(2_000);
        answer(NEAR, Optional.of("near.example"));
        lines.add(from(NEAR, 2));
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\nfrom near.example (192.0.2.1): 2\n");
        assertThat(questions).hasValue(1);
    }

    @Test
    void hurryPrintsNumbersAtOnce() {
        lines.add(from(NEAR, 1));
        lines.hurry();
        lines.add(from(FAR, 2));
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\nfrom 192.0.2.2: 2\n");
    }

    @Test
    void whoWaitsForTheEndIsCalledOnceAndLast() {
        AtomicInteger calls = new AtomicInteger();
        lines.add(from(NEAR, 1));
        lines.whenEmpty(() -> {
            calls.incrementAndGet();
            output.append("end\n");
        });
        assertThat(calls).hasValue(0);
        answer(NEAR, Optional.empty());
        assertThat(printed()).isEqualTo("from 192.0.2.1: 1\nend\n");
        lines.add(PingLine.of("more"));
        assertThat(calls).hasValue(1);
    }
}
