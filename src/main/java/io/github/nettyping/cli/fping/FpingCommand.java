package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.internal.VisibleText;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command {@code fping}. Its arguments are read as fping reads them, not by picocli, which knows of them only what the
 * help, the manual page and completion tell. Stateless.
 */
public final class FpingCommand {

    private static final int STANDARD_ERROR = 2;

    private FpingCommand() {}

    /** Tells whether the first argument of the program means this command: the name that its link is called by. */
    public static boolean isName(String command) {
        return command.equals("fping") || command.equals("fping6");
    }

    /**
     * Runs the command with the streams of this process.
     *
     * @param program   {@code fping} or {@code fping6}, which messages begin with
     * @param arguments what follows it
     * @return the exit code
     */
    public static int run(String program, List<String> arguments, PrintWriter out, PrintWriter err) {
        // Names resolve to what the C library has first, as everywhere but in the JDK. Read once, by InetAddress.
        System.setProperty("java.net.preferIPv6Addresses", "system");
        takeName(program);
        FpingRun.Streams io = new FpingRun.Streams(
                System.in, StandardOutput::new, () -> new StandardOutput(new FileDescriptor(STANDARD_ERROR)), err);
        return run(program, arguments, out, io, true);
    }

    /** Lets pkill(1) and ps(1) find the process by its name, as scripts do to end a loop. */
    private static void takeName(String program) {
        try {
            Files.writeString(Path.of("/proc/self/comm"), program);
        } catch (IOException e) {
            // Then it is called java.
            return;
        }
    }

    /** Runs the command with other streams, for tests. */
    static int run(
            String program,
            List<String> arguments,
            PrintWriter out,
            PrintWriter err,
            InputStream in,
            Output.Sink outSink,
            Output.Sink errSink) {
        return run(program, arguments, out, new FpingRun.Streams(in, () -> outSink, () -> errSink, err), false);
    }

    private static int run(
            String program, List<String> arguments, PrintWriter out, FpingRun.Streams io, boolean signals) {
        try {
            FpingOptions options = FpingOptionsReader.read(program, arguments);
            return new FpingRun(options, io, signals).run();
        } catch (FpingExit e) {
            out.print(e.out);
            out.flush();
            io.complaints().print(VisibleText.lines(e.err));
            io.complaints().flush();
            return e.code;
        }
    }

    /** Returns what help, manual page and completion tell of the command. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("fping")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("TARGET")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Ask these names and addresses (default: those on standard input, one a line).")
                        .build());
        spec.usageMessage()
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .description("Stands in for fping 5.5: asks many targets in turns, and prints what fping prints.")
                .footer(
                        "",
                        "With -g, TARGET is a network, or the first and the last address of a range.",
                        "The same is done under a link named fping, or fping6 for IPv6 only.",
                        "",
                        "Exit codes: 0 all targets answered, 1 some did not or arguments are wrong, 2 a name was not"
                                + " found,",
                        "4 a system call failed, 141 standard output was closed.");
        for (FpingOption option : FpingOption.values()) {
            // Every command has inherited that one.
            if (option != FpingOption.HELP) {
                spec.addOption(spec(option));
            }
        }
        return spec;
    }

    private static OptionSpec spec(FpingOption option) {
        List<String> names = new ArrayList<>();
        if (option.letter != 0) {
            names.add("-" + option.letter);
        }
        if (option.longName != null) {
            names.add("--" + option.longName);
        }
        OptionSpec.Builder builder =
                OptionSpec.builder(names.toArray(String[]::new)).description(option.description.replace("%", "%%"));
        return option.value == null
                ? builder.type(boolean.class).build()
                : builder.type(String.class).paramLabel(option.value).build();
    }
}
