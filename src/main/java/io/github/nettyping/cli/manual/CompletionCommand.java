package io.github.nettyping.cli.manual;

import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.output.Printout;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code completion}: what lets a shell complete commands, options and their values. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete commands, options and their values.",
        footer = {
            "",
            "One script serves both shells, and bin/nettyping as well as nettyping. To use it in this shell:",
            "",
            "    source <(nettyping completion)",
            "",
            "Exit codes: 0 printed, 3 bad arguments, 4 a system call failed, 141 standard output was closed."
        })
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public // picocli sets and checks it: the script is the same.
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "bash|zsh",
            arity = "0..1",
            converter = Shell.class,
            description = "Name the shell; it may be left out.")
    private String shell;

    /** Those whose completion picocli's script knows. */
    static final class Shell extends OptionTypes.WordType<String> {
        Shell() {
            super("bash or zsh", Map.of("bash", "bash", "zsh", "zsh"));
        }
    }

    @Override
    public Integer call() {
        return Printout.print(spec, CompletionScript.of(spec.root().commandLine()))
                .code();
    }
}
