package io.github.nettyping.internal.engine;

import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Work that event loops share, with sockets of its own: its workers, one for each event loop, from the opening of all
 * until the last has ended. Safe for use by many threads: workers come here when they begin and end, not with what they
 * send and receive.
 *
 * @param <W> the workers
 * @param <S> the summary
 */
public abstract class SharedSession<W extends Worker, S> implements Session {

    /** Those on which nobody may wait for it: its own first, then the others of the same pinger or group. */
    private final List<EventLoop> notWaitedOn;

    private final LoopFuture<S> completion;
    /** Nobody else completes it. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private final List<W> workers = new ArrayList<>();

    // Guarded by this.

    private int opening;
    private int busy;
    private int running;
    private boolean ending;
    private boolean stopped;
    private @Nullable Throwable failure;

    /**
     * Makes a session without workers.
     *
     * @param loops    on which it runs
     * @param together all event loops that these belong with; on none of them anybody may wait for it
     */
    protected SharedSession(List<EventLoop> loops, List<EventLoop> together) {
        this.notWaitedOn = LoopChoice.first(loops, together);
        this.completion = new LoopFuture<>(notWaitedOn, this::stop);
    }

    /** Returns a copy of a future that is waited for as the completion is. */
    protected final <T> CompletableFuture<T> guarded(CompletableFuture<T> future) {
        LoopFuture<T> guarded = new LoopFuture<>(notWaitedOn);
        future.whenComplete((result, cause) -> {
            if (cause == null) {
                guarded.succeed(result);
            } else {
                guarded.fail(cause);
            }
        });
        return guarded;
    }

    /** Has all workers made, each by its number from 0, in this thread; if one cannot be, closes those before it. */
    protected final void addWorkers(int count, IntFunction<W> maker) {
        try {
            for (int i = 0; i < count; i++) {
                workers.add(maker.apply(i));
            }
        } catch (RuntimeException e) {
            workers.forEach(Worker::abandon);
            throw e;
        }
        opening = count;
        busy = count;
        running = count;
    }

    protected final List<W> workers() {
        return workers;
    }

    /** All sockets are open: has the workers begin. */
    protected void begin() {
        workers.forEach(Worker::begin);
    }

    /** Returns the result; called once, when all workers have ended. */
    protected abstract S summary(boolean stoppedEarly);

    /** Returns the end; if somebody else completes it, the session stops. */
    public final CompletableFuture<S> completion() {
        return completion;
    }

    /** Enters the event loops; the workers begin when all are there. */
    public final void open() {
        workers.forEach(Worker::open);
    }

    /** As {@link #open()}, and ends with a pinger. */
    public final void open(PingerCore core) {
        open();
        core.execute(
                () -> {
                    if (core.add(this)) {
                        // The last event loop to end may be another one than the core's.
                        over.thenRun(() -> LoopTasks.runOn(core.loop(), () -> core.remove(this)));
                    }
                },
                this::stop);
    }

    /** Ends it early. */
    public final void stop() {
        end(true, null);
    }

    /** The pinger closes. */
    @Override
    public final void close(ClosedChannelException cause) {
        stop();
    }

    // For workers.

    /** The sockets of a worker are open. None begins before all are: what fails, fails before anything is sent. */
    final void opened() {
        synchronized (this) {
            opening--;
            if (opening > 0 || ending) {
                return;
            }
        }
        begin();
    }

    /** A worker has nothing more to do, and will have nothing. */
    final void done() {
        synchronized (this) {
            busy--;
            if (busy > 0) {
                return;
            }
        }
        end(false, null);
    }

    /** A worker cannot go on, so the others end, too. */
    final void fail(Throwable cause) {
        end(true, cause);
    }

    private void end(boolean early, @Nullable Throwable cause) {
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            stopped = early;
            failure = cause;
        }
        workers.forEach(Worker::end);
    }

    /** A worker has ended, perhaps without a result. */
    final void ended(@Nullable Throwable cause) {
        boolean early;
        Throwable first;
        synchronized (this) {
            failure = failure == null ? cause : failure;
            running--;
            if (running > 0) {
                return;
            }
            early = stopped;
            first = failure;
        }
        complete(early, first);
        over.complete(null);
    }

    private void complete(boolean early, @Nullable Throwable cause) {
        S summary;
        try {
            summary = summary(early);
        } catch (RuntimeException | Error e) {
            // Also for want of memory: whoever waits must not wait for ever.
            completion.fail(cause == null ? e : cause);
            return;
        }
        if (cause == null) {
            completion.succeed(summary);
        } else {
            completion.fail(cause);
        }
    }
}
