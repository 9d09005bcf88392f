package io.github.nettyping.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands below the options in the help of a command, taken apart. Immutable.
 *
 * @param blocks    all but the exit codes
 * @param exitCodes in their order
 */
record ManualFooter(List<Block> blocks, List<Exit> exitCodes) {

    /** Lines that belong together, one at least; if their blanks mean something, they are to stay as they are. */
    record Block(boolean verbatim, List<String> lines) {}

    /** An exit code, or several that mean the same, such as {@code 129, 130 and 143}. */
    record Exit(String code, String meaning) {}

    private static final String EXIT_CODES = "Exit codes: ";
    private static final Pattern EXIT = Pattern.compile(
            "([0-9]+(?:, [0-9]+)*(?: and [0-9]+)?) (.+?)(?:, (?=[0-9]+(?:, [0-9]+)*(?: and [0-9]+)? \\D)|\\.$)");

    static ManualFooter of(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<Exit> exits = new ArrayList<>();
        List<String> open = new ArrayList<>();
        boolean verbatim = false;
        for (String line : lines) {
            boolean kept = line.contains("  ");
            if (line.isEmpty() || kept != verbatim) {
                close(verbatim, open, blocks, exits);
                verbatim = kept;
            }
            if (!line.isEmpty()) {
                open.add(line);
            }
        }
        close(verbatim, open, blocks, exits);
        return new ManualFooter(List.copyOf(blocks), List.copyOf(exits));
    }

    private static void close(boolean verbatim, List<String> open, List<Block> blocks, List<Exit> exits) {
        if (open.isEmpty()) {
            return;
        }
        if (verbatim) {
            int indent = open.stream().mapToInt(ManualFooter::indent).min().orElseThrow();
            blocks.add(new Block(
                    true, open.stream().map(line -> line.substring(indent)).toList()));
        } else {
            String text = String.join(" ", open);
            int codes = text.indexOf(EXIT_CODES);
            String prose = codes < 0 ? text : text.substring(0, codes).strip();
            if (!prose.isEmpty()) {
                blocks.add(new Block(false, List.of(prose)));
            }
            if (codes >= 0) {
                EXIT.matcher(text.substring(codes + EXIT_CODES.length()))
                        .results()
                        .forEach(exit -> exits.add(new Exit(exit.group(1), exit.group(2))));
            }
        }
        open.clear();
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
