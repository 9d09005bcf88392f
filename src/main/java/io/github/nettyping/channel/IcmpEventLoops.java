package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.CallRefusal;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Makes event loops that ICMP channels can be registered with, for programs that have none of their own. Safe for use
 * by many threads.
 */
public final class IcmpEventLoops {

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
            return new MultiThreadIoEventLoopGroup(
                    threads, new DefaultThreadFactory(name), EpollReadiness.handlerFactory());
        } catch (IllegalStateException e) {
            throw new ChannelException("event loops, " + threads + " wanted: " + CallRefusal.of(e), e);
        }
    }
}
