package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results that wait for names. The test's thread is the event loop. */
class NamedLinesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> written = new ArrayList<>();
    private final NamedLines lines = new NamedLines(
            channel.eventLoop(), (outcome, name) -> written.add(outcome.probe().target() + " " + name));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private CompletableFuture<Optional<String>> add(String target) {
        CompletableFuture<Optional<String>> name = new CompletableFuture<>();
        lines.add(SampleOutcomes.replied(target, 1), name);
        return name;
    }

    @Test
    void theyLeaveInTheOrderInWhichTheyCame() {
        CompletableFuture<Optional<String>> first = add("192.0.2.1");
        CompletableFuture<Optional<String>> second = add("192.0.2.2");
        second.complete(Optional.of("two.example"));
        channel.runPendingTasks();
        assertThat(written).isEmpty();
        assertThat(lines.empty()).isNotDone();

        first.complete(Optional.empty());
        channel.runPendingTasks();
        assertThat(written).containsExactly("192.0.2.1 null", "192.0.2.2 two.example");
        assertThat(lines.empty()).isDone();
    }

    @Test
    void aNameThatIsKnownWaitsForNothing() {
        lines.add(
                SampleOutcomes.replied("192.0.2.1", 1), CompletableFuture.completedFuture(Optional.of("one.example")));
        assertThat(written).containsExactly("192.0.2.1 one.example");
        assertThat(lines.empty()).isDone();
    }

    @Test
    void whoeverIsOneTooManyLetsTheOldestLeaveWithoutAName() {
        for (int i = 0; i < NamedLines.MOST_WAITING; i++) {
            add("192.0.2.1");
        }
        assertThat(written).isEmpty();
        add("192.0.2.2");
        assertThat(written).containsExactly("192.0.2.1 null");
    }
}
