package io.github.nettyping.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A document of Markdown that is being written, with its pictures. Confined to one thread. */
final class Page {

    private static final int COLUMNS = 125;

    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    Page(Path folder) {
        this.folder = folder;
    }

    Page title(String title) {
        return add("# " + title);
    }

    Page heading(String heading) {
        return add("## " + heading);
    }

    Page subheading(String heading) {
        return add("### " + heading);
    }

    Page paragraph(String paragraph) {
        return add(wrap(paragraph, ""));
    }

    Page list(List<String> points) {
        return add(points.stream().map(point -> wrap("- " + point, "  ")).collect(Collectors.joining("\n")));
    }

    /** Adds lines of a shell, as they are. */
    Page commands(String... lines) {
        return add("    " + String.join("\n    ", lines));
    }

    private Page add(String block) {
        if (text.length() > 0) {
            text.append('\n');
        }
        text.append(block).append('\n');
        return this;
    }

    /** Breaks lines between words; those after the first are indented. */
    private static String wrap(String paragraph, String indent) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : paragraph.strip().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > COLUMNS) {
                wrapped.append('\n').append(indent);
                column = indent.length();
            } else if (column > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    Page table(List<String> header, List<List<String>> rows) {
        StringBuilder table = new StringBuilder();
        row(table, header);
        row(table, Collections.nCopies(header.size(), "---"));
        rows.forEach(cells -> row(table, cells));
        return add(table.toString().stripTrailing());
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Writes a picture to {@code images/} and shows it, if there is anything on it. */
    Page chart(String name, String description, BarChart chart) throws IOException {
        if (chart.isEmpty()) {
            return this;
        }
        Path file = folder.resolve("images").resolve(name + ".svg");
        Files.createDirectories(file.getParent());
        Files.writeString(file, chart.svg());
        return add("![" + description + "](images/" + name + ".svg)");
    }

    void write(String name) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
