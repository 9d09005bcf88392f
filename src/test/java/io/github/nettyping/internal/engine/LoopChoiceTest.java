package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoopChoiceTest {

    private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(3, LocalIoHandler.newFactory());

    @AfterAll
    static void close() {
        GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void takesEachLoopOnceBeginningWithTheNext() {
        EventLoop before = GROUP.next();
        List<EventLoop> loops = LoopChoice.next(GROUP, 3);

        assertThat(loops).hasSize(3).doesNotHaveDuplicates().endsWith(before);
        assertThat(LoopChoice.next(GROUP, 2)).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aSingleLoopIsAGroupOfOne() {
        EventLoop loop = GROUP.next();

        assertThat(LoopChoice.next(loop, 1)).containsExactly(loop);
        assertThatThrownBy(() -> LoopChoice.next(loop, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGroupWithTooFewSaysHowManyAreNeeded() {
        assertThatThrownBy(() -> LoopChoice.next(GROUP, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loops: 4 (expected: at most 3, as many as the group has; make it with 4 threads or more)");
    }
}
