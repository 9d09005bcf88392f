package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownWatchTest {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
    private final ShutdownWatch watch = new ShutdownWatch();
    private final List<String> seen = new ArrayList<>();

    private void shutDown() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        for (int turn = 0; turn < 100 && !loop.isTerminated(); turn++) {
            ticker.advance(1, TimeUnit.MILLISECONDS);
            loop.runNow();
        }
        assertThat(loop.isTerminated()).isTrue();
    }

    @Test
    void seesAShutdownOnceWhileTasksStillRun() {
        watch.watch(loop, () -> loop.execute(() -> seen.add("shutdown")));
        assertThat(seen).isEmpty();
        shutDown();

        assertThat(seen).containsExactly("shutdown");
    }

    @Test
    void seesNothingOnceStopped() {
        watch.watch(loop, () -> seen.add("shutdown"));
        watch.stop();
        watch.stop();
        shutDown();

        assertThat(seen).isEmpty();
    }

    @Test
    void aClosedChannelLeavesNothingInItsEventLoop() {
        ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW);
        on.close();
        on.ticker.advance(200 * 365L, TimeUnit.DAYS);

        assertThat(on.run()).as("tasks that are due in two hundred years").isZero();
    }
}
