package io.github.nettyping.cli;

import io.github.nettyping.cli.bench.BenchCommand;
import io.github.nettyping.cli.doctor.DoctorCommand;
import io.github.nettyping.cli.fping.FpingCommand;
import io.github.nettyping.cli.manual.CompletionCommand;
import io.github.nettyping.cli.manual.ForeignOption;
import io.github.nettyping.cli.manual.HelpStyle;
import io.github.nettyping.cli.manual.ManualCommand;
import io.github.nettyping.cli.manual.Suggestion;
import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.option.VersionOption;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.MemoryShortage;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.cli.ping.PingCommand;
import io.github.nettyping.cli.serve.ServeCommand;
import io.github.nettyping.cli.sweep.SweepCommand;
import io.github.nettyping.cli.sweep.SweepRun;
import io.github.nettyping.cli.trace.TraceCommand;
import io.github.nettyping.cli.watch.WatchCommand;
import io.github.nettyping.target.TargetWord;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: finds the command, runs it, turns what comes of it into an exit code. */
@Command(
        name = "nettyping",
        description = "Pings very many hosts at once.",
        versionProvider = Version.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "nettyping COMMAND --help, or help COMMAND, lists the options of a command.",
            "",
            "Exit codes: 0 every target answered, 1 some did not, 2 a name was not found, 3 bad arguments,",
            "4 a system call failed, 129, 130 and 143 ended by a signal, 141 standard output was closed."
        })
@SuppressWarnings("UnusedVariable") // picocli reads its options itself.
public final class Main {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @Mixin
    private ColourOption colour = new ColourOption();

    /** Asked alone, it is answered without picocli. */
    private static final List<String> VERSION = List.of("-V", "--version");

    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        int code = ExitCode.SYSTEM.code();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            silenceLogs();
            endAllIfMemoryIsShort();
            PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
            code = args.length > 0 && FpingCommand.isName(args[0])
                    ? FpingCommand.run(args[0], List.of(args).subList(1, args.length), out, err)
                    : run(args, out, err).code();
        } catch (Throwable e) {
            MemoryShortage.endIfIn(e);
            Complaints.print(err, Complaints.of(e));
        } finally {
            // Whatever becomes of the words: the JVM's own exit code means that a target is silent.
            System.exit(code);
        }
    }

    /** Runs one command; help and versions go to {@code out}, results to the process's standard output. */
    public static ExitCode run(String[] args, PrintWriter out, PrintWriter err) {
        if (args.length == 1 && VERSION.contains(args[0])) {
            out.println(Version.line());
            return written(out, err, ExitCode.OK);
        }
        Optional<SweepRun> plain = plainSweep(List.of(args), err);
        if (plain.isPresent()) {
            return plain.get().run();
        }
        if (args.length == 0) {
            usage(model(), err);
            return ExitCode.USAGE;
        }
        String[] words = arranged(List.of(args));
        CommandLine commandLine = model(words)
                .setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler((e, arguments) -> complain(e))
                .setExecutionExceptionHandler((e, command, parsed) -> complain(e, command.getErr()))
                .setExitCodeExceptionMapper(e -> ExitCode.SYSTEM.code());
        HelpStyle.apply(commandLine);
        int code = commandLine.execute(words);
        return written(out, err, ExitCode.of(code));
    }

    private static ExitCode written(PrintWriter out, PrintWriter err, ExitCode code) {
        // True also if a reader had enough of the help; its text fits any pipe, so that is next to impossible.
        if (out.checkError()) {
            Complaints.print(err, "write(standard output) failed; is the disk full?");
            return ExitCode.SYSTEM;
        }
        return code;
    }

    private static int execute(ParseResult parsed) {
        if (!parsed.unmatched().isEmpty()) {
            // Who asks for help on a command that is none.
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        HelpStyle.colour(parsed.commandSpec().commandLine(), parsed);
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Puts {@code help COMMAND} and {@code --color=never COMMAND} into the order of all others. */
    private static String[] arranged(List<String> args) {
        List<String> words = new ArrayList<>(args);
        if (words.size() > 1 && words.get(0).startsWith(ColourOption.NAME + "=")) {
            words.add(1, words.remove(0));
        }
        if (words.get(0).equals("help")) {
            words.remove(0);
            words.add("--help");
        }
        return words.toArray(String[]::new);
    }

    /** Prints what there is, for those who only typed the program's name. */
    private static void usage(CommandLine program, PrintWriter err) {
        err.println("Usage: nettyping COMMAND [OPTIONS] TARGET...");
        err.println();
        program.getSubcommands()
                .forEach((name, command) -> err.println(String.format(
                        "  %-12s%s",
                        name,
                        String.join(" ", command.getCommandSpec().usageMessage().description()))));
        err.println();
        err.println("nettyping help COMMAND lists the options of a command.");
        err.flush();
    }

    /** Returns the program with the commands that arguments need. */
    public static CommandLine model(String... args) {
        CommandLine commandLine = new CommandLine(new Main());
        // Each made by itself: one that is added as a class keeps the names its options have without their letters.
        addVersion(commandLine);
        List<Class<?>> commands = commands(args);
        commands.forEach(command -> commandLine.addSubcommand(addVersion(new CommandLine(command))));
        // The last one counts; of each that does not, picocli would warn.
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        commandLine.setOverwrittenOptionsAllowed(true);
        if (commands.size() > 1) {
            // It never comes here to be run.
            commandLine.addSubcommand(new CommandLine(FpingCommand.spec()));
        }
        return commandLine;
    }

    private static CommandLine addVersion(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("-V") == null) {
            spec.addMixin("version", CommandSpec.forAnnotatedObject(new VersionOption()));
        }
        spec.versionProvider(new Version.Provider());
        return command;
    }

    /** Returns the sweep asked for if that can be told without picocli; then there is nothing to complain of either. */
    private static Optional<SweepRun> plainSweep(List<String> args, PrintWriter err) {
        if (args.isEmpty() || !args.get(0).equals("sweep")) {
            return Optional.empty();
        }
        try {
            return SweepCommand.ofPlain(args.subList(1, args.size())).map(command -> command.prepare(args, err));
        } catch (IllegalArgumentException e) {
            // Picocli comes to the same end, and adds where help is.
            return Optional.empty();
        }
    }

    /** Returns the commands to build: the one named, since reading the annotations of all takes a while, or else all. */
    private static List<Class<?>> commands(String[] args) {
        return switch (args.length == 0 ? "" : args[0]) {
            case "sweep" -> List.of(SweepCommand.class);
            case "ping" -> List.of(PingCommand.class);
            case "trace" -> List.of(TraceCommand.class);
            case "bench" -> List.of(BenchCommand.class);
            case "watch" -> List.of(WatchCommand.class);
            case "serve" -> List.of(ServeCommand.class);
            case "doctor" -> List.of(DoctorCommand.class);
            default ->
                List.of(
                        SweepCommand.class,
                        PingCommand.class,
                        TraceCommand.class,
                        BenchCommand.class,
                        WatchCommand.class,
                        ServeCommand.class,
                        DoctorCommand.class,
                        CompletionCommand.class,
                        ManualCommand.class);
        };
    }

    private static int complain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        Complaints.print(
                command.getErr(),
                message(e) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage());
        }
        CommandLine command = e.getCommandLine();
        String word = unmatched.getUnmatched().get(0);
        if (word.startsWith("-")) {
            Optional<String> hint = ForeignOption.hint(command.getCommandName(), word);
            return e.getMessage() + hint.map(text -> ": " + text).orElseGet(() -> meant(word, command));
        }
        if (command.getParent() != null) {
            return String.valueOf(e.getMessage());
        }
        return "unknown command \"" + word + "\" (expected: "
                + String.join(", ", command.getSubcommands().keySet()) + ')' + meantCommand(word, command);
    }

    private static String meant(String word, CommandLine command) {
        Stream<String> options =
                command.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names()));
        return Suggestion.of(word.split("=", 2)[0], options)
                .map(option -> "; did you mean " + option + '?')
                .orElse("");
    }

    private static String meantCommand(String word, CommandLine program) {
        if (TargetWord.of(word) != TargetWord.NAME || word.contains(".")) {
            return "; did you mean nettyping " + (word.contains("/") ? "sweep " : "ping ") + word + '?';
        }
        return Suggestion.of(word, program.getSubcommands().keySet().stream())
                .map(name -> "; did you mean " + name + '?')
                .orElse("");
    }

    private static int complain(Exception e, PrintWriter err) {
        Complaints.print(err, Complaints.of(e));
        return ExitCode.SYSTEM.code();
    }

    /** A thread that lacks memory ends, and those that wait for it would wait for ever. */
    private static void endAllIfMemoryIsShort() {
        MemoryShortage.prepare();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            MemoryShortage.endIfIn(failure);
            PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            Complaints.print(err, Complaints.of(failure));
        });
    }

    /** Standard error belongs to the messages of this program; who configures the JDK's logging gets Netty's. */
    private static void silenceLogs() {
        // Before any other class of Netty. SLF4J, which it would prefer, says on standard error that it has no
        // provider; the JDK's takes 20 ms to start, only to be told that nobody listens.
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        InternalLoggerFactory.setDefaultFactory(configured ? JdkLoggerFactory.INSTANCE : new SilentLogs());
    }
}
