package io.github.nettyping.cli.ping;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.packet.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What ping(8) of iputils refuses to users other than root, and so do we: it keeps networks from harm by accident.
 * Stateless.
 */
final class UserLimits {

    /** Its MINUSERINTERVAL. */
    static final Duration MIN_INTERVAL = Duration.ofMillis(2);

    private static final int MAX_PRELOAD = 3;

    private static final Duration MIN_GROUP_INTERVAL = Duration.ofSeconds(1);

    private UserLimits() {}

    /** Tells whether this process is root's, of which the real user counts. */
    static boolean isRoot() {
        try {
            // Real, effective, saved, of the file system. proc_pid_status(5).
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .anyMatch(line -> line.matches("Uid:\\s+0\\s.*"));
        } catch (IOException e) {
            // Without /proc: the fewer rights.
            return false;
        }
    }

    /** Returns why a user may not do this, in the words of ping(8). */
    static Optional<String> refusal(PingPlan plan, PingPacketSettings packets, List<PingHost> hosts) {
        if (plan.preload() > MAX_PRELOAD) {
            return Optional.of("cannot set preload to value greater than " + MAX_PRELOAD + ": " + plan.preload());
        }
        Duration interval = plan.shortestInterval();
        if (interval.compareTo(MIN_INTERVAL) < 0) {
            return Optional.of("cannot flood; minimal interval allowed for user is " + MIN_INTERVAL.toMillis() + "ms");
        }
        Optional<PingHost> group = hosts.stream().filter(PingHost::group).findFirst();
        if (group.isEmpty()) {
            return Optional.empty();
        }
        String kind = group.get().address().family() == IpFamily.IPV4 ? "broadcast" : "multicast";
        if (interval.compareTo(MIN_GROUP_INTERVAL) < 0) {
            return Optional.of(kind + " ping with too short interval: " + interval.toMillis());
        }
        int mode = packets.mtuDiscover().orElse(IcmpChannelOption.MTU_DISCOVER_DO);
        return mode == IcmpChannelOption.MTU_DISCOVER_DO
                ? Optional.empty()
                : Optional.of(kind + " ping does not fragment");
    }
}
