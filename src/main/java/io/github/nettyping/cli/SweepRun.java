package io.github.nettyping.cli;

import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One sweep of the command line: names resolved, then results to standard output or a file as they come, the summary to
 * standard error, an exit code. Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loops.
 */
final class SweepRun {

    private static final int STANDARD_OUTPUT = 1;

    private final TypedTargets targets;
    private final Optional<IpFamily> family;
    private final SweepOptions options;
    private final SweepView view;
    private final OutputChoice output;
    private final PrintWriter err;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);

    /**
     * Creates a run.
     *
     * @param family the only family names are resolved to, empty for both
     * @param output where results go
     */
    SweepRun(
            TypedTargets targets,
            Optional<IpFamily> family,
            SweepOptions options,
            SweepView view,
            OutputChoice output,
            PrintWriter err) {
        this.targets = targets;
        this.family = family;
        this.options = options;
        this.view = view;
        this.output = output;
        this.err = err;
    }

    /**
     * Sweeps.
     *
     * @throws UnsupportedOperationException if this machine cannot do it
     * @throws io.github.nettyping.channel.IcmpUnavailableException if it does not permit it
     */
    ExitCode run() {
        interruption.install();
        try {
            ResolvedTargets resolved = resolve();
            if (output.checkpoint().isEmpty()) {
                return begin(resolved);
            }
            if (resolved.stopped() || resolved.targets().count() == 0) {
                // What there is must not be lost because names could not be resolved today.
                print(nothing(resolved.targets().count(), 0, resolved.stopped()), new SweepTally());
                return names(resolved).orWorse(interruption.exitCode());
            }
            return resume(
                    resolved, output.file().orElseThrow(), output.checkpoint().get());
        } catch (UnusableTargetsException | UnfitCheckpointException e) {
            Complaints.print(err, String.valueOf(e.getMessage()));
            return ExitCode.USAGE.orWorse(interruption.exitCode());
        } catch (FileFailure e) {
            return failed(e);
        }
    }

    private ExitCode begin(ResolvedTargets resolved) throws FileFailure {
        Beginning beginning = Beginning.of(TargetSequence.of(resolved.targets()), startedAt);
        if (output.file().isEmpty()) {
            return run(resolved, beginning, new StandardOutput(new FileDescriptor(STANDARD_OUTPUT)), Optional.empty());
        }
        try (ResultFile file = ResultFile.create(output.file().get())) {
            return run(resolved, beginning, file, Optional.empty());
        }
    }

    private ExitCode resume(ResolvedTargets resolved, Path file, Path checkpoint)
            throws FileFailure, UnfitCheckpointException {
        try (ResumableOutput files = ResumableOutput.open(file, checkpoint)) {
            TargetSequence sequence = TargetSequence.of(resolved.targets());
            SweepIdentity identity = SweepIdentity.of(
                    sequence, OptionalLong.empty(), Shard.WHOLE, OptionalLong.empty(), view, files.output());
            Beginning beginning = files.begin(sequence, identity, startedAt);
            if (beginning.exitCode().isPresent()) {
                SweepTally tally = beginning.ledger().orElseThrow().tally();
                print(beginning.past().summary(nothing(sequence.count(), 0, false), tally.outcomes()), tally);
                return ExitCode.of(beginning.exitCode().getAsInt()).orWorse(interruption.exitCode());
            }
            beginning.announcement().ifPresent(line -> Complaints.print(err, line));
            CheckpointKeeper keeper =
                    new CheckpointKeeper(files.sink(), files.store(), identity, view.command(), beginning, this::stop);
            try {
                return run(resolved, beginning, files.sink(), Optional.of(keeper));
            } finally {
                keeper.end();
            }
        }
    }

    private ExitCode run(
            ResolvedTargets resolved, Beginning beginning, Output.Sink out, Optional<CheckpointKeeper> keeper)
            throws FileFailure {
        ExitCode names = names(resolved);
        EventLoopGroup group = IcmpEventLoops.newGroup(options.loops(), "sweep");
        try {
            SweepResults results = new SweepResults(view, resolved.names(), out, group, this::stop, beginning.ledger());
            if (beginning.first()) {
                results.writeHeader();
            }
            long targets = beginning.targets().count();
            if (resolved.stopped() || targets == 0 || results.outputFailure().isPresent()) {
                SweepSummary summary = nothing(targets, System.nanoTime() - startedNanos, resolved.stopped());
                return end(summary, beginning, results, keeper, names);
            }
            return sweep(beginning, group, results, keeper, names);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static ExitCode names(ResolvedTargets resolved) {
        return resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
    }

    private SweepSummary nothing(long targets, long elapsedNanos, boolean stopped) {
        return new SweepSummary(
                targets,
                CorrelatorStatistics.EMPTY,
                0,
                Set.of(),
                options.maxInFlight(),
                options.loops(),
                startedAt,
                elapsedNanos,
                stopped);
    }

    private ResolvedTargets resolve() {
        if (targets.areAddresses()) {
            return new ResolvedTargets(targets.addresses(), Map.of(), true, false);
        }
        try (NameLookup lookup = new NameLookup(family)) {
            stop.thenRun(lookup::close);
            return targets.resolve(lookup, complaint -> Complaints.print(err, complaint));
        }
    }

    private ExitCode sweep(
            Beginning beginning,
            EventLoopGroup group,
            SweepResults results,
            Optional<CheckpointKeeper> keeper,
            ExitCode names)
            throws FileFailure {
        if (keeper.isPresent()) {
            keeper.get().saveFirst();
        }
        Sweep sweep = Sweep.start(group, beginning.targets(), options, results::onOutcome);
        stop.thenRun(sweep::stop);
        keeper.ifPresent(thread -> thread.start(() -> sweep.soFar().join()));
        SweepSummary summary;
        try {
            summary = sweep.completion().join();
        } catch (CompletionException e) {
            results.flush();
            SweepSummary soFar = sweep.soFar().join();
            keeper.ifPresent(thread -> thread.finish(soFar, OptionalInt.empty()));
            return failed(e.getCause() == null ? e : e.getCause());
        }
        results.flush();
        return end(summary, beginning, results, keeper, names);
    }

    private ExitCode failed(Throwable failure) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    private ExitCode end(
            SweepSummary part,
            Beginning beginning,
            SweepResults results,
            Optional<CheckpointKeeper> keeper,
            ExitCode names) {
        SweepTally tally = results.tally();
        SweepSummary whole = beginning.past().summary(part, tally.outcomes());
        boolean allAnswered = tally.outcomes().replied() == whole.targets();
        ExitCode code = names.orWorse(allAnswered ? ExitCode.OK : ExitCode.UNANSWERED);
        boolean finished = beginning.ledger().map(Ledger::isComplete).orElse(false);
        Optional<Throwable> unsaved = keeper.flatMap(
                thread -> thread.finish(part, finished ? OptionalInt.of(code.code()) : OptionalInt.empty()));
        if (results.failure().isPresent()) {
            return failed(results.failure().get());
        }
        if (results.outputFailure().isPresent()) {
            IOException failure = results.outputFailure().get();
            return StandardOutput.isReaderGone(failure) ? ExitCode.READER_GONE : failed(failure);
        }
        if (unsaved.isPresent()) {
            return failed(unsaved.get());
        }
        print(whole, tally);
        return code.orWorse(interruption.exitCode());
    }

    private void print(SweepSummary summary, SweepTally tally) {
        err.print(view.summary(summary, tally.roundTrips()));
        err.flush();
    }
}
