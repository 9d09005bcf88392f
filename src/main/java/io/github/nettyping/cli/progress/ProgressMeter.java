package io.github.nettyping.cli.progress;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.sweep.SweepSummary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Makes of the state of a sweep, told again and again, how fast it is and how long it will take. Confined to one thread.
 *
 * <p><b>The time left</b> is that for the targets not asked yet, at the speed at which verdicts came in the last seconds, and
 * that from the last question to the last verdict: the whole wait of a silent target once one was silent, or else as long
 * as verdicts take on average.
 */
public final class ProgressMeter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Verdicts of a shorter time say little of the rest. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Sample(long nanos, long probes, long finished) {}

    private final long longestWaitNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private OptionalLong allAskedNanos = OptionalLong.empty();

    /** {@code longestWaitNanos}: from the first try to the verdict on a silent target. */
    public ProgressMeter(long longestWaitNanos) {
        this.longestWaitNanos = longestWaitNanos;
    }

    public static long longestWaitNanos(ProbeOptions options) {
        long sum = 0;
        for (int attempt = 1; attempt <= options.attempts(); attempt++) {
            sum += options.timeoutNanos(attempt);
        }
        return sum;
    }

    /** Takes the state at a moment, later than the last one. */
    public ProgressText.Figures add(long nowNanos, SweepSummary soFar) {
        CorrelatorStatistics statistics = soFar.statistics();
        CorrelatorStatistics.Outcomes outcomes = statistics.outcomes();
        long finished = outcomes.total();
        Sample now = new Sample(nowNanos, statistics.probesSent(), finished);
        // The oldest that stays is the last one beyond the window, so that there is always a distance to measure.
        while (samples.size() > 1 && nowNanos - second().nanos() >= WINDOW_NANOS) {
            samples.removeFirst();
        }
        samples.add(now);
        long sent = Math.min(soFar.targets(), statistics.probesSent() - statistics.furtherTries());
        // What the kernel refused at once was never sent.
        long asked = Math.max(finished, Math.min(soFar.targets(), sent + outcomes.notSent()));
        return new ProgressText.Figures(
                finished,
                soFar.targets(),
                probesPerSecond(now),
                outcomes.replied(),
                outcomes.timedOut(),
                soFar.localDrops(),
                secondsLeft(now, soFar.targets() - asked, asked - finished, finished > outcomes.replied()));
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    /** Returns the speed since the first probes of the window: before them, sockets were opened. */
    private OptionalDouble probesPerSecond(Sample now) {
        return samples.stream()
                .filter(sample -> sample.probes() > 0)
                .findFirst()
                .map(first -> perSecond(now.probes() - first.probes(), now.nanos() - first.nanos()))
                .orElseGet(OptionalDouble::empty);
    }

    private static OptionalDouble perSecond(long count, long nanos) {
        return nanos > 0 ? OptionalDouble.of(count * 1e9 / nanos) : OptionalDouble.empty();
    }

    private OptionalLong secondsLeft(Sample now, long unasked, long waiting, boolean silence) {
        if (unasked > 0) {
            allAskedNanos = OptionalLong.empty();
        } else if (allAskedNanos.isEmpty()) {
            allAskedNanos = OptionalLong.of(now.nanos());
        }
        if (unasked + waiting == 0) {
            return OptionalLong.of(0);
        }
        double verdicts = verdictsPerSecond(now).orElse(0);
        if (verdicts == 0 && (unasked > 0 || !silence)) {
            return OptionalLong.empty();
        }
        double asking = unasked == 0 ? 0 : unasked / verdicts;
        double seconds = asking + (silence ? silentWait(now) : waiting / verdicts);
        return OptionalLong.of((long) Math.ceil(seconds));
    }

    /** Returns how long the last silent target will be waited for, after it has been asked. */
    private double silentWait(Sample now) {
        long waited = allAskedNanos.isEmpty() ? 0 : now.nanos() - allAskedNanos.getAsLong();
        return Math.max(0, longestWaitNanos - waited) / 1e9;
    }

    /** Returns the speed since the first verdicts of the window, for before them nothing could be known. */
    private OptionalDouble verdictsPerSecond(Sample now) {
        Optional<Sample> first =
                samples.stream().filter(sample -> sample.finished() > 0).findFirst();
        if (first.isEmpty() || now.nanos() - first.get().nanos() < LEAST_NANOS) {
            return OptionalDouble.empty();
        }
        return perSecond(
                now.finished() - first.get().finished(),
                now.nanos() - first.get().nanos());
    }
}
