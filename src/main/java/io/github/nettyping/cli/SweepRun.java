package io.github.nettyping.cli;

import io.github.nettyping.PingRecorder;
import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.channel.EventLoop;
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
 * error, an exit code. Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loop.
 */
final class SweepRun {

    private static final int STANDARD_OUTPUT = 1;

    /** Lines are promised within 100 ms. */
    private static final long FLUSH_MILLIS = 50;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final TypedTargets targets;
    private final Optional<IpFamily> family;
    private final SweepOptions options;
    private final SweepView view;
    private final PrintWriter err;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);
    private final FirstFailure failures = new FirstFailure(this::stop);
    private final PingRecorder recorder = new PingRecorder(SIGNIFICANT_DIGITS);

    /**
     * Creates a run.
     *
     * @param family the only family names are resolved to, empty for both
     */
    SweepRun(TypedTargets targets, Optional<IpFamily> family, SweepOptions options, SweepView view, PrintWriter err) {
        this.targets = targets;
        this.family = family;
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
        ResolvedTargets resolved = resolve();
        ExitCode names = resolved.complete() ? ExitCode.OK : ExitCode.UNRESOLVED;
        if (resolved.stopped() || resolved.targets().count() == 0) {
            print(new SweepSummary(
                    resolved.targets().count(),
                    CorrelatorStatistics.EMPTY,
                    0,
                    Set.of(),
                    options.maxInFlight(),
                    options.loops(),
                    startedAt,
                    System.nanoTime() - startedNanos,
                    resolved.stopped()));
            return names.orWorse(interruption.exitCode());
        }
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "sweep");
        try {
            return names.orWorse(sweep(resolved, group.next()));
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

    private ExitCode sweep(ResolvedTargets resolved, EventLoop loop) {
        Output output = new Output(
                new StandardOutput(new FileDescriptor(STANDARD_OUTPUT)),
                task -> loop.schedule(task, FLUSH_MILLIS, TimeUnit.MILLISECONDS),
                this::stop);
        ResultFormat format = view.format(output, resolved.names());
        Sweep sweep = Sweep.start(
                loop, resolved.targets(), options, outcome -> failures.run(() -> onOutcome(outcome, format)));
        stop.thenRun(sweep::stop);
        SweepSummary summary;
        try {
            summary = sweep.completion().join();
        } catch (CompletionException e) {
            flush(loop, output);
            return failed(e.getCause() == null ? e : e.getCause());
        }
        flush(loop, output);
        Optional<Throwable> failure = failures.failure();
        return failure.isPresent() ? failed(failure.get()) : end(summary, output);
    }

    private ExitCode failed(Throwable failure) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        stop.complete(null);
    }

    private void onOutcome(ProbeOutcome outcome, ResultFormat format) {
        if (outcome instanceof Replied reply) {
            recorder.recordReply(reply);
        }
        if (view.shows(outcome)) {
            format.write(outcome);
        }
    }

    private static void flush(EventLoop loop, Output output) {
        loop.submit(output::flush).syncUninterruptibly();
    }

    private ExitCode end(SweepSummary summary, Output output) {
        Optional<SystemCallException> failure = output.failure();
        if (failure.isPresent()) {
            if (failure.get().errno() == StandardOutput.EPIPE) {
                return ExitCode.READER_GONE;
            }
            return failed(failure.get());
        }
        print(summary);
        boolean allAnswered = summary.statistics().outcomes().replied() == summary.targets();
        return (allAnswered ? ExitCode.OK : ExitCode.UNANSWERED).orWorse(interruption.exitCode());
    }

    private void print(SweepSummary summary) {
        err.print(view.summary(summary, recorder.statistics().roundTrips()));
        err.flush();
    }
}
