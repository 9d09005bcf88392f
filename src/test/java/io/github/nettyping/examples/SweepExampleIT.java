package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.testing.RequiresRawSockets;
import io.netty.channel.EventLoopGroup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@RequiresRawSockets
class SweepExampleIT {

    @Test
    void findsEveryHostOfTheNetwork() {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "example");
        try {
            Queue<String> alive = new ConcurrentLinkedQueue<>();
            SweepSummary summary = SweepExample.run(group, alive::add);

            assertThat(alive).hasSize(254).allMatch(line -> line.matches("127\\.0\\.0\\.[0-9]+ [0-9]+ us"));
            assertThat(summary.statistics().replies()).isEqualTo(254);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
