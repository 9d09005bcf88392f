package io.github.nettyping.cli;

import io.github.nettyping.RoundTrips;
import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
    private final Optional<Path> output;
    private final PrintWriter err;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);

    /**
     * Creates a run.
     *
     * @param family the only family names are resolved to, empty for both
     * @param output the file for the results, empty for standard output
     */
    SweepRun(
            TypedTargets targets,
            Optional<IpFamily> family,
            SweepOptions options,
            SweepView view,
            Optional<Path> output,
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
        if (output.isEmpty()) {
            return run(new StandardOutput(new FileDescriptor(STANDARD_OUTPUT)));
        }
        try (ResultFile file = ResultFile.create(output.get())) {
            return run(file);
        } catch (FileFailure e) {
            return failed(e);
        }
    }

    private ExitCode run(Output.Sink out) {
        Instant startedAt = Instant.now();
        long startedNanos = System.nanoTime();
        ResolvedTargets resolved = resolve();
        ExitCode names = resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
        EventLoopGroup group = IcmpEventLoops.newGroup(options.loops(), "sweep");
        try {
            SweepResults results = new SweepResults(view, resolved.names(), out, group, this::stop);
            results.writeHeader();
            boolean some = !resolved.stopped() && resolved.targets().count() > 0;
            if (some && results.outputFailure().isEmpty()) {
                return names.orWorse(sweep(resolved, group, results));
            }
            SweepSummary nothing = new SweepSummary(
                    resolved.targets().count(),
                    CorrelatorStatistics.EMPTY,
                    0,
                    Set.of(),
                    options.maxInFlight(),
                    options.loops(),
                    startedAt,
                    System.nanoTime() - startedNanos,
                    resolved.stopped());
            return names.orWorse(end(nothing, results));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private ResolvedTargets resolve() {
        if (targets.names().isEmpty()) {
            return new ResolvedTargets(targets.addresses(), Map.of(), true, false);
        }
        try (NameLookup lookup = new NameLookup(family)) {
            stop.thenRun(lookup::close);
            return targets.resolve(lookup, complaint -> Complaints.print(err, complaint));
        }
    }

    private ExitCode sweep(ResolvedTargets resolved, EventLoopGroup group, SweepResults results) {
        Sweep sweep = Sweep.start(group, resolved.targets(), options, results::onOutcome);
        stop.thenRun(sweep::stop);
        SweepSummary summary;
        try {
            summary = sweep.completion().join();
        } catch (CompletionException e) {
            results.flush();
            return failed(e.getCause() == null ? e : e.getCause());
        }
        results.flush();
        Optional<Throwable> failure = results.failure();
        return failure.isPresent() ? failed(failure.get()) : end(summary, results);
    }

    private ExitCode failed(Throwable failure) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    private ExitCode end(SweepSummary summary, SweepResults results) {
        Optional<IOException> failure = results.outputFailure();
        if (failure.isPresent()) {
            return StandardOutput.isReaderGone(failure.get()) ? ExitCode.READER_GONE : failed(failure.get());
        }
        print(summary, results.roundTrips());
        boolean allAnswered = summary.statistics().outcomes().replied() == summary.targets();
        return (allAnswered ? ExitCode.OK : ExitCode.UNANSWERED).orWorse(interruption.exitCode());
    }

    private void print(SweepSummary summary, RoundTrips roundTrips) {
        err.print(view.summary(summary, roundTrips));
        err.flush();
    }
}
