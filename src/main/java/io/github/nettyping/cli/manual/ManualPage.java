package io.github.nettyping.cli.manual;

import io.github.nettyping.cli.output.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page for man(1) of what the help of a command says. Confined to one thread. */
final class ManualPage {

    private final CommandSpec spec;
    private final ManualFooter footer;
    private final Roff roff = new Roff();

    private ManualPage(CommandSpec spec) {
        this.spec = spec;
        this.footer = ManualFooter.of(Arrays.stream(spec.usageMessage().footer())
                .map(ManualPage::plain)
                .toList());
    }

    static String of(CommandSpec spec, LocalDate date) {
        ManualPage page = new ManualPage(spec);
        page.write(date);
        return page.roff.toString();
    }

    private void write(LocalDate date) {
        roff.macro("TH " + Roff.escaped(pageName(spec).toUpperCase(Locale.ROOT)) + " 1 " + date + " \"nettyping "
                + Roff.escaped(Version.text()) + "\" \"User Commands\"");
        // Neither divided words nor blanks to fill lines up: both spoil what is copied.
        roff.macro("nh").macro("ad l");
        name();
        synopsis();
        description();
        arguments();
        options();
        commands();
        exitStatus();
        examples();
        seeAlso();
    }

    private static String pageName(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private static String summary(CommandSpec spec) {
        return sentences(spec.usageMessage().description());
    }

    private static String sentences(String[] lines) {
        return Arrays.stream(lines).map(ManualPage::plain).collect(Collectors.joining(" "));
    }

    /** Returns text as picocli prints it, for which it is a format. */
    private static String plain(String text) {
        return text.replace("%n", " ").replace("%%", "%");
    }

    private void name() {
        String summary = summary(spec);
        String clause = summary.substring(0, 1).toLowerCase(Locale.ROOT)
                + summary.substring(1).replaceFirst("\\.$", "");
        // The one dash that is meant as such separates both for apropos(1).
        roff.section("NAME").filled(Roff.escaped(pageName(spec)) + " \\- " + Roff.escaped(clause));
    }

    private void synopsis() {
        StringBuilder line = new StringBuilder(Roff.bold(spec.qualifiedName()));
        if (!spec.subcommands().isEmpty()) {
            line.append(' ').append(Roff.italic("COMMAND"));
        }
        line.append(" [").append(Roff.italic("OPTIONS")).append(']');
        for (PositionalParamSpec words : spec.positionalParameters()) {
            line.append(" [").append(Roff.italic(words.paramLabel())).append(']');
            if (words.arity().max() > 1) {
                line.append("...");
            }
        }
        roff.section("SYNOPSIS").filled(line.toString());
    }

    private void description() {
        roff.section("DESCRIPTION").prose(summary(spec));
        for (ManualFooter.Block block : footer.blocks()) {
            if (block.verbatim()) {
                roff.verbatim(block.lines());
            } else {
                roff.macro("PP").prose(String.join(" ", block.lines()));
            }
        }
    }

    private void item(String tag, String text) {
        roff.macro("TP").filled(tag).prose(text);
    }

    private void arguments() {
        if (spec.positionalParameters().isEmpty()) {
            return;
        }
        roff.section("ARGUMENTS");
        for (PositionalParamSpec words : spec.positionalParameters()) {
            item(Roff.italic(words.paramLabel()), sentences(words.description()));
        }
    }

    private void options() {
        roff.section("OPTIONS");
        for (OptionSpec option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            String names = Arrays.stream(option.names())
                    .map(name -> name.startsWith("--") && option.negatable() ? "--[no-]" + name.substring(2) : name)
                    .map(Roff::bold)
                    .collect(Collectors.joining(", "));
            String value = option.arity().max() == 0 ? "" : ' ' + Roff.italic(option.paramLabel());
            item(names + value, sentences(option.description()));
        }
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        roff.section("COMMANDS");
        for (CommandLine command : spec.subcommands().values()) {
            item(Roff.bold(command.getCommandName()), summary(command.getCommandSpec()));
        }
    }

    private void exitStatus() {
        if (footer.exitCodes().isEmpty()) {
            return;
        }
        roff.section("EXIT STATUS");
        footer.exitCodes().forEach(exit -> item(Roff.bold(exit.code()), exit.meaning()));
    }

    private void examples() {
        List<ManualExample> examples = ManualExample.of(spec.name());
        if (examples.isEmpty()) {
            return;
        }
        roff.section("EXAMPLES");
        boolean first = true;
        for (ManualExample example : examples) {
            if (!first) {
                roff.macro("PP");
            }
            first = false;
            roff.prose(example.what()).verbatim(List.of(example.line()));
        }
    }

    private void seeAlso() {
        List<String> pages = new ArrayList<>();
        Stream<CommandLine> others = spec.parent() == null
                ? spec.subcommands().values().stream()
                : Stream.of(spec.parent().commandLine());
        others.map(other -> Roff.bold(pageName(other.getCommandSpec())) + "(1)").forEach(pages::add);
        ManualExample.related(spec.name()).stream().map(Roff::escaped).forEach(pages::add);
        if (!pages.isEmpty()) {
            roff.section("SEE ALSO").filled(String.join(", ", pages));
        }
    }
}
