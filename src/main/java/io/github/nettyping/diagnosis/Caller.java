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
 * @param capabilities    what it may do beside
 * @param noNewPrivileges whether no program it executes can get more rights than it has, so that neither sudo nor file
 *                        capabilities work; empty on kernels that do not tell
 */
public record Caller(
        long uid,
        long effectiveUid,
        long gid,
        long effectiveGid,
        List<Long> groups,
        CapabilitySets capabilities,
        Optional<Boolean> noNewPrivileges) {

    /** Copies the groups. */
    public Caller {
        groups = List.copyOf(groups);
    }

    /** Reads the calling thread's, or nothing where {@code /proc} does not tell. */
    static Optional<Caller> read(Machine machine) {
        Map<String, String> status = new HashMap<>();
        machine.lines("/proc/thread-self/status").forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        // Real, effective, saved, of the file system. proc_pid_status(5).
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
