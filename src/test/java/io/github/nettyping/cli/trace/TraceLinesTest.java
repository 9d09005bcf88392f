package io.github.nettyping.cli.trace;

import static io.github.nettyping.cli.trace.TraceSamples.hop;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.PingSamples;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.FrozenTime;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceLinesTest {

    private static final String NEAR = "198.18.0.2";
    private static final String FAR = "198.18.1.2";

    private final EmbeddedChannel channel = FrozenTime.channel();
    private final Map<InetAddress, CompletableFuture<Optional<String>>> asked = new HashMap<>();
    private final StringBuilder printed = new StringBuilder();
    private final Output output = PingSamples.output(printed);
    private final TraceText text = new TraceText(Map.of(), false, Colour.NONE);
    private final PeerNames names = new PeerNames(channel.eventLoop(), this::question);
    private final TraceLines lines = new TraceLines(output, text, Optional.of(names));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private CompletableFuture<Optional<String>> question(InetAddress address) {
        return asked.computeIfAbsent(address, any -> new CompletableFuture<>());
    }

    private void answer(String address, String name) {
        question(SampleOutcomes.address(address).toInetAddress()).complete(Optional.of(name));
        channel.runPendingTasks();
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private static TraceReport report(String target, String... hops) {
        return TraceReport.unfinished(SampleOutcomes.address(target), List.of(hop(1, hops)));
    }

    /** Returns the hosts of the lines so far. */
    private List<String> printed() {
        output.flush();
        return printed.toString()
                .lines()
                .map(line -> line.replaceAll("^(HOST: |  1\\.\\|-- |    \\|  `\\|-- )([^ ]+).*", "$2"))
                .toList();
    }

    @Test
    void withoutNamesNobodyIsAsked() {
        TraceLines numeric = new TraceLines(output, text, Optional.empty());
        numeric.expect(hop(1, NEAR));
        numeric.write(report("198.51.100.1", NEAR));
        assertThat(printed()).containsExactly("198.51.100.1", NEAR);
        assertThat(asked).isEmpty();
        assertThat(numeric.over()).isCompleted();
    }

    @Test
    void reportWaitsForAllItsNames() {
        lines.write(report("198.51.100.1", NEAR, FAR));
        answer(NEAR, "near.example");
        assertThat(printed()).isEmpty();
        answer(FAR, "far.example");
        assertThat(printed()).containsExactly("198.51.100.1", "near.example", "far.example");
    }

    @Test
    void reportThatWaitsLetsOthersPass() {
        lines.write(report("198.51.100.1", NEAR));
        lines.write(report("198.51.100.2", FAR));
        answer(FAR, "far.example");
        assertThat(printed()).containsExactly("198.51.100.2", "far.example");
        answer(NEAR, "near.example");
        assertThat(printed()).containsExactly("198.51.100.2", "far.example", "198.51.100.1", "near.example");
    }

    @Test
    void slowResolverDelaysAReportForTwoSecondsAtMost() {
        lines.write(report("198.51.100.1", NEAR));
        advance(1_999);
        assertThat(printed()).isEmpty();
        advance(1);
        assertThat(printed()).containsExactly("198.51.100.1", NEAR);
    }

    @Test
    void namesOfExpectedHopsAreAskedForAtOnce() {
        lines.expect(hop(1, NEAR));
        advance(2_000);
        lines.write(report("198.51.100.1", NEAR));
        assertThat(printed()).containsExactly("198.51.100.1", NEAR);
    }

    @Test
    void ofTooManyThatWaitTheOldestIsPrintedAsItIs() {
        answer(FAR, "far.example");
        lines.write(report("198.51.100.1", NEAR, FAR));
        for (int i = 1; i < TraceLines.MOST_WAITING; i++) {
            lines.write(report("198.51.100.2", NEAR));
        }
        assertThat(printed()).isEmpty();
        lines.write(report("198.51.100.3", NEAR));
        assertThat(printed()).containsExactly("198.51.100.1", NEAR, "far.example");
        answer(NEAR, "near.example");
        assertThat(printed()).hasSize(3 + 2 * TraceLines.MOST_WAITING).endsWith("198.51.100.3", "near.example");
    }

    @Test
    void isOverWhenNothingWaits() {
        lines.write(report("198.51.100.1", NEAR));
        CompletableFuture<Void> over = lines.over();
        assertThat(over).isNotDone();
        answer(NEAR, "near.example");
        assertThat(over).isCompleted();
        assertThat(printed()).hasSize(2);
    }

    @Test
    void boundedLookupAsksOnlySoManyQuestionsAtOnce() {
        Function<InetAddress, CompletableFuture<Optional<String>>> bounded = PeerNames.bounded(this::question, 2);
        IpAddress third = SampleOutcomes.address("198.18.2.2");
        assertThat(bounded.apply(SampleOutcomes.address(NEAR).toInetAddress())).isNotDone();
        assertThat(bounded.apply(SampleOutcomes.address(FAR).toInetAddress())).isNotDone();
        assertThat(bounded.apply(third.toInetAddress())).isCompletedWithValue(Optional.empty());
        answer(NEAR, "near.example");
        assertThat(bounded.apply(third.toInetAddress())).isNotDone();
    }
}
