package io.github.nettyping.cli.manual;

import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.output.Printout;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            "One script serves bash and zsh, another fish, bin/nettyping as well as nettyping. To use it in this shell:",
            "",
            "    source <(nettyping completion)         bash, zsh",
            "    nettyping completion fish | source     fish",
            "",
            "Exit codes: 0 printed, 3 bad arguments, 4 a system call failed, 141 standard output was closed."
        })
@SuppressWarnings("NullAway.Init")
public // picocli sets it.
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "bash|zsh|fish",
            arity = "0..1",
            converter = Shell.class,
            description = "Name the shell; it may be left out.")
    private @Nullable String shell;

    /** Those that there is a script for. */
    static final class Shell extends OptionTypes.WordType<String> {
        Shell() {
            super("bash, zsh or fish", Map.of("bash", "bash", "zsh", "zsh", "fish", "fish"));
        }
    }

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        String script = "fish".equals(shell) ? FishScript.of(program) : CompletionScript.of(program);
        return Printout.print(spec, script).code();
    }
}
