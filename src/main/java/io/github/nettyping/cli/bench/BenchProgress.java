package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.progress.Progress;
import io.github.nettyping.cli.progress.ProgressLine;
import io.github.nettyping.cli.progress.ProgressPlace;
import io.github.nettyping.cli.progress.ProgressText;
import io.github.nettyping.load.LoadListener;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * How far a benchmark is, on standard error. Of a search, each trial leaves a line. Safe for use by many threads, but begun
 * by one.
 */
final class BenchProgress implements AutoCloseable {

    private final ProgressPlace place;
    private final ProgressLine line;
    private final PrintWriter err;
    private final LongAdder replies = new LongAdder();
    private final LongAdder others = new LongAdder();
    private Optional<Progress> shown = Optional.empty();
    private final AtomicInteger trials = new AtomicInteger();
    private volatile long trialNanos;

    BenchProgress(ProgressPlace place, PrintWriter err) {
        this.place = place;
        this.err = err;
        // Results do not pass by.
        this.line = place.line(err, (bytes, position, limit) -> limit - position);
    }

    /** Returns who counts what is shown; nobody does if nothing is. */
    LoadListener listener() {
        return place.shown()
                ? (outcome, lag) -> (outcome.kind() == ProbeOutcome.Kind.REPLIED ? replies : others).increment()
                : LoadListener.NONE;
    }

    /** Shows a load that begins now. */
    void begin(LoadOptions options) {
        long began = System.nanoTime();
        shown = place.start(line, () -> load(options, System.nanoTime() - began, replies.sum(), others.sum()));
    }

    /** Shows a search that begins now. */
    void beginSearch() {
        trialNanos = System.nanoTime();
        shown = place.start(
                line,
                () -> columns -> ProgressText.fit(
                        List.of(
                                new ProgressText.Part(0, "trial " + (trials.get() + 1)),
                                new ProgressText.Part(1, seconds(System.nanoTime() - trialNanos))),
                        columns));
    }

    /** Prints the line about a trial that is over. */
    void trial(String text) {
        line.aside(() -> {
            err.println(text);
            err.flush();
        });
        trials.incrementAndGet();
        trialNanos = System.nanoTime();
    }

    static IntFunction<String> load(LoadOptions options, long nanos, long replies, long others) {
        long warmUp = options.warmUp().toNanos();
        long all = warmUp + options.duration().toNanos();
        long done = Math.min(nanos, all);
        List<ProgressText.Part> parts = new ArrayList<>();
        parts.add(new ProgressText.Part(1, seconds(done) + " of " + seconds(all)));
        parts.add(new ProgressText.Part(0, ProgressText.percent(done, all)));
        if (done < warmUp) {
            parts.add(new ProgressText.Part(2, "warming up"));
        } else {
            parts.add(new ProgressText.Part(2, replies + " replies"));
            parts.add(new ProgressText.Part(4, others + " lost"));
        }
        // After that, it waits for the last replies.
        parts.add(new ProgressText.Part(
                3, "ETA " + ProgressText.duration(TimeUnit.NANOSECONDS.toSeconds(all - done + 999_999_999))));
        return columns -> ProgressText.fit(parts, columns);
    }

    private static String seconds(long nanos) {
        return Numbers.decimal(nanos / 1e9, 1) + " s";
    }

    /** Shows nothing more, and leaves no trace of the line. */
    @Override
    public void close() {
        shown.ifPresent(Progress::close);
        line.end();
    }
}
