package io.github.nettyping.bench;

import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Round trips per second of whole sweeps, on one event loop or several.
 *
 * <pre>LoopRoundTrips FIRST raw|dgram LOOPS [ROUNDS [COUNT]]</pre>
 *
 * <p>Sweeps COUNT addresses from FIRST on, ROUNDS times in one process, and prints one line a round. To be compared with as
 * many processes of {@code limit.c} at once.
 */
public final class LoopRoundTrips {

    private LoopRoundTrips() {}

    /** Runs as the class comment says. */
    public static void main(String[] args) throws Exception {
        if (args.length < 3) {
            System.err.println("usage: LoopRoundTrips FIRST raw|dgram LOOPS [ROUNDS [COUNT]]");
            System.exit(2);
        }
        int loops = Integer.parseInt(args[2]);
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        int count = args.length > 4 ? Integer.parseInt(args[4]) : 1_000_000;
        Targets targets = Targets.builder()
                .allAddresses(true)
                .limit(count)
                .add(args[0] + "/8")
                .build();
        SweepOptions options = SweepOptions.builder()
                .probe(ProbeOptions.builder().attempts(1).build())
                .socketPolicy(args[1].equals("raw") ? SocketPolicy.RAW : SocketPolicy.DGRAM)
                .loops(loops)
                .build();
        EventLoopGroup group = IcmpEventLoops.newGroup(loops, "bench");
        for (int round = 1; round <= rounds; round++) {
            SweepSummary summary = Sweep.start(group, targets, options, outcome -> {})
                    .completion()
                    .get(60, TimeUnit.SECONDS);
            System.out.printf(
                    Locale.ROOT,
                    "%s %d loops, round %d: answered %d of %d, %.0f round trips/s, %d drops%n",
                    args[1],
                    loops,
                    round,
                    summary.statistics().replies(),
                    summary.targets(),
                    summary.roundTripsPerSecond().orElse(0),
                    summary.localDrops());
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
}
