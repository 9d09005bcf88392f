package io.github.nettyping.cli.trace;

import io.github.nettyping.Pinger;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.option.BufferOptions;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.InFlightOption;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.OptionLetters;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.OutputOption;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.SummaryOption;
import io.github.nettyping.cli.option.TargetOptions;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.trace.TraceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code trace}: its options, whose letters are those of traceroute(8), and what they mean to the library. */
@Command(
        name = "trace",
        sortOptions = false,
        abbreviateSynopsis = true,
        modelTransformer = TraceCommand.Letters.class,
        description = "Finds the paths to hosts, asking all hosts and all hops at the same time.",
        footer = {
            "",
            "Hosts are written as for sweep, also as prefixes and ranges. A name stands for its first address,",
            "IPv4 if it has one.",
            "",
            "Text prints a report for each host when the path to it is known, in the columns of mtr --report.",
            "Marks behind them tell why the path ends: !N, !H, !P network, host, protocol unreachable,",
            "!X prohibited, !S source route failed, !F-N longer than N bytes, !<T-C> ICMP type and code.",
            "F=N marks a hop behind which packets had to get shorter.",
            "",
            "Several hosts have a summary on standard error.",
            "Exit codes: 0 every host was reached, 1 some were not, 2 a name was not found (the rest goes on),",
            "3 bad arguments, 4 a system call failed, 129, 130 and 143 ended by a signal, after printing what was",
            "known, 141 standard output was closed."
        })
@SuppressWarnings({"NullAway.Init", "UnusedMethod", "UnusedVariable"})
public // picocli sets what has a default, and calls methods.
final class TraceCommand implements Callable<Integer> {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Find the paths to these names and addresses.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private TargetOptions targets;

    @Mixin
    private FamilyOptions family;

    @Option(
            names = "-f",
            paramLabel = "HOP",
            converter = OptionTypes.Hops.class,
            description = "Begin with this hop (default: ${DEFAULT-VALUE}).")
    private int firstHop = 1;

    @Option(
            names = "-m",
            paramLabel = "HOP",
            converter = OptionTypes.Hops.class,
            description = "End with this hop, if the host is not nearer (default: ${DEFAULT-VALUE}).")
    private int maxHops = 30;

    @Option(
            names = "-q",
            paramLabel = "N",
            converter = OptionTypes.ProbesPerHop.class,
            description = "Send N probes to each hop (default: ${DEFAULT-VALUE}).")
    private int probesPerHop = 3;

    @Option(
            names = "--report-cycles",
            paramLabel = "N",
            converter = OptionTypes.Cycles.class,
            description = "Ask all hops N times, each time with the probes of -q (default: ${DEFAULT-VALUE}).")
    private int cycles = 1;

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            defaultValue = "1",
            converter = DurationTypes.CycleInterval.class,
            description = "Begin a cycle so many seconds after the one before, or a duration such as 200ms;"
                    + " later if a cycle takes longer (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = {"-N", "--parallel"},
            paramLabel = "N",
            converter = OptionTypes.Hops.class,
            description = "Ask N hops of one host at the same time (default: ${DEFAULT-VALUE}).")
    private int parallelHops = 16;

    private Duration timeout = DEFAULT_TIMEOUT;

    @Option(
            names = "-w",
            paramLabel = "WAIT",
            converter = DurationTypes.Wait.class,
            description =
                    "Wait so many seconds for the answer to each probe, or a duration such as 250ms (default: 1).")
    private void setWait(@Nullable Duration value) {
        timeout = value == null ? timeout : value;
    }

    @SuppressWarnings("UnusedMethod") // Picocli calls it.
    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationTypes.Timeout.class,
            description = "Wait as with -w: 250ms, 1s, 1.5s; here a bare number is ms.")
    private void setTimeout(@Nullable Duration value) {
        setWait(value);
    }

    @Option(
            names = "--paris",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Let all probes to a host look like one flow, so that routers that spread packets"
                    + " over several paths send all of them along the same one (default), or not.")
    private boolean paris;

    @Option(
            names = "--pmtu",
            description = "Find out how long packets to the host can be; without --size, probes begin as long"
                    + " as the interface takes and get shorter as routers ask for it.")
    private boolean pathMtu;

    @Mixin
    private IpOptions ip;

    @Option(
            names = "--rate",
            paramLabel = "N[k|m]",
            converter = OptionTypes.Rate.class,
            description = "Send at most N probes per second, all hosts together (default: as fast as answers"
                    + " come back).")
    private @Nullable Long rate;

    @Mixin
    private InFlightOption inFlight;

    @Mixin
    private SocketKindOption sockets;

    @Mixin
    private BufferOptions buffers;

    @Mixin
    private TimestampsOption timestamps;

    @SuppressWarnings("UnusedVariable") // It is what happens anyway.
    @Option(names = "-I", hidden = true, description = "Trace by ICMP echo, as always: for fingers used to traceroute.")
    private boolean icmp;

    @Option(
            names = "--one-line",
            description = "Print each hop with all its probes in one line of text, as traceroute does.")
    private boolean oneLine;

    @Option(names = "-n", description = "Print no names of hops, only addresses.")
    private boolean numeric;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl",
            defaultValue = "text",
            converter = OptionTypes.Format.class,
            description = "Print a report for each host (text), or an object for each host and hop (jsonl)"
                    + " (default: ${DEFAULT-VALUE}).")
    private ResultFormat.Name format;

    @Mixin
    private OutputOption output;

    @Mixin
    private ColourOption colour;

    @Mixin
    private SummaryOption summary;

    @Option(names = "--quiet", description = "Print no results; the exit code tells whether all hosts were reached.")
    private boolean quiet;

    /** Those of the options it shares with other commands, but for the hop limit, which is what tracing is about. */
    static final class Letters extends OptionLetters {

        Letters() {
            super(Map.of("--interface", "-i", "--source", "-s", "--tos", "-t", "--df", "-F"));
        }

        @Override
        public CommandSpec transform(CommandSpec spec) {
            spec.remove(spec.findOption("--ttl"));
            // Methods come last; in the help, these belong where the pace is told.
            List<OptionSpec> options = new ArrayList<>(spec.options());
            List<OptionSpec> waits = List.of(spec.findOption("-w"), spec.findOption("--timeout"));
            options.removeAll(waits);
            options.addAll(options.indexOf(spec.findOption("--paris")), waits);
            options.forEach(spec::remove);
            options.forEach(spec::add);
            return super.transform(spec);
        }
    }

    @Override
    public Integer call() {
        return PicocliValues.checked(spec, this::prepare).run().code();
    }

    private TraceRun prepare() {
        Optional<IpFamily> wanted = ip.family(family.family());
        TraceOptions options = options();
        TargetArguments named = targets.with(words, TargetSelection.Groups.REFUSED);
        if (output.file().isPresent()) {
            named.roles().writes("--output", output.file()).writesStreams(false).check();
        }
        TypedTargets typed = named.read(System.in);
        ip.requireFor(typed.addresses().families());
        Pinger.Builder builder = Pinger.builder().socketPolicy(sockets.policy()).maxInFlight(inFlight.most());
        buffers.apply(builder);
        ip.apply(builder);
        timestamps.timestamps().ifPresent(builder::timestamps);
        TraceView view = new TraceView(
                format,
                quiet,
                oneLine,
                numeric,
                summary.form(),
                Words.commandLine(spec.root().commandLine().getParseResult().originalArgs()),
                colour.ofResults(output.file().isPresent()));
        TracePlan plan = new TracePlan(typed, wanted, builder, options, view, output.file());
        return new TraceRun(plan, spec.commandLine().getErr());
    }

    TraceOptions options() {
        if (firstHop > maxHops) {
            throw new IllegalArgumentException("-f " + firstHop + " begins behind -m " + maxHops + ", the last hop");
        }
        TraceOptions.Builder builder = TraceOptions.builder()
                .timeout(timeout)
                .firstHop(firstHop)
                .maxHops(maxHops)
                .probesPerHop(probesPerHop)
                .cycles(cycles)
                .interval(interval)
                .parallelHops(parallelHops)
                .paris(paris)
                .pathMtu(pathMtu)
                .filler(ip.filler())
                .anySource(ip.anySource());
        boolean sized = spec.commandLine().getParseResult().hasMatchedOption("--size");
        if (sized || !pathMtu) {
            builder.payloadBytes(payloadBytes());
        }
        if (rate != null) {
            builder.probesPerSecond(rate);
        }
        return builder.build();
    }

    private int payloadBytes() {
        int bytes = ip.payloadBytes();
        if (paris && bytes < ProbeOptions.MIN_FLOW_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("--size " + bytes + " is too short for probes that look like one flow"
                    + " (expected: " + ProbeOptions.MIN_FLOW_PAYLOAD_BYTES + " or more, or --no-paris)");
        }
        return bytes;
    }
}
