package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.option.BufferOptions;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.InFlightOption;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.LoopsOption;
import io.github.nettyping.cli.option.OptionLetters;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.SummaryOption;
import io.github.nettyping.cli.option.TargetOptions;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.progress.ProgressOptions;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.load.Load;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadSearchOptions;
import io.github.nettyping.packet.IpFamily;
import java.nio.file.Path;
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

/** The command {@code bench}: its options, and what they mean to the library. */
@Command(
        name = "bench",
        sortOptions = false,
        abbreviateSynopsis = true,
        modelTransformer = OptionLetters.OfProbes.class,
        description = "Sends probes at a rate and measures loss, latency and what this machine adds to it.",
        footer = {
            "",
            "Hosts are written as for sweep, also as prefixes and ranges, 65536 at most; they are asked in turns.",
            "Ask only hosts that are yours: so many probes are a burden to others.",
            "",
            "Latency counts from the moment a probe was due, so no pause of this program or of a host hides the",
            "probes it delayed. The send lag tells how late they were sent.",
            "",
            "Everything goes to standard error.",
            "Exit codes: 0 every host answered, 1 some did not, or no rate is",
            "without loss, 2 a name was not found (the rest goes on), 3 bad arguments, 4 a system call failed,",
            "129, 130 and 143 ended by a signal, after printing what was known."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Ask these names and addresses.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private TargetOptions targets;

    @Mixin
    private FamilyOptions family;

    @Option(
            names = "--rate",
            paramLabel = "N[k|m]|max|find",
            defaultValue = "1000",
            converter = BenchRate.Type.class,
            description = "Send N probes per second, all hosts together, at equal intervals whether or not"
                    + " replies come; max: as fast as replies come back; find: search the highest rate"
                    + " without loss (default: ${DEFAULT-VALUE}).")
    private BenchRate rate;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationTypes.Timeout.class,
            description = "Send for so long: 500ms, 10s; a bare number is ms (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationTypes.TimeOrNone.class,
            description = "Send for so long before that, without counting (default: ${DEFAULT-VALUE}).")
    private Duration warmUp;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationTypes.Timeout.class,
            description = "Count a probe as lost if it has no reply for so long: 250ms, 1s, 1.5s; a bare number"
                    + " is ms (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--find-from",
            paramLabel = "N[k|m]",
            converter = OptionTypes.Rate.class,
            description = "Begin find with this rate (default: ${DEFAULT-VALUE}).")
    private long findFrom = 1000;

    @Option(
            names = "--find-to",
            paramLabel = "N[k|m]",
            defaultValue = "1m",
            converter = OptionTypes.Rate.class,
            description = "Let find try no higher rate (default: ${DEFAULT-VALUE}).")
    private long findTo;

    @Option(
            names = "--trial",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationTypes.Timeout.class,
            description = "Let find try each rate for so long; the rate it finds is confirmed for --duration"
                    + " (default: ${DEFAULT-VALUE}).")
    private Duration trial;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "1%",
            converter = OptionTypes.Tolerance.class,
            description = "Let find end at most so far below the lowest rate with loss (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Mixin
    private InFlightOption inFlight;

    @Mixin
    private LoopsOption loops;

    @Mixin
    private TimestampsOption timestamps;

    @Mixin
    private SocketKindOption sockets;

    @Mixin
    private IpOptions ip;

    @Mixin
    private BufferOptions buffers;

    @Option(
            names = "--histogram",
            paramLabel = "FILE.hgrm",
            description = "Write the distribution of latency in microseconds, for HdrHistogram's plotter.")
    private @Nullable Path histogram;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a page with latency over time, its percentiles, and the circumstances.")
    private @Nullable Path report;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private ColourOption colour;

    @Mixin
    private SummaryOption summary;

    @Override
    public Integer call() {
        BenchPlan plan = PicocliValues.checked(spec, this::plan);
        return new BenchRun(plan, spec.commandLine().getErr()).run().code();
    }

    private BenchPlan plan() {
        Optional<IpFamily> wanted = ip.family(family.family());
        LoadOptions options = options();
        LoadSearchOptions search = search();
        TargetArguments named = targets.with(words, TargetSelection.Groups.REFUSED);
        named.roles()
                .writes("--histogram", Optional.ofNullable(histogram))
                .writes("--report", Optional.ofNullable(report))
                .writesStreams(false)
                .check();
        TypedTargets typed = named.read(System.in);
        ip.requireFor(typed.addresses().families());
        long count = typed.addresses().count() + typed.names().size();
        if (count > Load.MAX_TARGETS) {
            throw new IllegalArgumentException(count + " hosts are too many (expected: at most " + Load.MAX_TARGETS
                    + ", for each one's round trips are kept)");
        }
        return new BenchPlan(
                typed,
                wanted,
                rate.mode(),
                options,
                search,
                summary.form(),
                Optional.ofNullable(histogram),
                Optional.ofNullable(report),
                progress.place(),
                Colour.ofStandardError(colour.wish()),
                Words.commandLine(spec.root().commandLine().getParseResult().originalArgs()));
    }

    private LoadSearchOptions search() {
        if (rate.mode() != BenchRate.Mode.FIND) {
            return LoadSearchOptions.defaults();
        }
        if (findFrom > findTo) {
            throw new IllegalArgumentException("--find-from " + findFrom + " is above --find-to " + findTo);
        }
        return new LoadSearchOptions(findFrom, findTo, tolerance, trial);
    }

    private LoadOptions options() {
        if (inFlight.most() < loops.loops()) {
            throw new IllegalArgumentException("--max-in-flight " + inFlight.most() + " leaves nothing for some of the "
                    + loops.loops() + " loops (expected: one probe for each at least)");
        }
        LoadOptions.Builder builder = LoadOptions.builder()
                .probe(ip.probe().timeout(timeout).attempts(1).build())
                .socketPolicy(sockets.policy())
                .duration(duration)
                .warmUp(warmUp)
                .loops(loops.loops())
                .maxInFlight(inFlight.most());
        buffers.apply(builder);
        ip.apply(builder);
        timestamps.timestamps().ifPresent(builder::timestamps);
        rate.perSecond().ifPresent(builder::probesPerSecond);
        if (rate.mode() == BenchRate.Mode.MAX) {
            builder.asFastAsRepliesReturn();
        }
        return builder.build();
    }
}
