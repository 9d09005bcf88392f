package io.github.nettyping.cli.manual;

import java.io.File;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script of picocli that completes in bash and zsh. What picocli cannot tell from the types of the model, it is told by
 * the labels: words in small letters stand for themselves, {@code FILE} and {@code HOST} for what they say. Stateless.
 */
final class CompletionScript {

    private static final String NAME = "nettyping";

    private static final String HEAD = """
            # Completion for nettyping, in bash and zsh: source it, or put it where your shell looks for such.
            # Made by "nettyping completion", with picocli.
            """;

    private CompletionScript() {}

    static String of(CommandLine program) {
        Set<String> commands = program.getSubcommands().keySet();
        program.getSubcommands().values().forEach(command -> teach(command.getCommandSpec(), commands));
        String script = AutoComplete.bash(NAME, program);
        // Its comments tell how to install a file that nobody has.
        return HEAD + script.substring(script.indexOf("\n\n") + 1);
    }

    /** Makes all arguments that have values anew: a builder that begins with a present one keeps its type. */
    private static void teach(CommandSpec spec, Set<String> commands) {
        for (OptionSpec option : ordered(spec)) {
            spec.remove(option);
            if (option.arity().max() == 0) {
                spec.addOption(option);
            } else {
                spec.addOption(OptionSpec.builder(option.names())
                        .arity(option.arity().toString())
                        // The script has a variable of this name.
                        .paramLabel(option.longestName())
                        .hidden(option.hidden())
                        .type(List.class)
                        .auxiliaryTypes(type(option))
                        .completionCandidates(candidates(option, commands))
                        .build());
            }
        }
        for (PositionalParamSpec words : List.copyOf(spec.positionalParameters())) {
            spec.remove(words);
            spec.addPositional(PositionalParamSpec.builder()
                    .index(words.index())
                    .arity(words.arity().toString())
                    .hidden(words.hidden())
                    .type(List.class)
                    .auxiliaryTypes(type(words))
                    .completionCandidates(candidates(words, commands))
                    .build());
        }
    }

    /** Returns the options by their names: those that are methods come from the JVM in another order each time. */
    static List<OptionSpec> ordered(CommandSpec spec) {
        return spec.options().stream()
                .sorted(Comparator.comparing(option -> option.names()[0]))
                .toList();
    }

    /** Returns a type whose values bash knows, or else one it does not. */
    static Class<?> type(ArgSpec argument) {
        String label = argument.paramLabel();
        if (label.startsWith("FILE")) {
            return File.class;
        }
        return label.equals("HOST") || label.equals("TARGET") ? InetAddress.class : String.class;
    }

    static @Nullable Iterable<String> candidates(ArgSpec argument, Set<String> commands) {
        if (type(argument) != String.class) {
            return null;
        }
        if (argument.paramLabel().equals("COMMAND")) {
            return commands;
        }
        List<String> labelled = values(Arrays.asList(argument.paramLabel().split("\\|")));
        if (!labelled.isEmpty()) {
            return labelled;
        }
        Iterable<String> candidates = argument.completionCandidates();
        List<String> given = candidates == null ? List.of() : values(candidates);
        return given.isEmpty() ? null : given;
    }

    /** Returns those words that are values: the constants of enums, which picocli offers, have other names than these. */
    private static List<String> values(Iterable<String> words) {
        return StreamSupport.stream(words.spliterator(), false)
                .filter(word -> word.matches("[a-z,]+"))
                .toList();
    }
}
