package io.github.nettyping.diagnosis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is mounted where, and how. Immutable. {@code proc_pid_mountinfo(5)}. */
final class Mounts {

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private final List<Mount> mounts;

    private record Mount(Path point, Set<String> options) {}

    Mounts(Machine machine) {
        // A line: 36 35 98:0 / /mount/point rw,noexec,relatime ...
        mounts = machine.lines("/proc/self/mountinfo")
                .map(line -> line.split(" ", 7))
                .filter(words -> words.length == 7)
                .map(words -> new Mount(Path.of(unescape(words[4])), Set.of(words[5].split(",", -1))))
                .toList();
    }

    /**
     * Tells whether the file system of a path is mounted with an option such as {@code ro}; {@code false} if unknown.
     */
    boolean has(String option, String path) {
        return mountOf(Path.of(path))
                .map(mount -> mount.options().contains(option))
                .orElse(false);
    }

    private Optional<Mount> mountOf(Path path) {
        // If two are mounted in one place, the later one hides the earlier one.
        return mounts.stream()
                .filter(mount -> path.startsWith(mount.point()))
                .reduce((one, other) ->
                        other.point().getNameCount() >= one.point().getNameCount() ? other : one);
    }

    // Blanks, tabs, line ends and backslashes are written as octal numbers.
    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escape.group(1), 8))));
    }
}
