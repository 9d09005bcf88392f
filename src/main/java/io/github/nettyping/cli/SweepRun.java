package io.github.nettyping.cli;

import io.github.nettyping.PingRecorder;
import io.github.nettyping.RoundTrips;
import io.github.nettyping.Sweep;
import io.github.nettyping.SweepListener;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One sweep of the command line: names resolved, then results to standard output as they come, the summary to standard
 * error, an exit code. Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loops.
 */
final class SweepRun {

    private static final int STANDARD_OUTPUT = 1;

    private final TypedTargets targets;
    private final Optional<IpFamily> family;
    private final TargetOrder order;
    private final SweepBounds bounds;
    private final SweepOptions options;
    private final SweepView view;
    private final PrintWriter err;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);

    /**
     * Creates a run.
     *
     * @param family the only family names are resolved to, empty for both
     * @param order  which of the targets are asked, and in which order
     * @param bounds when it has enough
     */
    SweepRun(
            TypedTargets targets,
            Optional<IpFamily> family,
            TargetOrder order,
            SweepBounds bounds,
            SweepOptions options,
            SweepView view,
            PrintWriter err) {
        this.targets = targets;
        this.family = family;
        this.order = order;
        this.bounds = bounds;
        this.options = options;
        this.view = view;
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
        Instant startedAt = Instant.now();
        long startedNanos = System.nanoTime();
        bounds.deadline().ifPresent(limit -> stop.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS));
        ResolvedTargets resolved = resolve();
        ExitCode names = resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
        if (resolved.stopped()) {
            names = names.orWorse(ExitCode.UNANSWERED);
        }
        order.announcement().ifPresent(line -> Complaints.print(err, line));
        TargetSequence sequence = order.of(resolved.targets());
        if (resolved.stopped() || sequence.count() == 0) {
            SweepSummary nothing = new SweepSummary(
                    sequence.count(),
                    CorrelatorStatistics.EMPTY,
                    0,
                    Set.of(),
                    options.maxInFlight(),
                    options.loops(),
                    startedAt,
                    System.nanoTime() - startedNanos,
                    resolved.stopped());
            print(nothing, new PingRecorder(1).statistics().roundTrips());
            return names.orWorse(interruption.exitCode());
        }
        EventLoopGroup group = IcmpEventLoops.newGroup(options.loops(), "sweep");
        try {
            return names.orWorse(sweep(sequence, resolved.names(), group));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Says what {@link #run} would do. Names are resolved, for they say who is asked; no socket is opened. */
    ExitCode dryRun(PrintWriter out) {
        interruption.install();
        bounds.deadline().ifPresent(limit -> stop.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS));
        ResolvedTargets resolved = resolve();
        if (resolved.stopped()) {
            return ExitCode.UNANSWERED.orWorse(interruption.exitCode());
        }
        out.print(view.forecast(new Forecast(order.of(resolved.targets()), order, options)));
        out.flush();
        return resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
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

    private ExitCode sweep(TargetSequence sequence, Map<IpAddress, String> names, EventLoopGroup group) {
        StandardOutput out = new StandardOutput(new FileDescriptor(STANDARD_OUTPUT));
        SweepResults results = new SweepResults(view, names, out, group, this::stop);
        Optional<AliveLimit> limit = bounds.maxAlive().isPresent()
                ? Optional.of(new AliveLimit(bounds.maxAlive().getAsLong(), results::onOutcome, this::stop))
                : Optional.empty();
        SweepListener listener = limit.isPresent() ? limit.get() : results::onOutcome;
        Sweep sweep = Sweep.start(group, sequence, options, listener);
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
        return failure.isPresent() ? failed(failure.get()) : end(summary, results, limit);
    }

    private ExitCode failed(Throwable failure) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    private ExitCode end(SweepSummary summary, SweepResults results, Optional<AliveLimit> limit) {
        Optional<SystemCallException> failure = results.outputFailure();
        if (failure.isPresent()) {
            if (failure.get().errno() == StandardOutput.EPIPE) {
                return ExitCode.READER_GONE;
            }
            return failed(failure.get());
        }
        print(summary, results.roundTrips());
        return (allAnswered(summary, limit) ? ExitCode.OK : ExitCode.UNANSWERED).orWorse(interruption.exitCode());
    }

    /** Whoever wants but some of the targets asks only about those that are finished. */
    private boolean allAnswered(SweepSummary summary, Optional<AliveLimit> limit) {
        CorrelatorStatistics.Outcomes outcomes = summary.statistics().outcomes();
        if (limit.isPresent()) {
            return limit.get().alive() > 0 && limit.get().alive() == limit.get().finished();
        }
        if (order.limit().isPresent()) {
            return outcomes.replied() > 0 && outcomes.replied() == outcomes.total();
        }
        return outcomes.replied() == summary.targets();
    }

    private void print(SweepSummary summary, RoundTrips roundTrips) {
        err.print(view.summary(summary, roundTrips, order.seed()));
        err.flush();
    }
}
