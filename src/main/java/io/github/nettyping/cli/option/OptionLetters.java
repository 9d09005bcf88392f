package io.github.nettyping.cli.option;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options that are shared by their long names the letters of one command: subclass it with those, and name the
 * subclass as the command's {@code modelTransformer}. Stateless.
 */
public abstract class OptionLetters implements IModelTransformer {

    private final Map<String, String> letters;

    /** {@code letters} by long name: {@code --size} to {@code -s}. */
    public OptionLetters(Map<String, String> letters) {
        this.letters = letters;
    }

    /** Those of commands that send probes for their own sake. */
    public static final class OfProbes extends OptionLetters {
        OfProbes() {
            super(Map.of("--targets", "-f", "--size", "-s", "--interface", "-I", "--source", "-S"));
        }
    }

    @Override
    public CommandSpec transform(CommandSpec spec) {
        // All of them are added again: help keeps their order.
        for (OptionSpec option : List.copyOf(spec.options())) {
            spec.remove(option);
            String letter = letters.get(option.longestName());
            spec.add(
                    letter == null
                            ? option
                            : OptionSpec.builder(option)
                                    .names(letter, option.longestName())
                                    .build());
        }
        return spec;
    }
}
