package io.github.nettyping.examples;

import io.github.nettyping.load.Load;
import io.github.nettyping.load.LoadListener;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** How long replies take at a rate. */
final class LoadExample {

    private LoadExample() {}

    static LoadSummary run(EventLoopGroup group, Consumer<OptionalLong> percentile) {
        // tag::load
        Targets targets = Targets.parse("127.0.0.1");
        LoadOptions options = LoadOptions.builder()
                .probesPerSecond(2_000)
                .warmUp(Duration.ofMillis(200))
                .duration(Duration.ofMillis(500))
                .build();
        Load load = Load.start(group, targets, options, LoadListener.NONE);
        LoadSummary summary = load.completion().join();
        OptionalLong p99 = summary.latencies().percentileNanos(99);
        // end::load
        percentile.accept(p99);
        return summary;
    }
}
