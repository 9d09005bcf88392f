package io.github.nettyping.cli.progress;

import static io.github.nettyping.cli.progress.ProgressSamples.outcomes;
import static io.github.nettyping.cli.progress.ProgressSamples.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.sweep.SweepSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is asked and shown at each turn of the clock. */
class ProgressTest {

    private final StringWriter screen = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private CompletableFuture<SweepSummary> answer = CompletableFuture.completedFuture(state(4, 2, outcomes(2, 0)));
    private final ProgressMeter meter = new ProgressMeter(0);
    private final Progress progress = new Progress(
            new ProgressLine(new PrintWriter(screen), false, () -> 80, (bytes, position, limit) -> 0),
            () -> meter.add(nanos.get(), answer.join()),
            wanted::get);

    @Test
    void eachTurnShowsTheStateOfItsMoment() {
        progress.tick();
        nanos.set(500_000_000);
        answer = CompletableFuture.completedFuture(state(4, 3, outcomes(3, 0)));
        progress.tick();
        assertThat(screen.toString()).isEqualTo("""
                        2/4 done, 50.0%, 2 alive, 0 timeout, 0 local drops
                        3/4 done, 75.0%, 2.0/s, 3 alive, 0 timeout, 0 local drops
                        """);
    }

    @Test
    void aJobInTheBackgroundShowsNothing() {
        wanted.set(false);
        progress.tick();
        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void aSweepThatHasEndedShowsNothing() {
        answer = CompletableFuture.failedFuture(new IllegalStateException("over"));
        progress.tick();
        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void thereAreAtMostFiveDrawingsASecond() {
        assertThat(Progress.TERMINAL_MILLIS).isGreaterThanOrEqualTo(200);
    }
}
