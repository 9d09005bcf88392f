package io.github.nettyping.channel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that an event loop shuts down, while its thread still runs. Confined to that event loop.
 *
 * <p>Netty tells the handles in the epoll set only if the shutdown began before a certain point of the loop's last turn
 * ({@code SingleThreadIoEventLoop.run}, 4.2.18): with a quiet period of 0, one that begins later leaves them open for ever.
 * But in every shutdown it first cancels all scheduled tasks. So we schedule one that is never due.
 */
final class ShutdownWatch {

    private static final long NEVER_DAYS = 100 * 365;

    private @Nullable Future<?> sentinel;

    /** Begins to watch an event loop; none is being watched. */
    void watch(EventLoop loop, Runnable onShutdown) {
        Future<?> scheduled = loop.schedule(() -> {}, NEVER_DAYS, TimeUnit.DAYS);
        sentinel = scheduled;
        scheduled.addListener(future -> {
            // Otherwise we have cancelled it ourselves.
            if (sentinel == scheduled) {
                sentinel = null;
                onShutdown.run();
            }
        });
    }

    /** Stops watching; may be called at any time. */
    void stop() {
        Future<?> scheduled = sentinel;
        if (scheduled != null) {
            sentinel = null;
            scheduled.cancel(false);
        }
    }
}
