package io.github.nettyping.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One document, taken apart. Immutable.
 *
 * @param blocks   code between lines of three backticks
 * @param prose    the other lines, those of indented code blanked out
 * @param commands indented blocks that begin with a prompt, without their indent
 */
record Markdown(List<Block> blocks, List<String> prose, List<String> commands) {

    private static final Pattern FENCE = Pattern.compile("```([a-z]*)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String INDENT = "    ";

    /**
     * A block of code.
     *
     * @param line     number of its first fence, from 1
     * @param language word after the fence, or nothing
     * @param text     its lines, without the last line end
     */
    record Block(int line, String language, String text) {}

    static Markdown read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static Markdown parse(String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> prose = new ArrayList<>();
        List<String> indented = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                addCommand(indented, commands);
                int begin = i++;
                while (!lines.get(i).equals("```")) {
                    i++;
                }
                blocks.add(new Block(begin + 1, fence.group(1), String.join("\n", lines.subList(begin + 1, i))));
                line = "";
            }
            boolean afterText = !prose.isEmpty() && !prose.get(prose.size() - 1).isBlank();
            if (line.startsWith(INDENT) && !afterText) {
                indented.add(line.substring(INDENT.length()));
                prose.add("");
                continue;
            } else if (!line.isEmpty()) {
                addCommand(indented, commands);
            } else if (!indented.isEmpty()) {
                // Between two indented lines an empty one is part of the block.
                indented.add(line);
            }
            prose.add(line);
        }
        addCommand(indented, commands);
        return new Markdown(List.copyOf(blocks), List.copyOf(prose), List.copyOf(commands));
    }

    private static void addCommand(List<String> indented, List<String> commands) {
        if (!indented.isEmpty() && indented.get(0).startsWith("$ ")) {
            commands.add(String.join("\n", indented).stripTrailing());
        }
        indented.clear();
    }

    /** Returns what links lead to, links to other machines left out. */
    List<String> links() {
        return LINK.matcher(CODE.matcher(text()).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** Returns the names under which headings are found: lower case, a dash for each blank, no punctuation. */
    List<String> anchors() {
        return prose.stream()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Returns what stands between single backticks. */
    List<String> code() {
        return CODE.matcher(text()).results().map(code -> code.group(1)).toList();
    }

    private String text() {
        return String.join("\n", prose);
    }
}
