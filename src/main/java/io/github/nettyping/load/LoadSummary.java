package io.github.nettyping.load;

import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.Distribution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The result of a {@link Load}, without the warm-up. Immutable.
 *
 * @param offeredPerSecond  probes a second that were due; empty if replies set the pace
 * @param counts            probes and what became of them
 * @param roundTrips        from sending to reply, as {@code clocks} say
 * @param latencies         from the intended send time to the reply: round trip and send lag together. If replies set
 *                          the pace, there are no intended times, and these are the round trips
 * @param sendLags          how much later than intended the probes were sent: this machine's own lateness; without
 *                          values if replies set the pace
 * @param jitterNanos       interarrival jitter by RFC 3550, section 6.4.1, after the last reply; the mean of all targets and
 *                          loops; empty without two replies of one target
 * @param delayVariations   by how much the round trips of two probes to one target differ that one loop sent one after the
 *                          other (IPDV of RFC 5481, section 4.1, without the sign)
 * @param clocks            how many round trips were measured with which clocks; unmodifiable, only clocks that were
 *                          used
 * @param localDrops        packets this host received and dropped because a receive buffer was full, as the sockets count
 * @param interfacesLost    the interfaces that lost their carrier, or changed their state or MTU, while probes by them waited;
 *                          in the order of their names, unmodifiable
 * @param gcPauses          pauses for garbage collection, of the whole JVM
 * @param loopStalls        times at which an event loop was held up
 * @param clockSet          whether somebody has set the wall clock meanwhile, by which the kernel stamps
 * @param targets           addresses that were asked
 * @param silentTargets     those of them without any reply
 * @param sockets           the kinds of socket used
 * @param loops             event loops
 * @param maxInFlight       how many probes were allowed to wait at once, on all loops together, after lowering to what the
 *                          receive buffers hold
 * @param startedAt         when the measurement began, after the warm-up
 * @param elapsedNanos      from then to the last outcome
 * @param sendingNanos      from then to the end of the time for sending, or to the last probe if that was later, or to the
 *                          end if it was stopped
 * @param intervals         the same over time; unmodifiable
 * @param refusal           why the kernel refused a probe, if it did; the first
 * @param stopped           whether it was stopped before its end
 */
public record LoadSummary(
        OptionalLong offeredPerSecond,
        Counts counts,
        Distribution roundTrips,
        Distribution latencies,
        Distribution sendLags,
        OptionalDouble jitterNanos,
        Distribution delayVariations,
        Map<RttSource, Long> clocks,
        long localDrops,
        List<String> interfacesLost,
        GcPauses gcPauses,
        LoopStalls loopStalls,
        boolean clockSet,
        int targets,
        int silentTargets,
        Set<SocketKind> sockets,
        int loops,
        int maxInFlight,
        Instant startedAt,
        long elapsedNanos,
        long sendingNanos,
        List<LoadInterval> intervals,
        Optional<SystemCallException> refusal,
        boolean stopped) {

    /**
     * Probes and what became of them. {@code sent} is the sum of {@code received}, {@code lost}, {@code droppedLocally} and
     * {@code unfinished}. Immutable.
     *
     * @param sent           probes the kernel took
     * @param received       those that were answered in time
     * @param lost           those without reply
     * @param icmpErrors     lost probes about which an ICMP error came
     * @param droppedLocally those without reply while this host dropped received packets: nobody knows whether they
     *                       were answered
     * @param unfinished     those without outcome when it was stopped
     * @param sendFailed     probes the kernel refused; they are not among those sent
     * @param unsent         probes that were due, but never sent: this machine was too slow, or the maximum was in
     *                       flight
     * @param duplicates     further replies to a probe
     * @param late           replies after the timeout, to lost probes
     * @param reordered      replies that came after that to a later probe (RFC 4737, section 3)
     */
    public record Counts(
            long sent,
            long received,
            long lost,
            long icmpErrors,
            long droppedLocally,
            long unfinished,
            long sendFailed,
            long unsent,
            long duplicates,
            long late,
            long reordered) {

        /**
         * {@return the share of probes without reply among those whose fate is known, 0 to 1; empty if there are none}
         */
        public OptionalDouble lossRatio() {
            long known = received + lost;
            return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) lost / known);
        }
    }

    /**
     * Pauses for garbage collection, as the JVM tells: in whole milliseconds. Immutable.
     *
     * @param count        collections that made all threads pause
     * @param nanos        all pauses together
     * @param longestNanos the longest, if it was told in time
     */
    public record GcPauses(long count, long nanos, OptionalLong longestNanos) {}

    /**
     * Times at which an event loop was held up: another program or a collection had the processor, or a listener was
     * slow. Immutable.
     *
     * @param count        those longer than {@link #THRESHOLD_NANOS}
     * @param longestNanos the longest, with an error of 5 ms
     */
    public record LoopStalls(long count, long longestNanos) {

        /** Shorter stalls are not counted. */
        public static final long THRESHOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

        LoopStalls plus(LoopStalls other) {
            return new LoopStalls(count + other.count, Math.max(longestNanos, other.longestNanos));
        }
    }

    /** {@return the probes sent per second; empty if none was sent} */
    public OptionalDouble sentPerSecond() {
        return perSecond(counts.sent());
    }

    /** {@return the replies per second, over the time of sending; empty if there was none} */
    public OptionalDouble receivedPerSecond() {
        return perSecond(counts.received());
    }

    /**
     * {@return by how many nanoseconds the round trip of a share of them was longer than the shortest, empty without
     * replies} This is the packet delay variation (PDV) of RFC 5481, section 4.2.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public OptionalLong packetDelayVariationNanos(double percent) {
        OptionalLong roundTrip = roundTrips.percentileNanos(percent);
        return roundTrip.isEmpty()
                ? roundTrip
                : OptionalLong.of(roundTrip.getAsLong() - roundTrips.minNanos().orElseThrow());
    }

    private OptionalDouble perSecond(long count) {
        return count == 0 || sendingNanos <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) count * TimeUnit.SECONDS.toNanos(1) / sendingNanos);
    }
}
