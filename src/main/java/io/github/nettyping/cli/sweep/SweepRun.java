package io.github.nettyping.cli.sweep;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.checkpoint.Beginning;
import io.github.nettyping.cli.checkpoint.CheckpointKeeper;
import io.github.nettyping.cli.checkpoint.Ledger;
import io.github.nettyping.cli.checkpoint.ResumableOutput;
import io.github.nettyping.cli.checkpoint.SweepIdentity;
import io.github.nettyping.cli.checkpoint.SweepTally;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.output.WholeFile;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.cli.target.ReverseNames;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepListener;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One sweep of the command line: names resolved, then results to standard output or a file as they come, the summary to
 * standard error, an exit code. Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loops.
 */
public final class SweepRun {

    private final SweepPlan plan;
    private final SweepConsole console;
    private final PrintWriter err;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::breakOff);
    private final Optional<ReverseNames> names;
    private TargetOrder order;
    private Optional<SweepPicture> picture = Optional.empty();

    SweepRun(SweepPlan plan, SweepConsole console, PrintWriter err) {
        this.plan = plan;
        this.console = console;
        this.err = err;
        this.order = plan.order();
        // No method reference: that would load the class in every sweep.
        this.names = plan.names().map(limit -> new ReverseNames(limit));
    }

    /** Sweeps. Throws what says that this machine cannot or may not do it. */
    public ExitCode run() {
        interruption.install();
        console.install();
        try {
            // No method reference: that would load the class in every sweep.
            Optional<WholeFile> report = plan.report().map(path -> SweepPicture.checked(path));
            ResolvedTargets resolved = resolve();
            picture = report.map(file -> new SweepPicture(resolved, file));
            return plan.checkpoint().isEmpty()
                    ? begin(resolved)
                    : goOn(
                            resolved,
                            plan.output().orElseThrow(),
                            plan.checkpoint().get());
        } catch (UnusableException | FileFailure | UncheckedIOException e) {
            return failed(e);
        }
    }

    /** Says what {@link #run} would do. Names are resolved, for they say who is asked; no socket is opened. */
    ExitCode dryRun(PrintWriter out) {
        interruption.install();
        try {
            ResolvedTargets resolved = resolve();
            if (resolved.stopped()) {
                return ExitCode.UNANSWERED.orWorse(interruption.exitCode());
            }
            out.print(plan.view().forecast(new Forecast(order.of(resolved.targets()), order, plan.options())));
            out.flush();
            return resolved.exitCode();
        } catch (UnusableException e) {
            return failed(e);
        }
    }

    /** Prints whom {@link #run} would ask. Names are resolved; no socket is opened. */
    ExitCode list() {
        interruption.install();
        try {
            ResolvedTargets resolved = resolve();
            if (resolved.stopped()) {
                return ExitCode.UNANSWERED.orWorse(interruption.exitCode());
            }
            announceOrder();
            TargetList list = new TargetList(
                    order.of(resolved.targets()), resolved.names(), plan.view().format());
            Optional<IOException> failure = list.print(plan.output(), stop::isDone);
            ExitCode code = resolved.exitCode().orWorse(interruption.exitCode());
            return failure.isPresent() ? failed(failure.get()) : code;
        } catch (UnusableException | FileFailure e) {
            return failed(e);
        }
    }

    private ResolvedTargets resolve() {
        CompletableFuture<Void> enough = stop.copy();
        plan.namesLimit().ifPresent(limit -> completeAfter(enough, limit));
        return plan.targets().resolve(plan.family(), enough, complaint -> Complaints.print(err, complaint));
    }

    private static void completeAfter(CompletableFuture<Void> future, Duration time) {
        future.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ExitCode begin(ResolvedTargets resolved) throws FileFailure {
        announceOrder();
        Beginning beginning = Beginning.of(order.of(resolved.targets()), startedAt);
        if (plan.output().isEmpty()) {
            return run(resolved, beginning, console.past(new StandardOutput(), true), Optional.empty());
        }
        try (ResultFile file = ResultFile.create(plan.output().get())) {
            return run(resolved, beginning, console.past(file, false), Optional.empty());
        }
    }

    private ExitCode goOn(ResolvedTargets resolved, Path output, Path checkpoint) throws FileFailure {
        if (resolved.stopped() || resolved.targets().count() == 0) {
            // What there is must not be lost because names could not be resolved today.
            print(nothing(resolved.targets().count(), 0, resolved.stopped()), new SweepTally());
            return resolved.exitCode().orWorse(interruption.exitCode());
        }
        try (ResumableOutput files = ResumableOutput.open(output, checkpoint)) {
            order = order.goingOnFrom(files.seed());
            announceOrder();
            TargetSequence sequence = order.of(resolved.targets());
            SweepIdentity identity = SweepIdentity.of(
                    sequence, order, plan.view().format(), plan.view().shown(), files.output());
            Beginning beginning = files.begin(sequence, identity, startedAt);
            if (beginning.exitCode().isPresent()) {
                SweepTally tally = beginning.ledger().orElseThrow().tally();
                print(beginning.past().summary(nothing(sequence.count(), 0, false), tally.outcomes()), tally);
                return ExitCode.of(beginning.exitCode().getAsInt()).orWorse(interruption.exitCode());
            }
            beginning.announcement().ifPresent(line -> Complaints.print(err, line));
            CheckpointKeeper keeper = new CheckpointKeeper(
                    files.file(), files.store(), identity, plan.view().command(), beginning, this::stop);
            try {
                return run(resolved, beginning, console.past(files.file(), false), Optional.of(keeper));
            } finally {
                keeper.end();
            }
        }
    }

    private void announceOrder() {
        order.announcement().ifPresent(line -> Complaints.print(err, line));
    }

    private ExitCode run(
            ResolvedTargets resolved, Beginning beginning, Output.Sink out, Optional<CheckpointKeeper> keeper)
            throws FileFailure {
        EventLoopGroup group = IcmpEventLoops.newGroup(plan.options().loops(), "sweep");
        try {
            SweepResults results = new SweepResults(
                    plan.view(),
                    resolved.names(),
                    names,
                    out,
                    group,
                    this::newPicturePart,
                    this::breakOff,
                    beginning.ledger());
            if (beginning.first()) {
                results.writeHeader();
            }
            long targets = beginning.targets().count();
            boolean over = resolved.stopped()
                    || targets == 0
                    || hasEnough(beginning.replies())
                    || results.outputFailure().isPresent();
            SweepSummary part = over
                    ? nothing(targets, System.nanoTime() - startedNanos, resolved.stopped())
                    : sweep(beginning, group, results, keeper);
            return end(part, beginning, results, keeper, resolved.exitCode());
        } catch (CompletionException e) {
            return failed(e);
        } finally {
            names.ifPresent(ReverseNames::close);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private Consumer<ProbeOutcome> newPicturePart() {
        return picture.isPresent() ? picture.get().newPart() : outcome -> {};
    }

    private SweepSummary nothing(long targets, long elapsedNanos, boolean stopped) {
        return new SweepSummary(
                targets,
                CorrelatorStatistics.EMPTY,
                0,
                List.of(),
                Set.of(),
                plan.options().maxInFlight(),
                plan.options().loops(),
                startedAt,
                elapsedNanos,
                stopped);
    }

    /** Sends probes until the sweep has ended, or throws what broke it off; then all results are written. */
    private SweepSummary sweep(
            Beginning beginning, EventLoopGroup group, SweepResults results, Optional<CheckpointKeeper> keeper)
            throws FileFailure {
        if (keeper.isPresent()) {
            keeper.get().saveFirst();
        }
        RouteNotes.of(beginning.targets(), plan.options().rate()).forEach(note -> Complaints.print(err, note));
        Sweep sweep = Sweep.start(group, beginning.targets(), plan.options(), listener(results, beginning.replies()));
        stop.thenRun(sweep::stop);
        plan.deadline().ifPresent(limit -> sweep.begun().thenRun(() -> completeAfter(stop, limit)));
        console.begin(plan.options(), () -> soFar(sweep, beginning, results), results::roundTripsSoFar, order.seed());
        keeper.ifPresent(thread -> thread.start(() -> sweep.soFar().join()));
        try {
            SweepSummary summary = sweep.completion().join();
            results.flush();
            console.end();
            return summary;
        } catch (CompletionException e) {
            results.flush();
            console.end();
            SweepSummary soFar = sweep.soFar().join();
            keeper.ifPresent(thread -> thread.finish(soFar, OptionalInt.empty()));
            throw e;
        }
    }

    private SweepListener listener(SweepResults results, long repliesBefore) {
        return plan.maxAlive().isPresent()
                ? new AliveLimit(plan.maxAlive().getAsLong() - repliesBefore, results::onOutcome, this::stop)
                : results::onOutcome;
    }

    private boolean hasEnough(long replies) {
        return plan.maxAlive().isPresent() && replies >= plan.maxAlive().getAsLong();
    }

    /** Returns the state of all parts of the sweep together. */
    private static CompletableFuture<SweepSummary> soFar(Sweep sweep, Beginning beginning, SweepResults results) {
        CompletableFuture<SweepSummary> part = sweep.soFar();
        return beginning.ledger().isEmpty()
                ? part
                : part.thenApply(now ->
                        beginning.past().summary(now, results.tallySoFar().outcomes()));
    }

    private ExitCode failed(Throwable failure) {
        return Complaints.failed(err, failure).orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    /** Also waits for no name any more. */
    private void breakOff() {
        names.ifPresent(ReverseNames::close);
        stop();
    }

    private ExitCode end(
            SweepSummary part,
            Beginning beginning,
            SweepResults results,
            Optional<CheckpointKeeper> keeper,
            ExitCode resolved) {
        SweepTally tally = results.tally();
        SweepSummary whole = beginning.past().summary(part, tally.outcomes());
        ExitCode code = code(whole, resolved);
        boolean finished = beginning.ledger().map(Ledger::isComplete).orElse(false);
        Optional<Throwable> unsaved = keeper.flatMap(
                thread -> thread.finish(part, finished ? OptionalInt.of(code.code()) : OptionalInt.empty()));
        if (results.failure().isPresent()) {
            return failed(results.failure().get());
        }
        Optional<IOException> unwritten = interruption.unlessBySignal(results.outputFailure());
        if (unwritten.isPresent()) {
            ExitCode failed = failed(unwritten.get());
            // A signal has its summary all the same: it may be what ended the reader of a pipe named by --output.
            if (!interruption.isSignalled()) {
                return failed;
            }
        }
        if (unsaved.isPresent()) {
            return failed(unsaved.get());
        }
        noteUnknownNames();
        console.hint(whole, plan.options(), results.clues());
        interruption.lastWords(() -> summary(whole, tally));
        ExitCode drawn = draw(whole, tally);
        print(whole, tally);
        return code.orWorse(drawn).orWorse(interruption.exitCode());
    }

    /** If enough of them answered, nobody cares for the others, found or not. */
    private ExitCode code(SweepSummary summary, ExitCode resolved) {
        if (plan.atLeast().isPresent()) {
            boolean enough =
                    summary.statistics().outcomes().replied() >= plan.atLeast().getAsLong();
            return enough ? ExitCode.OK : ExitCode.UNANSWERED;
        }
        return resolved.orWorse(allAnswered(summary) ? ExitCode.OK : ExitCode.UNANSWERED);
    }

    private void noteUnknownNames() {
        long unknown = names.map(ReverseNames::unknown).orElse(0L);
        if (unknown > 0 && interruption.exitCode() == ExitCode.OK) {
            Complaints.print(
                    err,
                    unknown + (unknown == 1 ? " name was" : " names were")
                            + " not found in time; raise --names-timeout, or ask for fewer at once by --rate");
        }
    }

    /** Whoever wants but some of the targets asks only about those that are finished. */
    private boolean allAnswered(SweepSummary summary) {
        CorrelatorStatistics.Outcomes outcomes = summary.statistics().outcomes();
        boolean some = order.limit().isPresent() || plan.maxAlive().isPresent();
        long asked = some ? Math.max(1, outcomes.total()) : summary.targets();
        return outcomes.replied() == asked;
    }

    private ExitCode draw(SweepSummary summary, SweepTally tally) {
        try {
            picture.ifPresent(map -> map.write(plan.view().report(summary, tally.roundTrips(), order.seed())));
            return ExitCode.OK;
        } catch (UncheckedIOException e) {
            // What was found is shown all the same.
            return failed(e);
        }
    }

    private void print(SweepSummary summary, SweepTally tally) {
        err.print(summary(summary, tally));
        err.flush();
    }

    private String summary(SweepSummary summary, SweepTally tally) {
        return plan.view().summary(summary, tally.roundTrips(), order.seed());
    }
}
