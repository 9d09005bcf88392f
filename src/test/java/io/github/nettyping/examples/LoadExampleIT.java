package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.testing.RequiresRawSockets;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@RequiresRawSockets
class LoadExampleIT {

    @Test
    void tellsHowLongRepliesTake() {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "example");
        try {
            List<OptionalLong> percentiles = new ArrayList<>();
            LoadSummary summary = LoadExample.run(group, percentiles::add);

            assertThat(summary.counts().sent()).isEqualTo(1_000);
            assertThat(percentiles).singleElement().matches(OptionalLong::isPresent);
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
