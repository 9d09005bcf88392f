package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private static final Optional<IOException> READER_GONE = Optional.of(StandardOutput.failure(StandardOutput.EPIPE));
    private static final Optional<IOException> DISK_FULL = Optional.of(StandardOutput.failure(StandardOutput.ENOSPC));

    private final Interruption interruption = new Interruption(() -> {});

    @Test
    void readerThatGoesByItselfHadEnoughAndNoLaterSignalChangesThat() {
        assertThat(interruption.unlessBySignal(READER_GONE)).isEqualTo(READER_GONE);
        assertThat(interruption.take(ExitCode.INTERRUPTED)).isFalse();
        assertThat(interruption.exitCode()).isEqualTo(ExitCode.READER_GONE);
        assertThat(interruption.isSignalled()).isFalse();
    }

    @Test
    void readerThatGoesAfterASignalHasGoneByIt() {
        assertThat(interruption.take(ExitCode.TERMINATED)).isTrue();
        assertThat(interruption.unlessBySignal(READER_GONE)).isEmpty();
        assertThat(interruption.exitCode()).isEqualTo(ExitCode.TERMINATED);
    }

    @Test
    void readerThatGoesAMomentBeforeASignalHasGoneByIt() {
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                .execute(() -> interruption.take(ExitCode.INTERRUPTED));
        assertThat(interruption.unlessBySignal(READER_GONE)).isEmpty();
        assertThat(interruption.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void noSignalExplainsAFullDisk() {
        interruption.take(ExitCode.INTERRUPTED);
        assertThat(interruption.unlessBySignal(DISK_FULL)).isEqualTo(DISK_FULL);
        assertThat(interruption.isSignalled()).isTrue();
    }

    @Test
    void withoutAFailureNothingIsWaitedFor() {
        assertThat(interruption.unlessBySignal(Optional.<IOException>empty())).isEmpty();
        assertThat(interruption.take(ExitCode.HUNG_UP)).isTrue();
    }
}
