package io.github.nettyping.examples;

import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;

/** The example of the README. */
final class SweepExample {

    private SweepExample() {}

    static SweepSummary run() {
        // README begin
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Sweep sweep = Sweep.start(
                group, Targets.parse("127.0.0.0/24"), SweepOptions.builder().build(), outcome -> {
                    if (outcome instanceof Replied reply) {
                        System.out.println(reply.from() + " " + reply.rttNanos() / 1000 + " us");
                    }
                });
        SweepSummary summary = sweep.completion().join();
        // README end
        group.shutdownGracefully();
        return summary;
    }
}
