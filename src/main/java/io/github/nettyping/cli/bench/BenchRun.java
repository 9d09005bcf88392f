package io.github.nettyping.cli.bench;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.output.WholeFile;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.load.Load;
import io.github.nettyping.load.LoadSearch;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One benchmark of the command line: names resolved, then the load or the search, files, the summary to standard error, an
 * exit code. Runs once, in the thread that calls {@link #run}.
 */
final class BenchRun {

    private final BenchPlan plan;
    private final PrintWriter err;
    private final Optional<WholeFile> histogram;
    private final Optional<WholeFile> page;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final BenchProgress progress;
    private final Interruption interruption = new Interruption(() -> stop.complete(null));

    BenchRun(BenchPlan plan, PrintWriter err) {
        this.plan = plan;
        this.err = err;
        this.progress = new BenchProgress(plan.progress(), err);
        this.histogram = plan.histogram().map(path -> new WholeFile("--histogram", path));
        this.page = plan.report().map(path -> new WholeFile("--report", path));
    }

    /** Measures. Throws what says that this machine cannot or may not do it, or that a file cannot be written. */
    ExitCode run() {
        interruption.install();
        histogram.ifPresent(WholeFile::check);
        page.ifPresent(WholeFile::check);
        ResolvedTargets resolved;
        try {
            resolved = plan.targets().resolve(plan.family(), stop, complaint -> Complaints.print(err, complaint));
        } catch (UnusableException e) {
            return failed(e);
        }
        ExitCode names = resolved.exitCode();
        if (resolved.stopped() || resolved.targets().count() == 0) {
            Complaints.print(err, "nothing was sent");
            return names.orWorse(interruption.exitCode());
        }
        EventLoopGroup group = IcmpEventLoops.newGroup(plan.options().loops(), "bench");
        try {
            return names.orWorse(measure(resolved, group));
        } catch (CompletionException e) {
            return failed(e);
        } finally {
            progress.close();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private ExitCode failed(Throwable failure) {
        return Complaints.failed(err, failure).orWorse(interruption.exitCode());
    }

    private ExitCode measure(ResolvedTargets resolved, EventLoopGroup group) {
        if (plan.mode() == BenchRate.Mode.FIND) {
            LoadSearch search = new LoadSearch(group, resolved.targets(), plan.options(), plan.search(), this::show);
            stop.thenRun(search::stop);
            progress.beginSearch();
            LoadSearch.Result result = search.run();
            ExitCode code = end(resolved, result.last(), Optional.of(result));
            return result.probesPerSecond().isPresent() ? code : ExitCode.UNANSWERED.orWorse(code);
        }
        Load load = Load.start(group, resolved.targets(), plan.options(), progress.listener());
        stop.thenRun(load::stop);
        progress.begin(plan.options());
        return end(resolved, load.completion().join(), Optional.empty());
    }

    private void show(LoadSearch.Trial trial) {
        progress.trial(BenchText.of(trial));
    }

    private ExitCode end(ResolvedTargets resolved, LoadSummary summary, Optional<LoadSearch.Result> search) {
        progress.close();
        BenchReport report =
                new BenchReport(hosts(resolved), summary, search, BenchReport.Machine.ofThis(), plan.command());
        ExitCode code = summary.silentTargets() == 0 ? ExitCode.OK : ExitCode.UNANSWERED;
        try {
            histogram.ifPresent(file -> file.write(percentiles(summary)));
            page.ifPresent(file -> file.write(BenchPage.of(report).getBytes(StandardCharsets.UTF_8)));
        } catch (UncheckedIOException e) {
            // What was measured is shown all the same.
            code = Complaints.failed(err, e);
        }
        err.print(
                switch (plan.summary()) {
                    case TEXT -> BenchText.of(report, plan.colour());
                    case JSON -> BenchJson.of(report) + "\n";
                });
        err.flush();
        return code.orWorse(interruption.exitCode());
    }

    /** Returns who was asked: the only one by name, more of them by their number. */
    private static String hosts(ResolvedTargets resolved) {
        Targets targets = resolved.targets();
        if (targets.count() > 1) {
            return targets.count() + " hosts";
        }
        String address = targets.get(0).toString();
        String name = resolved.names().get(targets.get(0));
        return name == null ? address : name + " (" + address + ")";
    }

    private static byte[] percentiles(LoadSummary summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.US_ASCII)) {
            out.print("# Latency in microseconds, "
                    + (summary.offeredPerSecond().isPresent()
                            ? "from the intended send time to the reply\n"
                            : "which is the round trip, for replies set the pace\n"));
            summary.latencies().writePercentiles(out);
        }
        return bytes.toByteArray();
    }
}
