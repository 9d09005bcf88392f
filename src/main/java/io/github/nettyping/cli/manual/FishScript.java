package io.github.nettyping.cli.manual;

import java.io.File;
import java.net.InetAddress;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The script that completes in fish, from the same model as that of bash and zsh. Stateless. */
final class FishScript {

    private static final String HEAD = """
            # Completion for nettyping, in fish: put it into a directory of $fish_complete_path.
            # Made by "nettyping completion fish".
            complete -c nettyping -f
            """;

    private static final String NO_COMMAND = "__fish_use_subcommand";

    private FishScript() {}

    static String of(CommandLine program) {
        StringBuilder script = new StringBuilder(HEAD);
        Set<String> commands = program.getSubcommands().keySet();
        appendArguments(script, NO_COMMAND, program.getCommandSpec(), commands);
        program.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            String description = String.join(" ", spec.usageMessage().description());
            append(script, NO_COMMAND).append(" -a ").append(name);
            appendDescription(script, description).append('\n');
            appendArguments(script, "__fish_seen_subcommand_from " + name, spec, commands);
        });
        return script.toString();
    }

    private static StringBuilder append(StringBuilder script, String condition) {
        return script.append("complete -c nettyping -n ").append(quoted(condition));
    }

    private static void appendArguments(
            StringBuilder script, String condition, CommandSpec spec, Set<String> commands) {
        for (OptionSpec option : CompletionScript.ordered(spec)) {
            if (option.hidden()) {
                continue;
            }
            append(script, condition);
            for (String name : option.names()) {
                if (name.startsWith("--")) {
                    script.append(" -l ").append(name.substring(2));
                } else {
                    script.append(name.length() == 2 ? " -s " : " -o ").append(name.substring(1));
                }
            }
            if (option.arity().max() > 0) {
                // Files are no values of it, or the only ones.
                script.append(CompletionScript.type(option) == File.class ? " -r" : " -x");
                appendValues(script, option, commands);
            }
            appendDescription(script, String.join(" ", option.description())).append('\n');
        }
        for (PositionalParamSpec words : spec.positionalParameters()) {
            if (CompletionScript.type(words) == InetAddress.class
                    || CompletionScript.candidates(words, commands) != null) {
                append(script, condition);
                appendValues(script, words, commands);
                script.append('\n');
            }
        }
    }

    private static void appendValues(StringBuilder script, ArgSpec argument, Set<String> commands) {
        if (CompletionScript.type(argument) == File.class) {
            script.append(" -F");
        } else if (CompletionScript.type(argument) == InetAddress.class) {
            script.append(" -a '(__fish_print_hostnames)'");
        } else {
            Iterable<String> candidates = CompletionScript.candidates(argument, commands);
            if (candidates != null) {
                script.append(" -a ").append(quoted(String.join(" ", candidates)));
            }
        }
    }

    /** The first sentence: fish shows one line. */
    private static StringBuilder appendDescription(StringBuilder script, String description) {
        String plain = description.replace("%%", "%").replaceAll("\\s*\\(default:.*|\\.$", "");
        int end = plain.indexOf(". ");
        String first = end < 0 ? plain : plain.substring(0, end);
        return first.isEmpty() ? script : script.append(" -d ").append(quoted(first));
    }

    private static String quoted(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
