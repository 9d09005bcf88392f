package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.CallRefusal;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes event loops that ICMP channels can be registered with, for programs that have none of their own. Safe for use
 * by many threads.
 */
public final class IcmpEventLoops {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(IcmpEventLoops.class);

    private IcmpEventLoops() {}

    /**
     * {@return event loops on threads of their own} The caller shuts them down; their threads keep the JVM alive.
     *
     * @param threads how many, 1 or more
     * @param name    what the threads' names begin with
     * @throws IllegalArgumentException      if {@code threads} is less than 1
     * @throws ChannelException              if the kernel refuses one of them the descriptors it needs
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all; the message says why
     */
    public static EventLoopGroup newGroup(int threads, String name) {
        if (threads < 1) {
            // Netty would read 0 as "twice the number of processors".
            throw new IllegalArgumentException("threads: " + threads + " (expected: 1 or more)");
        }
        Icmp.transport();
        try {
            return new Group(threads, name);
        } catch (IllegalStateException e) {
            throw new ChannelException("event loops, " + threads + " wanted: " + CallRefusal.of(e), e);
        }
    }

    private static final class Group extends MultiThreadIoEventLoopGroup {

        Group(int threads, String name) {
            super(threads, new DefaultThreadFactory(name), EpollReadiness.handlerFactory());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... none) {
            return new Loop(this, executor, handlers);
        }
    }

    /**
     * An event loop that logs what its timers throw, as Netty's does with its other tasks. Netty keeps it in the timer's
     * future, at which nobody looks: lack of memory would be lost, and whoever waits for what the timer was to do would wait
     * for ever.
     */
    private static final class Loop extends SingleThreadIoEventLoop {

        Loop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
            super(parent, executor, handlers);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (Throwable t) {
                            LOGGER.warn("The task of a timer failed.", t);
                            throw t;
                        }
                    },
                    delay,
                    unit);
        }
    }
}
