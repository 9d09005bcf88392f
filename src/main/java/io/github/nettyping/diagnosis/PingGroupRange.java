package io.github.nettyping.diagnosis;

import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which groups may open ping sockets in this network namespace: {@code net.ipv4.ping_group_range}, for IPv6 too.
 * Immutable. icmp(7).
 *
 * @param lowest  first group
 * @param highest last group; less than {@code lowest} if no group may, which is the kernel's default
 */
public record PingGroupRange(long lowest, long highest) {

    private static final String FILE = "/proc/sys/net/ipv4/ping_group_range";

    /**
     * Reads the range; empty if its groups do not exist in this user namespace, where the kernel shows another number.
     */
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

    /** {@return whether no group may open ping sockets} */
    public boolean isEmpty() {
        return highest < lowest;
    }

    /**
     * {@return whether a caller may open ping sockets: its effective group or a supplementary one is in the range}
     *
     * @param caller who
     */
    public boolean admits(Caller caller) {
        // The same groups as in ping_init_sock of net/ipv4/ping.c.
        return LongStream.concat(
                        LongStream.of(caller.effectiveGid()),
                        caller.groups().stream().mapToLong(Long::longValue))
                .anyMatch(group -> group >= lowest && group <= highest);
    }

    /** Returns the smallest range that contains this one and a group. */
    PingGroupRange with(long group) {
        return isEmpty()
                ? new PingGroupRange(group, group)
                : new PingGroupRange(Math.min(lowest, group), Math.max(highest, group));
    }
}
