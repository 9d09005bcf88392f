package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.checkpoint.Ledger;
import io.github.nettyping.cli.checkpoint.SweepTally;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.target.ReverseNames;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.Distribution;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a sweep on their way to an output. Each event loop formats its own lines and counts its own verdicts, and
 * meets the others only where whole lines are written: formatting is a good part of the work, and behind one lock the loops
 * would do it in turns. So lines are in order of arrival for each loop, and those of another may come up to
 * {@value #FLUSH_MILLIS} ms later.
 *
 * <p>{@link #onOutcome} is for the event loops; but for {@code …SoFar}, the other methods are for one thread, after
 * the end of the sweep.
 */
public final class SweepResults {

    /** Lines are promised within 100 ms. */
    private static final long FLUSH_MILLIS = 50;

    private final SweepView view;
    private final Map<IpAddress, String> names;
    private final Optional<ReverseNames> reverse;
    private final Output.Sink sink;
    private final Iterable<EventExecutor> loops;
    private final Supplier<Consumer<ProbeOutcome>> pictures;
    private final Runnable stop;
    private final Optional<Ledger> ledger;
    private final Output header;
    private final List<Part> parts = new ArrayList<>();
    private final FastThreadLocal<Part> ownPart = new FastThreadLocal<>() {
        @Override
        protected Part initialValue() {
            return newPart();
        }
    };

    /**
     * Creates an empty collection.
     *
     * @param names names as typed of the targets that have one
     * @param reverse names of the other targets, if somebody wants them
     * @param sink  where lines go; one thread at a time calls it
     * @param pictures for each of them what takes its results as well
     * @param stop  ends the sweep, for nothing more can be written
     * @param ledger of the targets that stand in the output, if somebody wants to know
     */
    public SweepResults(
            SweepView view,
            Map<IpAddress, String> names,
            Optional<ReverseNames> reverse,
            Output.Sink sink,
            Iterable<EventExecutor> loops,
            Supplier<Consumer<ProbeOutcome>> pictures,
            Runnable stop,
            Optional<Ledger> ledger) {
        this.view = view;
        this.names = names;
        this.reverse = reverse;
        this.sink = sink;
        this.loops = loops;
        this.pictures = pictures;
        this.stop = stop;
        this.ledger = ledger;
        this.header = new Output(sink, later -> {}, stop);
    }

    /** Writes what comes before all results; before the sweep begins. */
    void writeHeader() {
        view.writeHeader(header);
        header.flush();
    }

    /** What one event loop has. Confined to it, and to whoever comes after the end. */
    private final class Part {

        private final EventExecutor loop;
        private final Output output;
        private final ResultFormat format;
        private final FirstFailure failures = new FirstFailure(stop);
        private final SweepTally tally = new SweepTally();
        private final Ledger.@Nullable Entries entries;
        private final SweepClues clues = new SweepClues();
        private final Consumer<ProbeOutcome> picture = pictures.get();
        private final NamedLines lines;

        Part(EventExecutor loop) {
            Ledger.Entries own = ledger.isPresent() ? ledger.get().new Entries() : null;
            this.loop = loop;
            this.entries = own;
            this.output = new Output(
                    sink,
                    task -> loop.schedule(task, FLUSH_MILLIS, TimeUnit.MILLISECONDS),
                    stop,
                    own == null ? () -> {} : own::enter);
            this.format = view.format(output);
            this.lines = new NamedLines(loop, (outcome, name) -> failures.run(() -> write(outcome, name)));
        }

        void onOutcome(ProbeOutcome outcome) {
            if (!(outcome instanceof Replied)) {
                clues.record(outcome);
            }
            picture.accept(outcome);
            if (!view.shows(outcome)) {
                count(outcome);
                return;
            }
            IpAddress target = outcome.probe().target();
            String typed = names.get(target);
            if (reverse.isEmpty()) {
                write(outcome, typed);
            } else {
                lines.add(
                        outcome,
                        typed == null
                                ? reverse.get().of(target)
                                : CompletableFuture.completedFuture(Optional.of(typed)));
            }
        }

        private void write(ProbeOutcome outcome, @Nullable String name) {
            format.write(outcome, name);
            count(outcome);
        }

        private void count(ProbeOutcome outcome) {
            if (entries == null) {
                tally.count(outcome);
            } else {
                enter(outcome, entries);
            }
        }

        private void enter(ProbeOutcome outcome, Ledger.Entries own) {
            if (output.failure().isPresent()) {
                return;
            }
            own.add(outcome);
            if (own.isFull()) {
                output.flush();
            } else {
                // Also without a line.
                output.flushSoon();
            }
        }
    }

    private Part newPart() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                Part part = new Part(loop);
                synchronized (parts) {
                    parts.add(part);
                }
                return part;
            }
        }
        throw new IllegalStateException("on no event loop of the sweep: " + Thread.currentThread());
    }

    /** Takes a result; on the event loop it comes from. */
    public void onOutcome(ProbeOutcome outcome) {
        Part part = ownPart.get();
        part.failures.run(() -> part.onOutcome(outcome));
    }

    private List<Part> parts() {
        synchronized (parts) {
            return List.copyOf(parts);
        }
    }

    /** Waits for the names that results wait for, and writes everything. */
    public void flush() {
        for (Part part : parts()) {
            if (reverse.isPresent()) {
                part.loop
                        .submit(part.lines::empty)
                        .syncUninterruptibly()
                        .getNow()
                        .join();
            }
            part.loop.submit(part.output::flush).syncUninterruptibly();
        }
    }

    public Optional<Throwable> failure() {
        return parts().stream()
                .flatMap(part -> part.failures.failure().stream())
                .findFirst();
    }

    public Optional<IOException> outputFailure() {
        return Stream.concat(Stream.of(header), parts().stream().map(part -> part.output))
                .flatMap(output -> output.failure().stream())
                .findFirst();
    }

    public SweepTally tally() {
        if (ledger.isPresent()) {
            return ledger.get().tally();
        }
        SweepTally all = new SweepTally();
        parts().forEach(part -> all.add(part.tally));
        return all;
    }

    /** Returns what the ledger says now, which there must be; in any thread. */
    SweepTally tallySoFar() {
        synchronized (sink) {
            return ledger.orElseThrow().tally().copy();
        }
    }

    /** Returns the round trips of the replies until now, while the event loops run; in any other thread. */
    Distribution roundTripsSoFar() {
        if (ledger.isPresent()) {
            return tallySoFar().roundTrips();
        }
        SweepTally all = new SweepTally();
        parts().forEach(part -> part.loop.submit(() -> all.add(part.tally)).syncUninterruptibly());
        return all.roundTrips();
    }

    SweepClues clues() {
        return SweepClues.of(parts().stream().map(part -> part.clues));
    }
}
