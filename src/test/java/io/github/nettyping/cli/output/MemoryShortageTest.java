package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MemoryShortageTest {

    @Test
    void isFoundBelowWhateverItCaused() {
        Throwable failure =
                new CompletionException(new ChannelException("not opened", new OutOfMemoryError("Java heap space")));

        assertThat(MemoryShortage.in(failure).orElseThrow())
                .startsWith("needs more memory than the ")
                .contains("(Java heap space): NETTYPING_JAVA_OPTS=-Xmx");
        assertThat(Complaints.of(failure)).isEqualTo(MemoryShortage.in(failure).orElseThrow());
    }

    @Test
    void tellsWhichMemoryIsShort() {
        assertThat(MemoryShortage.in(new OutOfMemoryError("Cannot reserve 64 bytes of direct buffer memory")))
                .hasValueSatisfying(text -> assertThat(text).contains("-XX:MaxDirectMemorySize="));
        assertThat(MemoryShortage.in(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("ulimit -u").doesNotContain("-Xmx"));
    }

    @Test
    void isNotWhatElseFailed() {
        Exception circle = new Exception("a");
        circle.initCause(new Exception("b", circle));

        assertThat(MemoryShortage.in(new IllegalStateException("no"))).isEmpty();
        assertThat(MemoryShortage.in(circle)).isEmpty();
    }
}
