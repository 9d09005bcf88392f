package io.github.nettyping.cli.option;

import io.github.nettyping.cli.output.Colour;
import java.util.Map;
import picocli.CommandLine.Option;

/** When results have colours. To be mixed into a command; confined to its thread. */
public final class ColourOption {

    /** As {@code ls --color} has it. */
    static final class Type extends OptionTypes.WordType<Colour.Wish> {
        Type() {
            super(
                    "auto, always or never",
                    Map.of("auto", Colour.Wish.AUTO, "always", Colour.Wish.ALWAYS, "never", Colour.Wish.NEVER));
        }
    }

    public static final String NAME = "--color";

    @Option(
            names = NAME,
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            converter = Type.class,
            description = "Print text in colours: auto at a terminal, unless NO_COLOR is set or TERM is dumb"
                    + " (default: ${DEFAULT-VALUE}).")
    private Colour.Wish wish = Colour.Wish.AUTO;

    public Colour.Wish wish() {
        return wish;
    }

    /** Returns the colours of results that go to standard output, or to a file. */
    public Colour ofResults(boolean toFile) {
        return toFile ? Colour.ofFile(wish) : Colour.ofStandardOutput(wish);
    }
}
