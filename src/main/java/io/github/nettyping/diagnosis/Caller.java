package io.github.nettyping.diagnosis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the kernel for sockets: the thread that made the diagnosis. Immutable.
 *
 * @param uid             real user
 * @param effectiveUid    effective user
 * @param gid             real group
 * @param effectiveGid    effective group
 * @param groups          supplementary groups
 * @param capabilities    its capabilities, as far as they matter here
 * @param noNewPrivileges whether programs that it executes cannot get more rights than it has: then neither sudo nor
 *                        file capabilities work. Empty if the kernel does not tell
 */
public record Caller(
        long uid,
        long effectiveUid,
        long gid,
        long effectiveGid,
        List<Long> groups,
        CapabilitySets capabilities,
        Optional<Boolean> noNewPrivileges) {

    /** Reads the identity of the calling thread; empty if {@code /proc} does not tell it. */
    static Optional<Caller> read(Machine machine) {
        Map<String, String> status = new HashMap<>();
        machine.lines("/proc/thread-self/status").forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        // Each line holds four: real, effective, saved, and that of the file system. proc_pid_status(5).
        List<Long> uids = numbers(status.get("Uid"));
        List<Long> gids = numbers(status.get("Gid"));
        if (uids.size() < 2 || gids.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Caller(
                uids.get(0),
                uids.get(1),
                gids.get(0),
                gids.get(1),
                numbers(status.get("Groups")),
                CapabilitySets.of(status),
                Optional.ofNullable(status.get("NoNewPrivs")).map("1"::equals)));
    }

    private static List<Long> numbers(@Nullable String words) {
        return Stream.ofNullable(words)
                .flatMap(text -> Stream.of(text.split("\\s+", -1)))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
