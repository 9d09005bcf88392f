package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSessionTest {

    private final List<EventLoop> loops = List.of(new TestLoop().eventLoop());

    /** Else whoever waits for it waits for ever. */
    @Test
    void lackOfMemoryForTheSummaryCompletesItToo() {
        Error shortage = new OutOfMemoryError("Java heap space");
        SharedSession<Worker, String> session = new SharedSession<>(loops, loops) {
            @Override
            protected String summary(boolean stoppedEarly) {
                throw shortage;
            }
        };

        session.ended(null);

        assertThat(session.completion())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(shortage);
    }
}
