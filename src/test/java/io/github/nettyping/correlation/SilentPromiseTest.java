package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.nettyping.internal.UnawaitedPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What {@link UnawaitedPromise} demands: nobody is told, so one object serves many writes. */
class SilentPromiseTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final SilentPromise promise = new SilentPromise(channel, channel.eventLoop());

    @Test
    void isNeverSettled() {
        assertThat(promise.trySuccess()).isTrue();
        assertThat(promise.tryFailure(new IOException())).isTrue();
        assertThat(promise.setSuccess().isDone()).isFalse();
        assertThat(promise.trySuccess(null)).as("as if it were the first time").isTrue();
        assertThat(promise.cancel(true)).isFalse();
    }

    @Test
    void isVoidAndTakesNoListeners() {
        assertThat(promise).isInstanceOf(UnawaitedPromise.class);
        assertThat(promise.isVoid()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> promise.addListener(future -> {}));
    }

    @Test
    void remembersTheLastFailureUntilTheNextWrite() {
        IOException cause = new IOException("refused");
        promise.tryFailure(cause);
        assertThat(promise.failure()).isSameAs(cause);

        promise.forget();
        assertThat(promise.failure()).isNull();
    }

    @Test
    void whoWantsToWaitGetsAnotherOne() {
        assertThat(promise.unvoid()).isNotInstanceOf(UnawaitedPromise.class);
        assertThat(promise.unvoid().setSuccess().isSuccess()).isTrue();
    }
}
