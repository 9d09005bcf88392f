package io.github.nettyping.cli;

import io.github.nettyping.PingRecorder;
import io.github.nettyping.RoundTrips;
import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One sweep of the command line: names resolved, then results to standard output as they come, the summary to standard
 * error, an exit code. Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loops.
 */
final class SweepRun {

    private static final int STANDARD_OUTPUT = 1;

    private final TypedTargets targets;
    private final Optional<IpFamily> family;
    private final SweepOptions options;
    private final SweepView view;
    private final Optional<Path> report;
    private final PrintWriter err;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);

    /**
     * Creates a run.
     *
     * @param family the only family names are resolved to, empty for both
     * @param report where the picture is written, if one is wanted
     */
    SweepRun(
            TypedTargets targets,
            Optional<IpFamily> family,
            SweepOptions options,
            SweepView view,
            Optional<Path> report,
            PrintWriter err) {
        this.targets = targets;
        this.family = family;
        this.options = options;
        this.view = view;
        this.report = report;
        this.err = err;
    }

    /**
     * Sweeps.
     *
     * @throws UnsupportedOperationException if this machine cannot do it
     * @throws io.github.nettyping.channel.IcmpUnavailableException if it does not permit it
     * @throws UncheckedIOException if the picture cannot be written
     */
    ExitCode run() {
        interruption.install();
        // No method reference: that would load the class in every sweep.
        Optional<WholeFile> file = report.map(path -> SweepPicture.checked(path));
        Instant startedAt = Instant.now();
        long startedNanos = System.nanoTime();
        ResolvedTargets resolved = resolve();
        Optional<SweepPicture> picture = file.map(checked -> SweepPicture.of(resolved, checked));
        ExitCode names = resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
        if (resolved.stopped() || resolved.targets().count() == 0) {
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
            ExitCode written = end(nothing, new PingRecorder(1).statistics().roundTrips(), picture);
            return names.orWorse(written).orWorse(interruption.exitCode());
        }
        EventLoopGroup group = IcmpEventLoops.newGroup(options.loops(), "sweep");
        try {
            return names.orWorse(sweep(resolved, group, picture));
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

    private ExitCode sweep(ResolvedTargets resolved, EventLoopGroup group, Optional<SweepPicture> picture) {
        StandardOutput out = new StandardOutput(new FileDescriptor(STANDARD_OUTPUT));
        Supplier<Consumer<ProbeOutcome>> pictures =
                () -> picture.isPresent() ? picture.get().newPart() : outcome -> {};
        SweepResults results = new SweepResults(view, resolved.names(), out, group, pictures, this::stop);
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
        return failure.isPresent() ? failed(failure.get()) : end(summary, results, picture);
    }

    private ExitCode failed(Throwable failure) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    private ExitCode end(SweepSummary summary, SweepResults results, Optional<SweepPicture> picture) {
        Optional<SystemCallException> failure = results.outputFailure();
        if (failure.isPresent()) {
            if (failure.get().errno() == StandardOutput.EPIPE) {
                return ExitCode.READER_GONE;
            }
            return failed(failure.get());
        }
        ExitCode written = end(summary, results.roundTrips(), picture);
        boolean allAnswered = summary.statistics().outcomes().replied() == summary.targets();
        return (allAnswered ? ExitCode.OK : ExitCode.UNANSWERED)
                .orWorse(written)
                .orWorse(interruption.exitCode());
    }

    /** Writes the picture and prints the summary. */
    private ExitCode end(SweepSummary summary, RoundTrips roundTrips, Optional<SweepPicture> picture) {
        ExitCode code = ExitCode.OK;
        try {
            picture.ifPresent(drawn -> drawn.write(view.report(summary, roundTrips)));
        } catch (UncheckedIOException e) {
            // What was found is shown all the same.
            code = failed(e);
        }
        err.print(view.summary(summary, roundTrips));
        err.flush();
        return code;
    }
}
