package io.github.nettyping.internal.engine;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Gives tasks to event loops. A loop refuses a task by the same exception for two reasons: it has ended, or its queue
 * is bounded and full. Stateless, for use by any thread.
 */
public final class LoopTasks {

    /** What became of a task. */
    enum Acceptance {
        TAKEN,
        /** There is no room now; later there may be. */
        FULL,
        /** The loop has ended: the task may never run. */
        ENDED
    }

    private static final long RETRY_MILLIS = 1;

    /** Its own thread may run tasks that never block. */
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private LoopTasks() {}

    /** Offers a task to run after those that were given before. */
    static Acceptance offer(EventExecutor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            return loop.isShutdown() ? Acceptance.ENDED : Acceptance.FULL;
        }
        // A loop that is just ending may have looked at its queue for the last time.
        return loop.isShutdown() ? Acceptance.ENDED : Acceptance.TAKEN;
    }

    /**
     * Runs a task on the event loop as soon as there is room for it; never blocks. Tasks given later may overtake one that
     * has to wait for room.
     *
     * @param ifEnded run, in any thread, if the loop has ended: then the task may never run, and this must complete
     *                what it would have
     */
    public static void execute(EventExecutor loop, Runnable task, Runnable ifEnded) {
        switch (offer(loop, task)) {
            case TAKEN -> {}
            case ENDED -> ifEnded.run();
            case FULL -> {
                if (loop.inEventLoop()) {
                    executeByTimer(loop, task, ifEnded);
                } else {
                    LATER.execute(() -> execute(loop, task, ifEnded));
                }
            }
        }
    }

    /** Runs a task now if this is the loop's thread, or as soon as there is room for it; here, if the loop has ended. */
    public static void runOn(EventExecutor loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            // If the loop has ended, nobody else is in there.
            execute(loop, task, task);
        }
    }

    /** The queue of the loop's timers has no bound. A loop that shuts down cancels them. */
    private static void executeByTimer(EventExecutor loop, Runnable task, Runnable ifEnded) {
        loop.schedule(task, 0, TimeUnit.NANOSECONDS).addListener(timer -> {
            if (timer.isCancelled()) {
                ifEnded.run();
            }
        });
    }
}
