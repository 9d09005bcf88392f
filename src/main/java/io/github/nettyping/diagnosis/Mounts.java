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
        // 36 35 98:0 / /mount/point rw,noexec,relatime ...
        mounts = machine.lines("/proc/self/mountinfo")
                .map(line -> line.split(" ", 7))
                .filter(words -> words.length == 7)
                .map(words -> new Mount(Path.of(unescape(words[4])), Set.of(words[5].split(",", -1))))
                .toList();
    }

    /** Tells whether what holds a path is mounted with an option such as {@code ro}; no if it is not known. */
    boolean has(String option, String path) {
        return mountOf(Path.of(path))
                .map(mount -> mount.options().contains(option))
                .orElse(false);
    }

    private Optional<Mount> mountOf(Path path) {
        // Of two mounts in one place the later hides the earlier.
        return mounts.stream()
                .filter(mount -> path.startsWith(mount.point()))
                .reduce((one, other) ->
                        other.point().getNameCount() >= one.point().getNameCount() ? other : one);
    }

    // Blanks, tabs, line ends and backslashes are octal.
    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(escape.group(1), 8))));
    }
}
