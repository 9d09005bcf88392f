package io.github.nettyping.server.config;

import io.github.nettyping.internal.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that knows where it stands. Every reading method throws {@link ConfigurationException} with that
 * place if the value is another thing than asked for. Immutable.
 */
final class Yaml {

    /** Far more than a configuration has; a file of another kind is not read into memory as a whole. */
    private static final long MOST_BYTES = 16 << 20;

    private static final String MERGE_KEY = "<<";
    private static final int MOST_MERGES = 16;

    private final Path file;
    private final Node node;

    private Yaml(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    /** Reads a file of one document; empty if it has none. */
    static Optional<Yaml> read(Path file) throws ConfigurationException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ConfigurationException(file + ": longer than 16 MiB (expected: a configuration)");
            }
            return parse(file, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": no such file");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e);
        }
    }

    static Optional<Yaml> parse(Path file, String text) throws ConfigurationException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit((int) MOST_BYTES)
                .build();
        try {
            return new Compose(settings).composeString(text).map(root -> new Yaml(file, root));
        } catch (MarkedYamlEngineException e) {
            throw new ConfigurationException(
                    place(file, e.getProblemMark().or(e::getContextMark)) + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigurationException(file + ": " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static String oneLine(String message) {
        return VisibleText.of(String.valueOf(message).replaceAll("\\s+", " "));
    }

    private static String place(Path file, Optional<Mark> mark) {
        return file
                + mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                        .orElse("") + ": ";
    }

    /** Returns file and line, for a warning. */
    String place() {
        return file + node.getStartMark().map(at -> ":" + (at.getLine() + 1)).orElse("");
    }

    ConfigurationException wrong(String what, String expected) {
        return new ConfigurationException(place(file, node.getStartMark()) + what + " (expected: " + expected + ')');
    }

    private ConfigurationException wrong(String expected) {
        String what = node instanceof ScalarNode scalar
                ? '"' + VisibleText.of(scalar.getValue()) + '"'
                : node instanceof MappingNode ? "a mapping" : "a list";
        return wrong(what, expected);
    }

    private boolean isNull() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** Returns a mapping that may have these keys and no other; nothing at all is an empty one. */
    Map<String, Yaml> mapping(Collection<String> keys) throws ConfigurationException {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        for (Map.Entry<Yaml, Yaml> entry : entries("a mapping with " + String.join(", ", keys), 0)) {
            String key = entry.getKey().text();
            if (!keys.contains(key)) {
                throw entry.getKey().wrong("unknown field \"" + VisibleText.of(key) + '"', String.join(", ", keys));
            }
            entries.putIfAbsent(key, entry.getValue());
        }
        return entries;
    }

    /** Returns a mapping with any keys; each knows its place. */
    Map<String, Map.Entry<Yaml, Yaml>> named(String what) throws ConfigurationException {
        Map<String, Map.Entry<Yaml, Yaml>> entries = new LinkedHashMap<>();
        for (Map.Entry<Yaml, Yaml> entry : entries("a mapping of " + what, 0)) {
            entries.putIfAbsent(entry.getKey().text(), entry);
        }
        return entries;
    }

    /** What stands in the mapping itself comes before what it merges, so that the first one counts. */
    private List<Map.Entry<Yaml, Yaml>> entries(String expected, int merges) throws ConfigurationException {
        if (isNull()) {
            return List.of();
        }
        if (!(node instanceof MappingNode mapping) || merges > MOST_MERGES) {
            throw wrong(expected);
        }
        List<Map.Entry<Yaml, Yaml>> entries = new ArrayList<>();
        List<Map.Entry<Yaml, Yaml>> merged = new ArrayList<>();
        Map<String, Yaml> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Yaml key = new Yaml(file, tuple.getKeyNode());
            Yaml value = new Yaml(file, tuple.getValueNode());
            if (seen.putIfAbsent(key.text(), key) != null) {
                throw key.wrong("the field \"" + VisibleText.of(key.text()) + "\" again", "each field once");
            }
            if (key.text().equals(MERGE_KEY)) {
                for (Yaml other : value.node instanceof SequenceNode ? value.list() : List.of(value)) {
                    merged.addAll(other.entries("a mapping", merges + 1));
                }
            } else {
                entries.add(Map.entry(key, value));
            }
        }
        entries.addAll(merged);
        return entries;
    }

    List<Yaml> list() throws ConfigurationException {
        if (isNull()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("a list");
        }
        return sequence.getValue().stream().map(each -> new Yaml(file, each)).toList();
    }

    String text() throws ConfigurationException {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong("a word");
        }
        return isNull() ? "" : scalar.getValue();
    }

    /** Returns one of some words. */
    String word(Collection<String> words) throws ConfigurationException {
        String text = text();
        if (!words.contains(text)) {
            throw wrong(String.join(", ", words));
        }
        return text;
    }

    boolean truth() throws ConfigurationException {
        return word(List.of("true", "false")).equals("true");
    }

    int number(int least, int most) throws ConfigurationException {
        String expected = "a number from " + least + " to " + most;
        try {
            long value = Long.decode(text().replace("0o", "0"));
            if (value >= least && value <= most) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            throw wrong(expected);
        }
        throw wrong(expected);
    }

    Duration duration(Duration least, Duration most) throws ConfigurationException {
        Optional<Duration> duration = GoDuration.parse(text());
        if (duration.isEmpty()) {
            throw wrong(GoDuration.EXPECTED);
        }
        if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            throw wrong(least.toMillis() + "ms to " + most.toSeconds() + 's');
        }
        return duration.get();
    }
}
