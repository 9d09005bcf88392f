package io.github.nettyping.internal.engine;

import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future that completes on an event loop, or on one of several. Waiting on any of them for it throws a
 * {@link BlockingOperationException} as long as it is not complete, because nobody might be left to complete it: also on
 * one that it does not complete on, since the other may be waiting for this one. Once it is complete, there is nothing to
 * wait for, and its result is returned everywhere, as by Netty's futures. The same holds for futures that its methods
 * return, but not for those of {@code allOf} and {@code anyOf}, which it does not make. Safe for use by many threads.
 *
 * <p>We complete it by {@link #succeed} and {@link #fail}. If anything else completes it, such as {@code cancel} or
 * {@code orTimeout}, the operation it stands for is given up.
 */
public final class LoopFuture<T> extends CompletableFuture<T> {

    /** Those on which nobody may wait for it. */
    private final Iterable<? extends EventExecutor> loops;
    /** Null once it is complete, so that a kept result does not keep its operation alive. */
    private volatile @Nullable Runnable giveUp;

    /** {@code loops}: one event loop or a group of several. */
    public LoopFuture(Iterable<? extends EventExecutor> loops) {
        this.loops = loops;
    }

    /** {@code giveUp} as for {@link #whenGivenUp}. */
    public LoopFuture(Iterable<? extends EventExecutor> loops, Runnable giveUp) {
        this.loops = loops;
        this.giveUp = giveUp;
    }

    /** Sets what is run on the first of the event loops when somebody else has completed it; before it is published. */
    public void whenGivenUp(Runnable task) {
        giveUp = task;
    }

    public static <T> LoopFuture<T> failed(Iterable<? extends EventExecutor> loops, Throwable cause) {
        LoopFuture<T> future = new LoopFuture<>(loops);
        future.fail(cause);
        return future;
    }

    /** Completes it, unless it has been. */
    public boolean succeed(@Nullable T value) {
        giveUp = null;
        return super.complete(value);
    }

    /** Completes it exceptionally, unless it has been completed. */
    public boolean fail(Throwable cause) {
        giveUp = null;
        return super.completeExceptionally(cause);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LoopFuture<>(loops);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkNotOnLoop();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkNotOnLoop();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        checkNotOnLoop();
        return super.join();
    }

    private void checkNotOnLoop() {
        if (isDone()) {
            return;
        }
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                throw new BlockingOperationException(
                        "waiting on an event loop for what is done there, or on another loop of the same pinger or"
                                + " group, which may be waiting for this one; use thenAccept, or wait in another"
                                + " thread");
            }
        }
    }

    @Override
    public boolean complete(@Nullable T value) {
        return givingUp(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        return givingUp(super.completeExceptionally(cause));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean wasDone = isDone();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        // Of a future that was cancelled before, it says so again.
        givingUp(cancelled && !wasDone);
        return cancelled;
    }

    /** Overridden: the inherited method would complete it without the others. */
    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable t) {
                completeExceptionally(t);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(@Nullable T value) {
        super.obtrudeValue(value);
        givingUp(true);
    }

    @Override
    public void obtrudeException(Throwable cause) {
        super.obtrudeException(cause);
        givingUp(true);
    }

    private boolean givingUp(boolean byUser) {
        Runnable task = giveUp;
        if (byUser && task != null) {
            giveUp = null;
            // If the event loop has ended, so has everything on it.
            LoopTasks.execute(first(), task, () -> {});
        }
        return byUser;
    }

    private EventExecutor first() {
        return loops instanceof EventExecutor loop ? loop : loops.iterator().next();
    }
}
