package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The test's thread is the event loop. */
class LoopTasksTest {

    private static final Duration PATIENCE = Await.LIMIT;

    private final TestLoop loop = new TestLoop();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    private void execute() {
        LoopTasks.execute(loop.eventLoop(), ran::incrementAndGet, ended::incrementAndGet);
    }

    @Test
    void tellsAFullQueueFromALoopThatHasEnded() {
        assertThat(LoopTasks.offer(loop.eventLoop(), () -> {})).isEqualTo(LoopTasks.Acceptance.TAKEN);
        loop.full(true);
        assertThat(LoopTasks.offer(loop.eventLoop(), () -> {})).isEqualTo(LoopTasks.Acceptance.FULL);
        loop.end();

        assertThat(LoopTasks.offer(loop.eventLoop(), () -> {})).isEqualTo(LoopTasks.Acceptance.ENDED);
    }

    @Test
    void aTaskGivenOnTheLoopRunsNextEvenIfTheQueueIsFull() {
        loop.full(true);
        execute();
        assertThat(ran).as("not at once").hasValue(0);
        loop.run();

        assertThat(ran).hasValue(1);
        assertThat(ended).hasValue(0);
    }

    @Test
    void aTaskGivenElsewhereRunsWhenThereIsRoomAgain() {
        loop.full(true);
        CompletableFuture.runAsync(this::execute).join();
        loop.run();
        assertThat(ran).hasValue(0);
        loop.full(false);
        Await.until("it runs", PATIENCE, () -> loop.run() > 0);

        assertThat(ran).hasValue(1);
        assertThat(ended).hasValue(0);
    }

    @Test
    void aTaskThatWaitsForRoomLearnsThatTheLoopHasEnded() {
        loop.full(true);
        CompletableFuture.runAsync(this::execute).join();
        loop.end();
        Await.until("it learns it", PATIENCE, () -> ended.get() > 0);

        assertThat(ran).hasValue(0);
        assertThat(ended).hasValue(1);
    }

    @Test
    void ofALoopThatHasEndedTheCallerLearnsAtOnce() {
        loop.end();
        execute();

        assertThat(ended).hasValue(1);
    }
}
