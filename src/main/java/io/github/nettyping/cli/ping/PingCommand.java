package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.FamilyOptions;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.option.PicocliValues;
import io.github.nettyping.cli.option.SocketKindOption;
import io.github.nettyping.cli.option.TimestampsOption;
import io.github.nettyping.packet.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
            "A host is a name or an address: host.example  192.0.2.7  2001:db8::7  fe80::1%%eth0",
            "With several hosts, ADDRESS: begins each line.",
            "",
            "Text, statistics included, goes to standard output; with jsonl the statistics go to standard error.",
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

    @Option(
            names = "-c",
            paramLabel = "COUNT",
            converter = OptionTypes.Count.class,
            description = "Stop after COUNT probes; with -w, after COUNT answers (default: never).")
    private @Nullable Long count;

    @Mixin
    private PingPaceOptions pace;

    @Option(
            names = "-W",
            paramLabel = "TIMEOUT",
            defaultValue = "10",
            converter = DurationTypes.Wait.class,
            description = "Wait so many seconds after the last probe if no reply has come; with jsonl, for each"
                    + " probe (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "-w",
            paramLabel = "DEADLINE",
            converter = DurationTypes.PingDeadline.class,
            description = "Stop after so many seconds, or when an error is reported (default: never).")
    private @Nullable Duration deadline;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "BYTES",
            converter = OptionTypes.PayloadBytes.class,
            description = "Send an ICMP payload of so many bytes, 0 to 65507; below 16, text shows no times and"
                    + " replies cannot be authenticated (default: ${DEFAULT-VALUE}).")
    private int payloadBytes = 56;

    @Option(
            names = "-p",
            paramLabel = "PATTERN",
            converter = PingPattern.Digits.class,
            description = "Fill the payload from its byte 16 on with these bytes, up to 16 in hexadecimal.")
    private @Nullable PingPattern pattern;

    @Mixin
    private PingPacketOptions packets;

    @Option(names = "-n", description = "Print no names of hosts, only addresses.")
    private boolean numeric;

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

    @Override
    public Integer call() {
        return PicocliValues.checked(spec, this::prepare).run().code();
    }

    private PingRun prepare() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no host; name one, such as 192.0.2.7 or host.example");
        }
        PingPacketSettings asked = packets.packets();
        words.forEach(word -> PingHosts.check(asked.scoped(word)));
        Optional<IpFamily> wanted = family.family();
        boolean root = UserLimits.isRoot();
        PingPlan plan = new PingPlan(
                count == null ? OptionalLong.empty() : OptionalLong.of(count),
                pace.pace(root),
                pace.flood(),
                timeout,
                Optional.ofNullable(deadline),
                payloadBytes,
                Optional.ofNullable(pattern));
        // Looking up a name takes longer than a flood can wait.
        boolean unnamed = numeric || pace.flood();
        PingView view = new PingView(format, quiet, unnamed, timestamps, outstanding, audible, verbose);
        PingSettings settings = new PingSettings(wanted, sockets.policy(), clocks.timestamps(), plan, asked, view);
        return new PingRun(words, settings, root, spec.commandLine().getErr());
    }
}
