package io.github.nettyping.bench;

import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whole sweeps by the library, one try for each target, several in one process.
 *
 * <pre>Sweeps TARGETS TIMEOUT_MILLIS [ROUNDS]</pre>
 *
 * <p>Prints a line for each tenth of each sweep, so that one sees whether a long one keeps its pace and its memory, and
 * one at the end.
 */
public final class Sweeps {

    private static final int PARTS = 10;

    /** What the C reference asks for: room for replies to more probes than a /16 has hosts. */
    private static final int RECEIVE_BUFFER_BYTES = 64 << 20;

    private Sweeps() {}

    /** Runs as the class comment says. */
    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: Sweeps TARGETS TIMEOUT_MILLIS [ROUNDS]");
            System.exit(2);
        }
        Targets targets = Targets.builder().allAddresses(true).add(args[0]).build();
        SweepOptions options = SweepOptions.builder()
                .probe(ProbeOptions.builder()
                        .attempts(1)
                        .timeout(Duration.ofMillis(Long.parseLong(args[1])))
                        .build())
                .receiveBufferBytes(RECEIVE_BUFFER_BYTES)
                .build();
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        for (int round = 1; round <= rounds; round++) {
            Tenths tenths = new Tenths(targets.count());
            SweepSummary summary = Sweep.start(group, targets, options, tenths::count)
                    .completion()
                    .get();
            System.out.printf(
                    Locale.ROOT,
                    "sweep %d: alive %d of %d in %.3f s%n",
                    round,
                    tenths.alive,
                    targets.count(),
                    summary.elapsedNanos() / 1e9);
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    /** Counts verdicts and prints each tenth; on the event loop. */
    private static final class Tenths {

        private final long total;
        private long done;
        private int tenth;
        private long since = System.nanoTime();
        private long alive;

        private Tenths(long total) {
            this.total = total;
        }

        void count(ProbeOutcome outcome) {
            done++;
            alive += outcome instanceof Replied ? 1 : 0;
            if (done * PARTS >= (tenth + 1) * total) {
                long now = System.nanoTime();
                tenth++;
                System.out.printf(
                        Locale.ROOT,
                        "tenth %d: %.3f s, %d KiB resident%n",
                        tenth,
                        (now - since) / 1e9,
                        residentKibibytes());
                since = now;
            }
        }
    }

    /** {@code VmRSS} of proc(5): all memory of the process, heap, code and buffers. */
    private static long residentKibibytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read /proc/self/status", e);
        }
    }
}
