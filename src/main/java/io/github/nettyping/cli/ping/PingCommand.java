package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.IpOptions;
import io.github.nettyping.cli.option.IputilsNumbers;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.OutputOption;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.SummaryOption;
import io.github.nettyping.cli.option.TargetOptions;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.ping.iputils.PingPattern;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.probe.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ping}: its options, which are those of iputils, and what they mean to a run. */
@Command(
        name = "ping",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Pings hosts again and again, as ping(8) of iputils does, and several at the same time.",
        footer = {
            "",
            "Hosts: host.example  192.0.2.7  2001:db8::7  fe80::1%%eth0  192.0.2.0/28  192.0.2.10-99",
            "With several hosts, ADDRESS: begins each line, and -q prints one line of statistics for each.",
            "",
            "Text, statistics included, goes to standard output. With jsonl an object of statistics for each host",
            "comes last, and the statistics as text go to standard error.",
            "Exit codes: 0 every host answered (with -c and -w: so many times), 1 some did not, 2 a name was not",
            "found, or the only host has no route or may not be asked that, 3 bad arguments, 4 a system call",
            "failed, 129 and 143 hung up or terminated, 130 interrupted (jsonl; text then ends with 0 or 1),",
            "141 standard output was closed."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class PingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST", arity = "0..*", description = "Ping these names and addresses.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private TargetOptions targets;

    @Option(
            names = "-c",
            paramLabel = "COUNT",
            converter = IputilsNumbers.Count.class,
            description = "Stop after COUNT probes; with -w, after COUNT answers (default: never).")
    private @Nullable Long count;

    @Mixin
    private PingPaceOptions pace;

    @Option(
            names = "-W",
            paramLabel = "TIMEOUT",
            defaultValue = "10",
            converter = IputilsNumbers.Timeout.class,
            description = "Wait so many seconds after the last probe if no reply has come; with jsonl, for each"
                    + " probe; 0: for ever (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "-w",
            paramLabel = "DEADLINE",
            converter = IputilsNumbers.Deadline.class,
            description = "Stop after so many seconds, or when an error is reported; 0: never (default: never).")
    private @Nullable Duration deadline;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "BYTES",
            converter = IputilsNumbers.PayloadBytes.class,
            description = "Send an ICMP payload of so many bytes, 0 to 65507; below 16, text shows no times and"
                    + " replies cannot be authenticated (default: ${DEFAULT-VALUE}).")
    private int payloadBytes = 56;

    @Option(
            names = "-p",
            paramLabel = "PATTERN",
            converter = PingPattern.Digits.class,
            description = "Fill the payload from its byte 16 on with these bytes, up to 16 in hexadecimal.")
    private @Nullable PingPattern pattern;

    @Option(names = "--random-payload", description = IpOptions.RANDOM_PAYLOAD)
    private boolean randomPayload;

    @Mixin
    private PingPacketOptions packets;

    @Mixin
    private PingSocketOptions own;

    @Option(names = "--any-source", description = "Accept an authentic reply from another address than the host's.")
    private boolean anySource;

    private PingView.Names names = PingView.Names.AS_TYPED;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no line for each probe, only the statistics.")
    private boolean quiet;

    @Option(names = "-D", description = "Begin each line with the time in seconds since 1970.")
    private boolean timestamps;

    @Option(names = "-O", description = "Print a line if the probe before has no answer yet when the next is sent.")
    private boolean outstanding;

    @Option(names = "-a", description = "Ring the bell of the terminal for each reply.")
    private boolean audible;

    @Option(names = "-3", description = "Print round trips with three decimals, however long they are.")
    private boolean precise;

    @Option(
            names = "-U",
            description = "Measure round trips from the system call until the reply is read: --timestamps user.")
    private boolean userTimes;

    @Option(names = "-C", hidden = true, description = "Not here: one socket asks all hosts.")
    private boolean connected;

    @Option(names = "-N", hidden = true, description = "Not here: no host of Linux answers that.")
    private @Nullable String nodeInformation;

    @Option(
            names = "-v",
            description =
                    "Print redirects and source quenches of routers, the identifier of each reply, and mark further"
                            + " replies of a group.")
    private boolean verbose;

    @Mixin
    private FamilyOptions family;

    @Mixin
    private SocketKindOption sockets;

    @Mixin
    private TimestampsOption clocks;

    @Option(
            names = "--format",
            paramLabel = "text|jsonl",
            defaultValue = "text",
            converter = OptionTypes.Format.class,
            description = "Print lines like ping(8) of iputils (text), or an object for each probe and each"
                    + " duplicate (jsonl) (default: ${DEFAULT-VALUE}).")
    private ResultFormat.Name format;

    @Mixin
    private OutputOption output;

    @Mixin
    private SummaryOption summary;

    @Mixin
    private ColourOption colour;

    @SuppressWarnings("UnusedMethod") // Picocli calls it.
    @Option(names = "-n", description = "Print no names of hosts, only addresses; overrides an -H before it.")
    void numeric(boolean asked) {
        names = asked ? PingView.Names.NONE : names;
    }

    @SuppressWarnings("UnusedMethod") // Picocli calls it.
    @Option(
            names = "-H",
            description = "Print names with all addresses, also for a host given as an address, and in spite of an -n"
                    + " before it.")
    void named(boolean asked) {
        names = asked ? PingView.Names.ALL : names;
    }

    /** Returns why what was asked for cannot be had here. */
    private Optional<String> impossible() {
        if (connected) {
            return Optional.of("-C: one socket asks all hosts here, so it cannot be connected to one; leave it out");
        }
        return nodeInformation == null
                ? Optional.empty()
                : Optional.of("-N: queries for node information (RFC 4620) are not sent here, and Linux answers none");
    }

    @Override
    public Integer call() {
        return run(PingRun::run).code();
    }

    /** Prepares a run and has it run, unless what was asked for cannot be had. */
    ExitCode run(Function<PingRun, ExitCode> runner) {
        Optional<String> reason = impossible();
        if (reason.isPresent()) {
            Complaints.print(spec.commandLine().getErr(), reason.get());
            return ExitCode.UNRESOLVED;
        }
        return runner.apply(PicocliValues.checked(spec, this::prepare));
    }

    private PingRun prepare() {
        PingPacketSettings asked = packets.packets(words);
        List<String> hosts = words.subList(packets.prescribed(words), words.size());
        TargetArguments named = targets.with(hosts, TargetSelection.Groups.ASKED);
        if (output.file().isPresent()) {
            named.roles().writes("--output", output.file()).writesStreams(false).check();
        }
        PingTargets read = PingTargets.read(named, asked, System.in);
        if (pattern != null && randomPayload) {
            throw new IllegalArgumentException("-p and --random-payload contradict each other; leave one of them out");
        }
        boolean root = UserLimits.isRoot();
        PingPlan plan = new PingPlan(
                count == null ? OptionalLong.empty() : OptionalLong.of(count),
                pace.pace(root),
                pace.flood(),
                unlessZero(timeout),
                unlessZero(deadline),
                payloadBytes,
                Optional.ofNullable(pattern),
                randomPayload,
                pace.preload(),
                anySource);
        // Looking up a name takes longer than a flood can wait.
        PingView.Names shown = pace.flood() && names == PingView.Names.AS_TYPED ? PingView.Names.NONE : names;
        PingView view = new PingView(
                format,
                quiet,
                shown,
                timestamps,
                outstanding,
                audible,
                verbose,
                precise,
                colour.ofResults(output.file().isPresent()));
        PingSettings settings = new PingSettings(
                family.family(),
                sockets.policy(),
                clocks.timestamps().or(() -> userTimes ? Optional.of(Timestamps.USER) : Optional.empty()),
                plan,
                asked,
                own.settings(),
                view,
                output.file(),
                summary.form());
        return new PingRun(read, settings, root, spec.commandLine().getErr());
    }

    private static Optional<Duration> unlessZero(@Nullable Duration time) {
        return time == null || time.isZero() ? Optional.empty() : Optional.of(time);
    }
}
