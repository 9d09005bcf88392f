package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.LoopsOption;
import io.github.nettyping.cli.option.OptionLetters;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.output.ExclusiveFile;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.cli.target.TargetSelectionOptions;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
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
            "Targets: 192.0.2.7  192.0.2.0/24  192.0.2.10-99  192.0.2.10-192.0.2.99  10.0-3.1,5.1-254",
            "         2001:db8::7  2001:db8::/120  2001:db8::1-2001:db8::ff  fe80::1%%eth0  host.example",
            "A host name stands for its first address, IPv4 if it has one, or with --all-ips for all.",
            "",
            "Results go to standard output or --output, progress and summary to standard error. SIGUSR1 prints",
            "the state so far there.",
            "Exit codes: 0 every target answered, 1 some did not, 2 a name was not found (the rest goes on),",
            "3 bad arguments, 4 a system call failed, 130 and 143 ended by a signal,",
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

    @Option(
            names = {"-f", "--targets"},
            paramLabel = "FILE",
            description = "Ask also the targets listed in FILE (first word of each line); - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--all-addresses", description = "Ask network and broadcast address of IPv4 prefixes too.")
    private boolean allAddresses;

    @Mixin
    private TargetSelectionOptions selection = new TargetSelectionOptions();

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

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            converter = OptionTypes.InFlight.class,
            description = "Let at most N probes wait for replies at once, or as many as the receive buffer can"
                    + " hold (default: ${DEFAULT-VALUE}).")
    private int maxInFlight = 65_536;

    @Mixin
    private LoopsOption loops = new LoopsOption();

    @Mixin
    private IpOptions ip = new IpOptions();

    @Mixin
    private TimestampsOption timestamps = new TimestampsOption();

    @Option(names = "--any-source", description = "Accept an authentic reply from another address than the target.")
    private boolean anySource;

    @Option(names = "--fail-fast", description = "Take an ICMP error as final at once, although anybody can forge one.")
    private boolean failFast;

    @Option(
            names = "--rcvbuf",
            paramLabel = "BYTES",
            converter = OptionTypes.BufferBytes.class,
            description = "Ask for a receive buffer of so many bytes for each socket (default: ${DEFAULT-VALUE}).")
    private int receiveBufferBytes = 8 << 20;

    @Option(
            names = "--sndbuf",
            paramLabel = "BYTES",
            converter = OptionTypes.BufferBytes.class,
            description = "Ask for a send buffer of so many bytes for each socket (default: ${DEFAULT-VALUE}).")
    private int sendBufferBytes = 8 << 20;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl|csv",
            defaultValue = "text",
            converter = OptionTypes.SweepFormat.class,
            description = "Print a line for each host that answers (text), an object for each target (jsonl) or"
                    + " a line for each target (csv) (default: ${DEFAULT-VALUE}).")
    private ResultFormat.Name format = ResultFormat.Name.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Write results to FILE instead of standard output; FILE is emptied first, unless"
                    + " --checkpoint continues it.")
    private @Nullable Path output;

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

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no results, only the summary.")
    private boolean quiet;

    @Option(
            names = "--summary",
            paramLabel = "text|json",
            defaultValue = "text",
            converter = OptionTypes.Summary.class,
            description = "Print the summary in this form; json is one line, the last (default: ${DEFAULT-VALUE}).")
    private SummaryForm summary = SummaryForm.TEXT;

    @Option(
            names = "--progress",
            description = "Show progress as a line a second on standard error, even if that is no terminal.")
    private boolean progress;

    @Option(names = "--no-progress", description = "Show no progress, not even on a terminal.")
    private boolean noProgress;

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
            // sweep, and they are too old for an archive of classes.
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
            case "--all-addresses" -> allAddresses = true;
            case "--alive-only" -> aliveOnly = true;
            case "--quiet" -> quiet = true;
            case "--format" -> format = new OptionTypes.SweepFormat().convert(rest.next());
            case "--rate" -> rate = new OptionTypes.PaceOfSweep().convert(rest.next());
            case "--retries" -> retries = new OptionTypes.Retries().convert(rest.next());
            case "--summary" -> summary = new OptionTypes.Summary().convert(rest.next());
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
        ExitCode code = order.dryRun() ? run.dryRun(spec.commandLine().getOut()) : run.run();
        return code.code();
    }

    private void requireDifferentFiles(TargetArguments named) {
        if (output == null && checkpoint == null && report == null) {
            return;
        }
        Optional<Path> saved = Optional.ofNullable(checkpoint);
        named.roles()
                .writes("--output", Optional.ofNullable(output))
                .writes("--checkpoint", saved)
                .writes("--checkpoint by way of", saved.map(ExclusiveFile::beside))
                .writes("--report", Optional.ofNullable(report))
                .writesStreams(output == null)
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
        TargetArguments named = new TargetArguments(words, files, allAddresses, selection.selection());
        requireDifferentFiles(named);
        TypedTargets targets = named.read(System.in, wantedOrder.anySize());
        wantedOrder.of(targets.addresses());
        ip.requireFor(targets.addresses().families());
        SweepView view = new SweepView(format, quiet, all, aliveOnly, summary, Words.commandLine(arguments));
        SweepPlan plan = new SweepPlan(
                targets,
                wanted,
                wantedOrder,
                order.maxAlive(),
                order.deadline(),
                options(),
                view,
                Optional.ofNullable(output),
                Optional.ofNullable(checkpoint),
                Optional.ofNullable(report));
        if (progress && noProgress) {
            throw new IllegalArgumentException("--progress and --no-progress contradict each other; name one of them");
        }
        return new SweepRun(plan, new SweepConsole(view, progress, noProgress, err), err);
    }

    private SweepOptions options() {
        SweepOptions.Builder builder = SweepOptions.builder()
                .probe(ProbeOptions.builder()
                        .timeout(timeout)
                        .attempts(1 + retries)
                        .backoff(backoff)
                        .payloadBytes(ip.payloadBytes())
                        .anySource(anySource)
                        .failFast(failFast)
                        .build())
                .socketPolicy(sockets.policy())
                .rate(rate)
                .maxInFlight(maxInFlight)
                .loops(loops.loops())
                .receiveBufferBytes(receiveBufferBytes)
                .sendBufferBytes(sendBufferBytes)
                .broadcast(selection.broadcast());
        ip.apply(builder::option, builder::localAddress);
        timestamps.timestamps().ifPresent(builder::timestamps);
        return builder.build();
    }
}
