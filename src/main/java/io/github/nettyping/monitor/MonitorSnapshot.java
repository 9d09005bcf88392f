package io.github.nettyping.monitor;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import java.util.List;
import java.util.Set;

/**
 * What a monitor knew at one moment. With many targets or loops its parts are some milliseconds apart. Immutable.
 *
 * @param targets        all targets, in no particular order
 * @param statistics     what was counted on the way, targets that were removed included
 * @param localDrops     packets this host received and dropped
 * @param interfacesLost interfaces that lost their carrier, or changed state or MTU, while probes by them waited
 * @param kinds          kinds of its sockets
 */
public record MonitorSnapshot(
        List<TargetSnapshot> targets,
        CorrelatorStatistics statistics,
        long localDrops,
        Set<String> interfacesLost,
        Set<SocketKind> kinds) {

    /**
     * {@return how many targets are in a state}
     *
     * @param state which
     */
    public long count(TargetState state) {
        return targets.stream().filter(target -> target.state() == state).count();
    }
}
