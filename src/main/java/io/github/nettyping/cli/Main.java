package io.github.nettyping.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: finds the command, runs it, turns what comes of it into an exit code. */
@Command(
        name = "nettyping",
        description = "Pings very many hosts at once.",
        subcommands = {
            SweepCommand.class,
            PingCommand.class,
            TraceCommand.class,
            BenchCommand.class,
            DoctorCommand.class
        },
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "nettyping COMMAND --help lists the options of a command."})
@SuppressWarnings("UnusedVariable") // picocli reads its options itself.
public final class Main {

    @Option(names = "--help", usageHelp = true, scope = CommandLine.ScopeType.INHERIT, description = "Print this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        ExitCode code;
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            silenceLogs();
            code = run(args, new PrintWriter(System.out, false, StandardCharsets.UTF_8), err);
        } catch (Throwable e) {
            Complaints.print(err, Complaints.of(e));
            code = ExitCode.SYSTEM;
        }
        System.exit(code.code());
    }

    /** Runs one command; help and versions go to {@code out}, results to the process's standard output. */
    static ExitCode run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new Main())
                .setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setParameterExceptionHandler((e, arguments) -> complain(e))
                .setExecutionExceptionHandler((e, command, parsed) -> complain(e, command.getErr()))
                .setExitCodeExceptionMapper(e -> ExitCode.SYSTEM.code());
        int code = commandLine.execute(args);
        // True also if a reader had enough of the help; its text fits any pipe, so that is next to impossible.
        if (out.checkError()) {
            Complaints.print(err, "write(standard output) failed; is the disk full?");
            return ExitCode.SYSTEM;
        }
        return ofCode(code);
    }

    private static ExitCode ofCode(int code) {
        for (ExitCode exitCode : ExitCode.values()) {
            if (exitCode.code() == code) {
                return exitCode;
            }
        }
        throw new IllegalStateException("exit code " + code);
    }

    private static int complain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        Complaints.print(
                command.getErr(),
                message(e) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return "unknown command \"" + word + "\" (expected: "
                        + String.join(", ", e.getCommandLine().getSubcommands().keySet()) + ')';
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static int complain(Exception e, PrintWriter err) {
        Complaints.print(err, Complaints.of(e));
        return ExitCode.SYSTEM.code();
    }

    /** Standard error belongs to the messages of this program; who configures the JDK's logging gets Netty's. */
    private static void silenceLogs() {
        // Before any other class of Netty. SLF4J, which it would prefer, says on standard error that it has no
        // provider.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            Logger.getLogger("").setLevel(Level.OFF);
        }
    }
}
