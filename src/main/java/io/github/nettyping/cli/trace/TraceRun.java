package io.github.nettyping.cli.trace;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.trace.Trace;
import io.github.nettyping.trace.TraceResult;
import io.github.nettyping.trace.TraceSummary;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One trace of the command line: names resolved, then the way to each target to standard output as soon as it is known, an
 * exit code. Runs once, in the thread that calls {@link #run}; results are written on the event loop.
 */
final class TraceRun {

    /** Lines are promised within 100 ms. */
    private static final long FLUSH_MILLIS = 50;

    /** More than a trace of one target can have. */
    private static final int MOST_LOOKUPS = 1_024;

    private final TracePlan plan;
    private final PrintWriter err;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(this::stop);
    private final FirstFailure failures = new FirstFailure(this::stop);

    TraceRun(TracePlan plan, PrintWriter err) {
        this.plan = plan;
        this.err = err;
    }

    /** Traces. Throws what says that this machine cannot or may not do it. */
    ExitCode run() {
        interruption.install();
        try (NameLookup lookup = new NameLookup(plan.family())) {
            // From then on nobody waits for a name.
            stop.thenRun(lookup::close);
            ResolvedTargets resolved = plan.targets().resolve(lookup, complaint -> Complaints.print(err, complaint));
            ExitCode names = resolved.exitCode();
            if (resolved.stopped() || resolved.targets().count() == 0) {
                return names.orWorse(interruption.exitCode());
            }
            EventLoopGroup group = IcmpEventLoops.newGroup(1, "trace");
            try {
                return names.orWorse(trace(resolved, group, lookup));
            } catch (FileFailure e) {
                return failed(e);
            } finally {
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        } catch (UnusableException e) {
            return failed(e);
        }
    }

    private ExitCode trace(ResolvedTargets resolved, EventLoopGroup group, NameLookup lookup) throws FileFailure {
        if (plan.output().isEmpty()) {
            return trace(resolved, group, lookup, new StandardOutput());
        }
        try (ResultFile file = ResultFile.create(plan.output().get())) {
            return trace(resolved, group, lookup, file);
        }
    }

    private ExitCode trace(ResolvedTargets resolved, EventLoopGroup group, NameLookup lookup, Output.Sink sink) {
        try (Pinger pinger = plan.sockets()
                .group(group)
                .families(resolved.targets().families().toArray(IpFamily[]::new))
                .open()) {
            EventLoop loop = group.next();
            Output output =
                    new Output(sink, task -> loop.schedule(task, FLUSH_MILLIS, TimeUnit.MILLISECONDS), this::stop);
            TraceFormat format = plan.view()
                    .format(
                            plan.options(),
                            output,
                            resolved.names(),
                            new PeerNames(loop, PeerNames.bounded(lookup::name, MOST_LOOKUPS)));
            TraceProgress progress = new TraceProgress(format, failures);
            Trace trace = pinger.trace(resolved.targets(), plan.options(), progress);
            stop.thenRun(trace::stop);
            TraceSummary summary;
            try {
                summary = trace.completion().join();
            } catch (CompletionException e) {
                finish(loop, progress, format, output);
                return failed(e);
            }
            finish(loop, progress, format, output);
            return end(pinger, summary, resolved, output);
        }
    }

    private void stop() {
        stop.complete(null);
    }

    private static void finish(EventLoop loop, TraceProgress progress, TraceFormat format, Output output) {
        onLoop(loop, progress::writeUnfinished);
        CompletableFuture<Void> written = new CompletableFuture<>();
        onLoop(loop, () -> format.over().thenRun(() -> written.complete(null)));
        written.join();
        onLoop(loop, output::flush);
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private ExitCode failed(Throwable failure) {
        return Complaints.failed(err, failure).orWorse(interruption.exitCode());
    }

    private ExitCode end(Pinger pinger, TraceSummary summary, ResolvedTargets resolved, Output output) {
        Optional<IOException> failure = interruption.unlessBySignal(output.failure());
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        Optional<Throwable> bug = failures.failure();
        if (bug.isPresent()) {
            return failed(bug.get());
        }
        if (summary.stopped() && !stop.isDone()) {
            return failed(Complaints.failureOf(pinger, "a trace ended before its targets were known"));
        }
        plan.view().summary(summary, resolved.targets().count()).ifPresent(text -> {
            err.print(text);
            err.flush();
        });
        long reached = summary.endings().getOrDefault(TraceResult.Ending.REACHED, 0L);
        ExitCode code = reached == resolved.targets().count() ? ExitCode.OK : ExitCode.UNANSWERED;
        return code.orWorse(interruption.exitCode());
    }
}
