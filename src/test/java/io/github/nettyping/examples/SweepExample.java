package io.github.nettyping.examples;

import io.github.nettyping.probe.Replied;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;

/** Which hosts of a network answer. */
final class SweepExample {

    private SweepExample() {}

    static SweepSummary run(EventLoopGroup group, Consumer<String> alive) {
        // tag::sweep
        Targets targets = Targets.parse("127.0.0.0/24");
        SweepOptions options = SweepOptions.builder().probesPerSecond(20_000).build();
        Sweep sweep = Sweep.start(group, targets, options, outcome -> {
            if (outcome instanceof Replied reply) {
                alive.accept(reply.from() + " " + reply.rttNanos() / 1000 + " us");
            }
        });
        SweepSummary summary = sweep.completion().join();
        // end::sweep
        return summary;
    }
}
