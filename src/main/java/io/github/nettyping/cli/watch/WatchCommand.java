package io.github.nettyping.cli.watch;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.option.BufferOptions;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.OptionLetters;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.TargetOptions;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.packet.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code watch}: its options, and what they mean to the library. */
@Command(
        name = "watch",
        sortOptions = false,
        abbreviateSynopsis = true,
        modelTransformer = OptionLetters.OfProbes.class,
        description = "Asks hosts at an interval, for ever, and shows what changes.",
        footer = {
            "",
            "Targets are written as for sweep.",
            "",
            "At a terminal each target has a row, the worst first; ? shows the keys. Elsewhere each change of state has a",
            "line: time, target, state, state before, reason. A target is up with its first answer; trouble of this",
            "machine leaves a state as it is, and shows as local.",
            "SIGHUP reads files of targets again (at a terminal it ends), SIGUSR1 prints summaries to standard error.",
            "Exit codes: 0 every target answers at the end, 1 one does not, 2 a name was not found (the rest goes on),",
            "3 bad arguments, 4 a system call failed, 129, 130 and 143 ended by a signal, 141 standard output was closed."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class WatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            description = "Watch these addresses, prefixes, ranges and host names.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private TargetOptions targets;

    @Mixin
    private FamilyOptions family;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationTypes.Interval.class,
            description =
                    "Ask each target so often: 200ms, 1s, 5m; a bare number is seconds (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationTypes.Timeout.class,
            description =
                    "Wait so long for each probe: 250ms, 1s, 1.5s; a bare number is ms (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "60",
            converter = OptionTypes.Probes.class,
            description = "Tell loss and round trips of the last N probes to each target (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--down-after",
            paramLabel = "N",
            defaultValue = "3",
            converter = OptionTypes.Probes.class,
            description = "Call a target down after N lost probes in a row (default: ${DEFAULT-VALUE}).")
    private int downAfter;

    @Option(
            names = "--up-after",
            paramLabel = "N",
            defaultValue = "2",
            converter = OptionTypes.Probes.class,
            description = "Call a target that was down up after N answers in a row (default: ${DEFAULT-VALUE}).")
    private int upAfter;

    @Option(
            names = "--degraded-loss",
            paramLabel = "PERCENT",
            defaultValue = "20",
            converter = OptionTypes.Percent.class,
            description =
                    "Call an answering target degraded if it lost more of the window (default: ${DEFAULT-VALUE}).")
    private double degradedLoss;

    @Option(
            names = "--degraded-rtt",
            paramLabel = "DURATION",
            converter = DurationTypes.Timeout.class,
            description =
                    "Call an answering target degraded if more than half of its answers in the window took longer.")
    private @Nullable Duration degradedRtt;

    @Option(
            names = "--resolve",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationTypes.ResolveInterval.class,
            description = "Resolve names again so often (default: ${DEFAULT-VALUE}).")
    private Duration resolve;

    @Option(
            names = "--rate",
            paramLabel = "N[k|m]",
            converter = OptionTypes.Rate.class,
            description =
                    "Send at most N probes per second to all targets together; intervals become longer where they ask for"
                            + " more.")
    private @Nullable Long rate;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            converter = OptionTypes.Count.class,
            description = "End after N probes to each target.")
    private @Nullable Long count;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            converter = DurationTypes.Deadline.class,
            description = "End after so long: 30s, 10m, 1.5h; a bare number is ms.")
    private @Nullable Duration deadline;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationTypes.Interval.class,
            description =
                    "Elsewhere than at a terminal: write a summary of each target so often; a bare number is seconds.")
    private @Nullable Duration every;

    @Option(names = "--all-results", description = "With --format jsonl: write every probe, with the fields of ping.")
    private boolean allResults;

    @Option(
            names = "--exec",
            paramLabel = "COMMAND",
            description =
                    "Run this by sh -c on each change of state, with NETTYPING_TARGET, NETTYPING_NAME, NETTYPING_STATE,"
                            + " NETTYPING_PREVIOUS and NETTYPING_SINCE; eight at a time.")
    private @Nullable String exec;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl",
            defaultValue = "text",
            converter = OptionTypes.Format.class,
            description = "Write text, or one JSON object a line, also at a terminal (default: ${DEFAULT-VALUE}).")
    private ResultFormat.Name format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Write no changes of state.")
    private boolean quiet;

    @Mixin
    private TimestampsOption timestamps;

    @Mixin
    private SocketKindOption sockets;

    @Mixin
    private IpOptions ip;

    @Mixin
    private BufferOptions buffers;

    @Mixin
    private ColourOption colour;

    @Override
    public Integer call() {
        WatchPlan plan = PicocliValues.checked(spec, this::plan);
        return PicocliValues.checked(
                        spec,
                        () -> new WatchRun(plan, System.in, spec.commandLine().getErr()))
                .run()
                .code();
    }

    private WatchPlan plan() {
        boolean json = format == ResultFormat.Name.JSONL;
        if (allResults && !json) {
            throw new IllegalArgumentException("--all-results needs --format jsonl");
        }
        Optional<IpFamily> wanted = ip.family(family.family());
        TargetArguments named = targets.with(words, TargetSelection.Groups.REFUSED);
        return new WatchPlan(
                named,
                wanted,
                options(wanted),
                Optional.ofNullable(deadline),
                Optional.ofNullable(every),
                Optional.ofNullable(exec),
                json,
                allResults,
                quiet,
                colour.ofResults(false));
    }

    private MonitorOptions options(Optional<IpFamily> wanted) {
        MonitorOptions.Builder builder = MonitorOptions.builder()
                .probe(ip.probe().timeout(timeout).attempts(1).build())
                .socketPolicy(sockets.policy())
                .interval(interval)
                .window(window)
                .downAfter(downAfter)
                .upAfter(upAfter)
                .degradedLoss(degradedLoss)
                .resolveEvery(resolve);
        wanted.ifPresent(builder::families);
        if (degradedRtt != null) {
            builder.degradedRtt(degradedRtt);
        }
        if (rate != null) {
            builder.probesPerSecond(rate);
        }
        if (count != null) {
            builder.count(count);
        }
        timestamps.timestamps().ifPresent(builder::timestamps);
        buffers.apply(builder);
        ip.apply(builder);
        return builder.build();
    }
}
