package io.github.nettyping.cli.trace;

import io.github.nettyping.Pinger;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.OptionLetters;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.target.TargetArguments;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code trace}: its options, whose letters are those of traceroute(8), and what they mean to the library. */
@Command(
        name = "trace",
        sortOptions = false,
        abbreviateSynopsis = true,
        modelTransformer = TraceCommand.Letters.class,
        description = "Finds the ways to hosts, those to all of them and all hops at the same time.",
        footer = {
            "",
            "Hosts are written as for sweep, also as prefixes and ranges. A name stands for its first address,",
            "IPv4 if it has one.",
            "",
            "Text has a report for each host, when the way to it is known, in the columns of mtr --report. Behind",
            "them stands why it goes no further: !N, !H, !P network, host, protocol unreachable, !X prohibited,",
            "!S source route failed, !F-N longer than N bytes, !<T-C> ICMP type and code. F=N stands where longer",
            "packets had to get shorter.",
            "",
            "Exit codes: 0 every host was reached, 1 some were not, 2 a name was not found (the rest goes on),",
            "3 bad arguments, 4 a system call failed, 130 and 143 ended by a signal, with what was known by then,",
            "141 standard output was closed."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class TraceCommand implements Callable<Integer> {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Names and addresses to find the ways to.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "Also those in the first words of the lines of FILE; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--all-addresses", description = "Trace network and broadcast address of IPv4 prefixes too.")
    private boolean allAddresses;

    @Mixin
    private FamilyOptions family;

    @Option(
            names = "-f",
            paramLabel = "HOP",
            converter = OptionTypes.Hops.class,
            description = "The hop to begin with (default: ${DEFAULT-VALUE}).")
    private int firstHop = 1;

    @Option(
            names = "-m",
            paramLabel = "HOP",
            converter = OptionTypes.Hops.class,
            description = "The hop to end with, if the host is not nearer (default: ${DEFAULT-VALUE}).")
    private int maxHops = 30;

    @Option(
            names = "-q",
            paramLabel = "N",
            converter = OptionTypes.ProbesPerHop.class,
            description = "Probes to each hop (default: ${DEFAULT-VALUE}).")
    private int probesPerHop = 3;

    @Option(
            names = "--report-cycles",
            paramLabel = "N",
            converter = OptionTypes.Cycles.class,
            description = "Ask all hops N times, each time with so many probes (default: ${DEFAULT-VALUE}).")
    private int cycles = 1;

    @Option(
            names = "--interval",
            paramLabel = "INTERVAL",
            defaultValue = "1",
            converter = DurationTypes.CycleInterval.class,
            description = "Seconds from the beginning of a cycle to the next, or a duration such as 200ms; longer if a"
                    + " cycle takes longer (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = {"-N", "--parallel"},
            paramLabel = "N",
            converter = OptionTypes.Hops.class,
            description = "Hops of one host that are asked at the same time (default: ${DEFAULT-VALUE}).")
    private int parallelHops = 16;

    @Option(
            names = "-w",
            paramLabel = "WAIT",
            converter = DurationTypes.Wait.class,
            description = "Seconds to wait for the answer to each probe, or a duration such as 250ms (default: 1).")
    private @Nullable Duration wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationTypes.Timeout.class,
            description = "The same: 250ms, 1s, 1.5s; here a bare number is ms.")
    private @Nullable Duration timeout;

    @Option(
            names = "--paris",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Let all probes to a host look like one flow, so that routers that spread packets over"
                    + " several ways send all of them the same one (default), or not.")
    private boolean paris;

    @Option(
            names = "--pmtu",
            description = "Find out how long packets to the host can be: without --size they begin as long as the"
                    + " interface takes, and get shorter as routers ask for it.")
    private boolean pathMtu;

    @Mixin
    private IpOptions ip;

    @Option(
            names = "--rate",
            paramLabel = "N[k|m]",
            converter = OptionTypes.Rate.class,
            description = "Probes per second, all hosts together (default: as fast as answers come back).")
    private @Nullable Long rate;

    @Mixin
    private SocketKindOption sockets;

    @Mixin
    private TimestampsOption timestamps;

    @Option(names = "-n", description = "Print no names of hops, only addresses.")
    private boolean numeric;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl",
            defaultValue = "text",
            converter = OptionTypes.Format.class,
            description = "text: a report for each host; jsonl: an object for each host and hop (default:"
                    + " ${DEFAULT-VALUE}).")
    private ResultFormat.Name format;

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
        TypedTargets targets = new TargetArguments(words, files, allAddresses).read(System.in);
        ip.requireFor(targets.addresses().families());
        Pinger.Builder builder = Pinger.builder().socketPolicy(sockets.policy());
        ip.apply(builder::option, builder::localAddress);
        timestamps.timestamps().ifPresent(builder::timestamps);
        TraceView view = new TraceView(format, quiet, numeric, pathMtu);
        return new TraceRun(
                targets, wanted, builder, options, view, spec.commandLine().getErr());
    }

    TraceOptions options() {
        if (firstHop > maxHops) {
            throw new IllegalArgumentException("-f " + firstHop + " begins behind -m " + maxHops + ", the last hop");
        }
        TraceOptions.Builder builder = TraceOptions.builder()
                .timeout(timeout())
                .firstHop(firstHop)
                .maxHops(maxHops)
                .probesPerHop(probesPerHop)
                .cycles(cycles)
                .interval(interval)
                .parallelHops(parallelHops)
                .paris(paris)
                .pathMtu(pathMtu);
        boolean sized = spec.commandLine().getParseResult().hasMatchedOption("--size");
        if (sized || !pathMtu) {
            builder.payloadBytes(payloadBytes());
        }
        if (rate != null) {
            builder.probesPerSecond(rate);
        }
        return builder.build();
    }

    private Duration timeout() {
        if (wait != null && timeout != null) {
            throw new IllegalArgumentException("-w and --timeout are the same; give one of them");
        }
        if (wait != null) {
            return wait;
        }
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
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
