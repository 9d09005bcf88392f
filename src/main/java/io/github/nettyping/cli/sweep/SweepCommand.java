package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.checkpoint.SweepIdentity;
import io.github.nettyping.cli.format.ResultFormat;
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
import io.github.nettyping.cli.option.OutputOption;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.SummaryOption;
import io.github.nettyping.cli.option.TargetOptions;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.output.ExclusiveFile;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.progress.ProgressOptions;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sweep}: its options, and what they mean to the library. */
@Command(
        name = "sweep",
        sortOptions = false,
        abbreviateSynopsis = true,
        modelTransformer = OptionLetters.OfProbes.class,
        description = "Finds out which hosts answer.",
        footer = {
            "",
            "Targets: 192.0.2.7  192.0.2.0/24  192.0.2.10-99  192.0.2.10-192.0.2.99",
            "         10.0-3.1,5.1-254  2001:db8::7  2001:db8::/120",
            "         2001:db8::1-2001:db8::ff  fe80::1%%eth0  host.example",
            "A host name stands for its first address, IPv4 if it has one, or with --all-ips for all.",
            "",
            "Results go to standard output or --output, progress and summary to standard error. SIGUSR1 prints",
            "the state so far there.",
            "Exit codes: 0 every target answered, 1 some did not, 2 a name was not found (the rest goes on),",
            "3 bad arguments, 4 a system call failed, 129, 130 and 143 ended by a signal,",
            "141 standard output was closed."
        })
public final class SweepCommand implements Callable<Integer> {

    // Every default stands twice: for picocli and its help as text, and as a value for ofPlain. A test compares them.

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..*",
            description = "Ask these addresses, prefixes, ranges and host names.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @Option(
            names = "--broadcast",
            description = "Permit multicast and broadcast addresses as targets; the first host that answers decides.")
    private boolean broadcast;

    @Mixin
    private OrderOptions order = new OrderOptions();

    @Mixin
    private FamilyOptions family = new FamilyOptions();

    @Mixin
    private SocketKindOption sockets = new SocketKindOption();

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationTypes.Timeout.class,
            description = "Wait so long for the first try: 250ms, 1s, 1.5s; a bare number is ms (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(1);

    @Option(
            names = {"-r", "--retries"},
            paramLabel = "N",
            converter = OptionTypes.Retries.class,
            description = "Try a silent target N more times (default: ${DEFAULT-VALUE}).")
    private int retries = 1;

    @Option(
            names = "--backoff",
            paramLabel = "F",
            converter = OptionTypes.Backoff.class,
            description = "Wait F times longer for each further try (default: ${DEFAULT-VALUE}).")
    private double backoff = 1.5;

    @Option(
            names = "--rate",
            paramLabel = "N[k|m]|auto",
            converter = OptionTypes.PaceOfSweep.class,
            description = "Send at most N probes per second, all targets and tries together; auto finds the"
                    + " rate that this host and the path carry (default: auto, at most 10k if any target is"
                    + " not this host itself).")
    private SweepRate rate = SweepRate.auto();

    @Mixin
    private InFlightOption inFlight = new InFlightOption();

    @Mixin
    private LoopsOption loops = new LoopsOption();

    @Mixin
    private IpOptions ip = new IpOptions();

    @Mixin
    private TimestampsOption timestamps = new TimestampsOption();

    @Option(names = "--fail-fast", description = "Take an ICMP error as final at once, although anybody can forge one.")
    private boolean failFast;

    @Mixin
    private BufferOptions buffers = new BufferOptions();

    @Option(
            names = "--format",
            paramLabel = "text|jsonl|csv",
            defaultValue = "text",
            converter = OptionTypes.SweepFormat.class,
            description = "Print a line for each host that answers (text), an object for each target (jsonl) or"
                    + " a line for each target (csv) (default: ${DEFAULT-VALUE}).")
    private ResultFormat.Name format = ResultFormat.Name.TEXT;

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Save in FILE how far the sweep has come, and continue from there if FILE exists;"
                    + " needs --output.")
    private @Nullable Path checkpoint;

    @Option(names = "--all", description = "Print a line in text also for each target that did not answer.")
    private boolean all;

    @Option(names = "--alive-only", description = "Print nothing for targets that did not answer, in any format.")
    private boolean aliveOnly;

    @Option(names = "--dead-only", description = "Print only the targets that did not answer, in any format.")
    private boolean deadOnly;

    @Option(
            names = "--names",
            description = "Print the reverse name of each address that has one, looked up meanwhile.")
    private boolean reverseNames;

    @Option(
            names = "--names-timeout",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationTypes.Timeout.class,
            description = "Wait so long for each name: 250ms, 2s; a bare number is ms (default: ${DEFAULT-VALUE}).")
    private Duration namesTimeout = Duration.ofSeconds(2);

    @Mixin
    private ColourOption colour = new ColourOption();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no results, only the summary.")
    private boolean quiet;

    @Mixin
    private SummaryOption summary = new SummaryOption();

    @Mixin
    private ProgressOptions progress = new ProgressOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE.html|FILE.png",
            converter = OptionTypes.PictureFile.class,
            description =
                    "Write a picture of the address space at the end, coloured by round trip and state: a page with"
                            + " details under the pointer, or an image.")
    private @Nullable Path report;

    /**
     * Reads the arguments of a plain sweep, without picocli, whose model of this command takes half as long as the rest of
     * a short run. What it does not know, or what is wrong, it leaves to picocli, and to the complaints of that.
     *
     * @param arguments after the command's name
     * @return the command as picocli would fill it, or empty if picocli has to
     */
    public static Optional<SweepCommand> ofPlain(List<String> arguments) {
        SweepCommand command = new SweepCommand();
        Set<String> taken = new HashSet<>();
        try {
            for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
                String word = rest.next();
                if (!word.startsWith("-")) {
                    command.words.add(word);
                } else if (!taken.add(longName(word)) || !command.take(longName(word), rest)) {
                    return Optional.empty();
                }
            }
            return Optional.of(command);
        } catch (RuntimeException e) {
            // A value is missing or not what it must be. Named as picocli's exceptions, it would load their classes in
            // every
            // sweep.
            return Optional.empty();
        }
    }

    private static String longName(String option) {
        return switch (option) {
            case "-q" -> "--quiet";
            case "-r" -> "--retries";
            case "-t" -> "--timeout";
            default -> option;
        };
    }

    private boolean take(String option, Iterator<String> rest) {
        switch (option) {
            case "--all" -> all = true;
            case "--all-addresses" -> targets.askAllAddresses();
            case "--alive-only" -> aliveOnly = true;
            case "--dead-only" -> deadOnly = true;
            case "--quiet" -> quiet = true;
            case "--format" -> format = new OptionTypes.SweepFormat().convert(rest.next());
            case "--rate" -> rate = new OptionTypes.PaceOfSweep().convert(rest.next());
            case "--retries" -> retries = new OptionTypes.Retries().convert(rest.next());
            case "--summary" -> summary.take(rest.next());
            case "--timeout" -> timeout = new DurationTypes.Timeout().convert(rest.next());
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Integer call() {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        SweepRun run = PicocliValues.checked(
                spec, () -> prepare(arguments, spec.commandLine().getErr()));
        ExitCode code =
                switch (order.purpose()) {
                    case SWEEP -> run.run();
                    case FORECAST -> run.dryRun(spec.commandLine().getOut());
                    case LIST -> run.list();
                };
        return code.code();
    }

    private void requireDifferentFiles(TargetArguments named) {
        if (output.file().isEmpty() && checkpoint == null && report == null) {
            return;
        }
        Optional<Path> saved = Optional.ofNullable(checkpoint);
        named.roles()
                .writes("--output", output.file())
                .writes("--checkpoint", saved)
                .writes("--checkpoint by way of", saved.map(ExclusiveFile::beside))
                .writes("--report", Optional.ofNullable(report))
                .writesStreams(output.file().isEmpty())
                .check();
    }

    /**
     * Returns the sweep that was asked for.
     *
     * @param arguments all of them, to be shown
     * @throws IllegalArgumentException if the arguments do not fit together, or the targets cannot be used
     */
    public SweepRun prepare(List<String> arguments, PrintWriter err) {
        Optional<IpFamily> wanted = ip.family(family.family());
        TargetOrder wantedOrder = order.order(System.getenv());
        TargetSelection.Groups groups = broadcast ? TargetSelection.Groups.ASKED : TargetSelection.Groups.NEED_CONSENT;
        TargetArguments named = targets.with(words, groups);
        requireDifferentFiles(named);
        TypedTargets typed = named.read(System.in, wantedOrder.anySize());
        wantedOrder.of(typed.addresses());
        ip.requireFor(typed.addresses().families());
        order.purpose();
        SweepView view = new SweepView(
                format,
                quiet,
                shown(),
                summary.form(),
                Words.commandLine(arguments),
                colour.ofResults(output.file().isPresent()));
        SweepPlan plan = new SweepPlan(
                typed,
                wanted,
                wantedOrder,
                order.maxAlive(),
                order.atLeast(),
                order.deadline(),
                reverseNames ? Optional.of(namesTimeout) : Optional.empty(),
                options(),
                view,
                output.file(),
                Optional.ofNullable(checkpoint),
                Optional.ofNullable(report));
        return new SweepRun(plan, new SweepConsole(view, progress.place(), err), err);
    }

    private SweepIdentity.Shown shown() {
        if (aliveOnly && deadOnly) {
            throw new IllegalArgumentException("--alive-only and --dead-only leave nothing; name one of them");
        }
        if (aliveOnly) {
            return SweepIdentity.Shown.ALIVE;
        }
        if (deadOnly) {
            return SweepIdentity.Shown.DEAD;
        }
        return all || format != ResultFormat.Name.TEXT ? SweepIdentity.Shown.ALL : SweepIdentity.Shown.ALIVE;
    }

    private SweepOptions options() {
        SweepOptions.Builder builder = SweepOptions.builder()
                .probe(ip.probe()
                        .timeout(timeout)
                        .attempts(1 + retries)
                        .backoff(backoff)
                        .failFast(failFast)
                        .build())
                .socketPolicy(sockets.policy())
                .rate(rate)
                .maxInFlight(inFlight.most())
                .loops(loops.loops())
                .broadcast(broadcast);
        buffers.apply(builder);
        ip.apply(builder);
        timestamps.timestamps().ifPresent(builder::timestamps);
        return builder.build();
    }
}
