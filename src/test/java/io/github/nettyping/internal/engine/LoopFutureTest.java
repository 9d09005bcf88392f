package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Reachability;
import io.netty.util.concurrent.BlockingOperationException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test's thread is the event loop. */
class LoopFutureTest {

    private final TestLoop loop = new TestLoop();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final LoopFuture<String> future = new LoopFuture<>(loop.eventLoop(), givenUp::incrementAndGet);

    @Test
    void waitingOnTheEventLoopThrows() {
        assertThatThrownBy(future::join).isInstanceOf(BlockingOperationException.class);
        assertThatThrownBy(future::get).isInstanceOf(BlockingOperationException.class);
        assertThatThrownBy(() -> future.get(1, TimeUnit.DAYS)).isInstanceOf(BlockingOperationException.class);
    }

    @Test
    void waitingOnTheEventLoopForWhatDependsOnItThrows() {
        CompletableFuture<Integer> dependent = future.thenApply(String::length)
                .thenCompose(CompletableFuture::completedFuture)
                .whenComplete((n, e) -> {});

        assertThatThrownBy(dependent::join).isInstanceOf(BlockingOperationException.class);
    }

    @Test
    void whatIsDoneCanBeReadOnTheEventLoop() throws Exception {
        assertThat(future.succeed("done")).isTrue();

        assertThat(future.join()).isEqualTo("done");
        assertThat(future.get()).isEqualTo("done");
        assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(future.thenApply(String::length).join()).isEqualTo(4);
    }

    @Test
    void othersMayWait() throws Exception {
        CompletableFuture<String> other = CompletableFuture.supplyAsync(future::join);
        future.succeed("done");

        assertThat(other.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void ourOwnCompletionGivesNothingUp() {
        future.succeed("done");
        LoopFuture<String> failed = new LoopFuture<>(loop.eventLoop(), givenUp::incrementAndGet);
        failed.fail(new IllegalStateException());
        loop.run();

        assertThat(givenUp).hasValue(0);
    }

    /** Every way of completing it that a user has. */
    static List<Named<Consumer<CompletableFuture<String>>>> ways() {
        return List.of(
                Named.of("complete", future -> future.complete("user's")),
                Named.of("completeExceptionally", future -> future.completeExceptionally(new TimeoutException())),
                Named.of("cancel", future -> future.cancel(true)),
                Named.of("completeAsync", future -> future.completeAsync(() -> "user's", Runnable::run)),
                Named.of(
                        "completeAsync, and the supplier throws",
                        future -> future.completeAsync(LoopFutureTest::failingSupplier, Runnable::run)),
                Named.of("obtrudeValue", future -> future.obtrudeValue("user's")),
                Named.of("obtrudeException", future -> future.obtrudeException(new TimeoutException())));
    }

    private static String failingSupplier() {
        throw new IllegalStateException();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void completionByAnybodyElseGivesUpWhatItStandsForOnTheEventLoop(Consumer<CompletableFuture<String>> way) {
        way.accept(future);
        assertThat(future).isDone();
        assertThat(givenUp).as("not in the thread that completes it").hasValue(0);
        loop.run();

        assertThat(givenUp).hasValue(1);
        assertThat(future.succeed("ours")).isFalse();
    }

    @Test
    void timeLimitsOfItsOwnGiveItUp() {
        CompletableFuture<String> limited = future.orTimeout(1, TimeUnit.MILLISECONDS);
        LoopFuture<String> defaulted = new LoopFuture<>(loop.eventLoop(), givenUp::incrementAndGet);
        defaulted.completeOnTimeout("late", 1, TimeUnit.MILLISECONDS);
        Await.until("both are done", Await.LIMIT, () -> limited.isDone() && defaulted.isDone());
        Await.until("both are given up", Await.LIMIT, () -> {
            loop.run();
            return givenUp.get() == 2;
        });

        assertThatThrownBy(limited::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(defaulted.join()).isEqualTo("late");
    }

    @Test
    void completingWhatIsDoneGivesNothingUp() {
        future.succeed("done");
        assertThat(future.complete("user's")).isFalse();
        assertThat(future.completeExceptionally(new TimeoutException())).isFalse();
        assertThat(future.cancel(false)).isFalse();
        loop.run();

        assertThat(givenUp).hasValue(0);
    }

    @Test
    void onceCompleteItForgetsWhatItStoodFor() {
        LoopFuture<String> kept = new LoopFuture<>(loop.eventLoop());
        WeakReference<Runnable> task = standingForSomething(kept);
        kept.succeed("done");

        Reachability.assertGarbage(task);
        assertThat(kept).isDone();
    }

    private static WeakReference<Runnable> standingForSomething(LoopFuture<String> future) {
        AtomicInteger something = new AtomicInteger();
        Runnable task = something::incrementAndGet;
        future.whenGivenUp(task);
        return new WeakReference<>(task);
    }

    @Test
    void cancellingTwiceGivesUpOnce() {
        future.cancel(false);
        assertThat(future.cancel(false)).isTrue();
        loop.run();

        assertThat(givenUp).hasValue(1);
    }
}
