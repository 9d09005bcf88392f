package io.github.nettyping.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What documents may quote of source files: the lines between {@code // tag::name} and {@code // end::name}, moved left as
 * far as they go. Excerpts may contain each other; the marks are in none. Stateless.
 */
final class Excerpts {

    private static final Pattern MARK = Pattern.compile("\\s*// (tag|end)::([a-z0-9-]+)");

    private Excerpts() {}

    /** Returns the excerpts of all Java files of a folder, by name; names are unique among them. */
    static Map<String, String> ofFolder(Path folder) throws IOException {
        Map<String, String> excerpts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                ofSource(Files.readString(file)).forEach((name, text) -> {
                    if (excerpts.put(name, text) != null) {
                        throw new IllegalArgumentException(file + ": " + name + " is marked elsewhere too");
                    }
                });
            }
        }
        return excerpts;
    }

    /** Returns the excerpts of one file, by name. */
    static Map<String, String> ofSource(String source) {
        Map<String, List<String>> open = new LinkedHashMap<>();
        Map<String, String> excerpts = new TreeMap<>();
        for (String line : source.lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (!mark.matches()) {
                open.values().forEach(lines -> lines.add(line));
                continue;
            }
            String name = mark.group(2);
            if (mark.group(1).equals("tag")) {
                if (open.put(name, new ArrayList<>()) != null) {
                    throw new IllegalArgumentException("tag::" + name + " twice");
                }
            } else {
                List<String> lines = open.remove(name);
                if (lines == null || excerpts.put(name, String.join("\n", lines).stripIndent()) != null) {
                    throw new IllegalArgumentException("end::" + name + " without its tag");
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("without end: " + open.keySet());
        }
        return excerpts;
    }
}
