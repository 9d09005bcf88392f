package io.github.nettyping.cli.manual;

import io.github.nettyping.cli.option.ColourOption;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Terminal;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** How help looks: as wide as the terminal, in its colours, with prose that breaks at its edge. Stateless. */
public final class HelpStyle {

    /** Of help that goes elsewhere. */
    private static final int USUAL_COLUMNS = 100;

    private static final int FEWEST_COLUMNS = 80;
    /** Longer lines are hard to read. */
    private static final int MOST_COLUMNS = 200;

    private HelpStyle() {}

    /** Sets everything but colours. */
    public static void apply(CommandLine commandLine) {
        commandLine.setUsageHelpWidth(columns());
        commandLine.setColorScheme(scheme(Colour.NONE));
        apply(commandLine.getCommandSpec());
        commandLine.getSubcommands().values().forEach(command -> apply(command.getCommandSpec()));
    }

    private static void apply(CommandSpec spec) {
        UsageMessageSpec usage = spec.usageMessage();
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> footer(help, usage.width()));
    }

    private static int columns() {
        if (!Terminal.is(Terminal.STANDARD_OUTPUT)) {
            return USUAL_COLUMNS;
        }
        int columns = new Terminal(Terminal.STANDARD_OUTPUT, Optional.ofNullable(System.getenv("COLUMNS"))).getAsInt();
        return Math.max(FEWEST_COLUMNS, Math.min(columns, MOST_COLUMNS));
    }

    /** Sets the colours that somebody who asks for help wants. */
    public static void colour(CommandLine commandLine, ParseResult parsed) {
        ParseResult last = parsed;
        Colour.Wish wish = wish(parsed);
        while (last.hasSubcommand()) {
            last = last.subcommand();
            wish = last.commandSpec().findOption(ColourOption.NAME) == null ? wish : wish(last);
        }
        commandLine.setColorScheme(scheme(Colour.ofStandardOutput(wish)));
    }

    private static Colour.Wish wish(ParseResult parsed) {
        OptionSpec option = parsed.matchedOption(ColourOption.NAME);
        return option == null ? Colour.Wish.AUTO : option.getValue();
    }

    /** Emphasis alone, which can be read on any background. */
    private static Help.ColorScheme scheme(Colour colour) {
        return new Help.ColorScheme.Builder(colour.isOn() ? Help.Ansi.ON : Help.Ansi.OFF)
                .commands(Style.bold)
                .options(Style.bold)
                .parameters(Style.underline)
                .optionParams(Style.underline)
                .build();
    }

    private static String footer(Help help, int columns) {
        ManualFooter footer =
                ManualFooter.of(Arrays.stream(help.commandSpec().usageMessage().footer())
                        .map(line -> line.replace("%%", "%"))
                        .toList());
        StringBuilder out = new StringBuilder();
        for (ManualFooter.Block block : footer.blocks()) {
            out.append('\n');
            if (block.verbatim()) {
                block.lines().forEach(line -> out.append("  ").append(line).append('\n'));
            } else {
                wrap(out, String.join(" ", block.lines()), 0, columns);
            }
        }
        if (!footer.exitCodes().isEmpty()) {
            out.append("\nExit codes:\n");
        }
        int widest = footer.exitCodes().stream()
                .mapToInt(exit -> exit.code().length())
                .max()
                .orElse(0);
        for (ManualFooter.Exit exit : footer.exitCodes()) {
            String code =
                    "  " + exit.code() + " ".repeat(widest + 2 - exit.code().length());
            wrap(out.append(code), exit.meaning(), code.length(), columns);
        }
        return out.toString();
    }

    /** Appends words in lines of so many columns; the first one has begun, and all others are indented. */
    private static void wrap(StringBuilder out, String text, int indent, int columns) {
        int column = indent;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            if (!first && column + 1 + word.length() > columns) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
                first = true;
            }
            if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
            first = false;
        }
        out.append('\n');
    }
}
