package io.github.nettyping.cli;

import io.github.nettyping.PingRecorder;
import io.github.nettyping.Sweep;
import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One sweep of the command line: results to standard output as they come, the summary to standard error, an exit code.
 * Runs once, in the thread that calls {@link #run}; results are written on the sweep's event loop.
 */
final class SweepRun {

    private static final int STANDARD_OUTPUT = 1;

    /** Lines are promised within 100 ms. */
    private static final long FLUSH_MILLIS = 50;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final Targets targets;
    private final SweepOptions options;
    private final SweepView view;
    private final PrintWriter err;
    private final CompletableFuture<Sweep> started = new CompletableFuture<>();
    private final PingRecorder recorder = new PingRecorder(SIGNIFICANT_DIGITS);
    private final FirstFailure failures = new FirstFailure(this::stop);

    SweepRun(Targets targets, SweepOptions options, SweepView view, PrintWriter err) {
        this.targets = targets;
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
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "sweep");
        try {
            return run(group.next());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private ExitCode run(EventLoop loop) {
        Output output = new Output(
                new StandardOutput(new FileDescriptor(STANDARD_OUTPUT)),
                task -> loop.schedule(task, FLUSH_MILLIS, TimeUnit.MILLISECONDS),
                this::stop);
        ResultFormat format = view.format(output);
        Interruption interruption = new Interruption(this::stop);
        Sweep sweep = Sweep.start(loop, targets, options, outcome -> failures.run(() -> onOutcome(outcome, format)));
        started.complete(sweep);
        interruption.install();
        SweepSummary summary;
        try {
            summary = sweep.completion().join();
        } catch (CompletionException e) {
            flush(loop, output);
            return failed(e.getCause() == null ? e : e.getCause(), interruption);
        }
        flush(loop, output);
        Optional<Throwable> failure = failures.failure();
        if (failure.isPresent()) {
            return failed(failure.get(), interruption);
        }
        return end(summary, output, interruption.exitCode());
    }

    private ExitCode failed(Throwable failure, Interruption interruption) {
        Complaints.print(err, Complaints.of(failure));
        return ExitCode.SYSTEM.orWorse(interruption.exitCode());
    }

    private void stop() {
        started.thenAccept(Sweep::stop);
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

    private ExitCode end(SweepSummary summary, Output output, ExitCode interrupted) {
        Optional<SystemCallException> failure = output.failure();
        if (failure.isPresent()) {
            if (failure.get().errno() == StandardOutput.EPIPE) {
                return ExitCode.READER_GONE;
            }
            Complaints.print(err, Complaints.of(failure.get()));
            return ExitCode.SYSTEM.orWorse(interrupted);
        }
        err.print(view.summary(summary, recorder.statistics().roundTrips()));
        err.flush();
        boolean allAnswered = summary.statistics().outcomes().replied() == summary.targets();
        return (allAnswered ? ExitCode.OK : ExitCode.UNANSWERED).orWorse(interrupted);
    }
}
