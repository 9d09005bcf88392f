package io.github.nettyping.cli.manual;

import io.github.nettyping.cli.output.Printout;
import io.github.nettyping.cli.output.Version;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code manual}: pages for man(1). */
@Command(
        name = "manual",
        description = "Prints the manual page of the program or of a command, for man(1).",
        footer = {
            "",
            "To read one:",
            "",
            "    nettyping manual sweep | man -l -",
            "",
            "Exit codes: 0 printed, 3 bad arguments, 4 a system call failed, 141 standard output was closed."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets it.
final class ManualCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..1",
            description = "Print the page of this command (default: of the program).")
    private @Nullable String command;

    @Override
    public Integer call() {
        return Printout.print(spec, ManualPage.of(page(), Version.date())).code();
    }

    private CommandSpec page() {
        CommandSpec root = spec.root();
        if (command == null) {
            return root;
        }
        CommandLine named = root.subcommands().get(command);
        if (named == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no command \"" + command + "\" (expected: "
                            + String.join(", ", root.subcommands().keySet()) + ')');
        }
        return named.getCommandSpec();
    }
}
