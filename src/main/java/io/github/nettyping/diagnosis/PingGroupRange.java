package io.github.nettyping.diagnosis;

import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which groups may open ping sockets in this network namespace: {@code net.ipv4.ping_group_range}, for IPv6 too.
 * Immutable. icmp(7).
 *
 * @param lowest  first group
 * @param highest last group; less than {@code lowest} if there is none, as the kernel has it at first
 */
public record PingGroupRange(long lowest, long highest) {

    private static final String FILE = "/proc/sys/net/ipv4/ping_group_range";

    /** Reads it, or nothing where its groups do not exist in this user namespace and others are shown for them. */
    static Optional<PingGroupRange> read(Machine machine) {
        String overflow =
                machine.text("/proc/sys/kernel/overflowgid").orElse("65534").strip();
        boolean allMapped = Surroundings.mapsAllGroups(machine);
        return machine.text(FILE)
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,10}\\s+[0-9]{1,10}"))
                .map(text -> text.split("\\s+", -1))
                .filter(words -> allMapped || !(words[0].equals(overflow) || words[1].equals(overflow)))
                .map(words -> new PingGroupRange(Long.parseLong(words[0]), Long.parseLong(words[1])));
    }

    /** {@return whether nobody may: no group is in it} */
    public boolean isEmpty() {
        return highest < lowest;
    }

    /**
     * {@return whether a caller may: the effective group or a supplementary one is in it}
     *
     * @param caller who
     */
    public boolean admits(Caller caller) {
        // As ping_init_sock in net/ipv4/ping.c looks at them.
        return LongStream.concat(
                        LongStream.of(caller.effectiveGid()),
                        caller.groups().stream().mapToLong(Long::longValue))
                .anyMatch(group -> group >= lowest && group <= highest);
    }

    /** Returns the smallest range that has this one and a group in it. */
    PingGroupRange with(long group) {
        return isEmpty()
                ? new PingGroupRange(group, group)
                : new PingGroupRange(Math.min(lowest, group), Math.max(highest, group));
    }
}
