package io.github.nettyping.sweep;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The result of a {@link Sweep}. Immutable.
 *
 * @param targets        addresses in the set
 * @param statistics     what was sent, received and rejected; of both families and all event loops together
 * @param localDrops     packets this host received and dropped because a receive buffer was full, as the sockets count
 * @param interfacesLost the interfaces that lost their carrier, or changed their state or MTU, while probes by them waited;
 *                       in the order of their names, unmodifiable
 * @param sockets        the kinds of socket used, one for each family in the set
 * @param maxInFlight    how many probes were allowed to wait at once, after lowering to what the receive buffer holds
 * @param loops          how many event loops it ran on
 * @param startedAt      when the sweep began
 * @param elapsedNanos   from then to the last verdict
 * @param stopped        whether it was stopped before all targets had a verdict
 */
public record SweepSummary(
        long targets,
        CorrelatorStatistics statistics,
        long localDrops,
        List<String> interfacesLost,
        Set<SocketKind> sockets,
        int maxInFlight,
        int loops,
        Instant startedAt,
        long elapsedNanos,
        boolean stopped) {

    /** {@return the probes sent per second, from the first to the last of them; empty if fewer than two were sent} */
    public OptionalDouble probesPerSecond() {
        return perSecond(statistics.probesSent() - 1, statistics.firstSentNanos(), statistics.lastSentNanos());
    }

    /** {@return the accepted replies per second, from the first probe to the last of them; empty if there was none} */
    public OptionalDouble roundTripsPerSecond() {
        return perSecond(statistics.replies(), statistics.firstSentNanos(), statistics.lastReplyNanos());
    }

    private static OptionalDouble perSecond(long count, OptionalLong from, OptionalLong to) {
        if (count < 1 || from.isEmpty() || to.isEmpty() || to.getAsLong() <= from.getAsLong()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((double) count * TimeUnit.SECONDS.toNanos(1) / (to.getAsLong() - from.getAsLong()));
    }
}
