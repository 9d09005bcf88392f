package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Signals;
import io.github.nettyping.cli.output.Terminal;
import io.github.nettyping.cli.progress.Progress;
import io.github.nettyping.cli.progress.ProgressLine;
import io.github.nettyping.cli.progress.ProgressMeter;
import io.github.nettyping.cli.progress.ProgressPlace;
import io.github.nettyping.cli.progress.ProgressText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What standard error has of a sweep beside complaints and the summary: progress, the state when SIGUSR1 asks for it, a
 * hint when nobody answered. For the thread of the run; signals come on threads of their own.
 */
final class SweepConsole {

    /** What a running sweep can be asked. */
    private record Running(
            Supplier<CompletableFuture<SweepSummary>> soFar, Supplier<Distribution> roundTrips, OptionalLong seed) {}

    private final SweepView view;
    private final ProgressPlace place;
    private final PrintWriter err;
    private volatile @Nullable Running running;
    private volatile @Nullable ProgressLine line;
    private Optional<Progress> progress = Optional.empty();

    SweepConsole(SweepView view, ProgressPlace place, PrintWriter err) {
        this.view = view;
        this.place = place;
        this.err = err;
    }

    /** Takes SIGUSR1, which would end the process. */
    void install() {
        Signals.handle("USR1", this::printState);
    }

    /** Returns a way for results that keeps the progress out of them. */
    Output.Sink past(Output.Sink results, boolean toStandardOutput) {
        ProgressLine made = place.line(err, results);
        line = made;
        // Where results go elsewhere they need not wait for the line; and a checkpoint needs the monitor of its file,
        // not of a
        // way to it.
        return place.terminal() && toStandardOutput && Terminal.is(Terminal.STANDARD_OUTPUT) ? made : results;
    }

    /**
     * Shows what goes on from now on; {@link #past} comes before.
     *
     * @param roundTrips those until now, in any thread
     * @param seed       of the random order, empty if it is none
     */
    void begin(
            SweepOptions options,
            Supplier<CompletableFuture<SweepSummary>> soFar,
            Supplier<Distribution> roundTrips,
            OptionalLong seed) {
        running = new Running(soFar, roundTrips, seed);
        ProgressLine current = line;
        if (current == null) {
            return;
        }
        ProgressMeter meter = new ProgressMeter(ProgressMeter.longestWaitNanos(options.probe()));
        progress = place.start(
                current, () -> meter.add(System.nanoTime(), soFar.get().join()));
    }

    /** Shows nothing more, and leaves no trace of the line. */
    void end() {
        progress.ifPresent(Progress::close);
        ProgressLine last = line;
        if (last != null) {
            last.end();
        }
    }

    void hint(SweepSummary summary, SweepOptions options, SweepClues clues) {
        if (SilenceHint.isDue(summary)) {
            Optional<IpAddress> source = clues.silent().flatMap(target -> SilenceHint.sourceTo(target, options));
            Complaints.print(err, SilenceHint.of(summary, options, clues, source));
        }
    }

    private void printState() {
        Running sweep = running;
        ProgressLine current = line;
        if (sweep == null || current == null) {
            Complaints.print(err, "nothing has been sent yet");
            return;
        }
        try {
            SweepSummary state = sweep.soFar().get().join();
            String text = head(state) + view.summary(state, sweep.roundTrips().get(), sweep.seed());
            current.aside(() -> {
                err.print(text);
                err.flush();
            });
        } catch (CompletionException | CancellationException | RejectedExecutionException e) {
            // It has ended meanwhile, and its summary says more.
        }
    }

    /** The text of a summary does not tell how many verdicts there are; programs add them up. */
    private String head(SweepSummary state) {
        if (view.summary() != SummaryForm.TEXT) {
            return "";
        }
        long finished = state.statistics().outcomes().total();
        return "so far, " + finished + " of " + state.targets() + " targets have a verdict ("
                + ProgressText.percent(finished, state.targets()) + "):\n";
    }
}
