package io.github.nettyping.cli.bench;

import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Something a benchmark could not measure, or measured differently than one might expect. Immutable.
 *
 * @param why  a clause for people
 */
record BenchNote(String what, String why) {

    /** The percentiles that need many samples. */
    static final double[] HIGH_PERCENTILES = {99.9, 99.99};

    /** A percentile with fewer samples beyond it may be anything. */
    private static final int FEW_SAMPLES = 10;

    /** Tells whether a percentile says more than the maximum: a sample at least must lie beyond it. */
    static boolean isMeasured(Distribution distribution, double percent) {
        return distribution.beyond(percent) >= 1;
    }

    /** Returns all there is to say about a load, what spoils most first. */
    static List<BenchNote> of(LoadSummary summary) {
        List<BenchNote> notes = new ArrayList<>();
        sending(summary, notes);
        replies(summary, notes);
        clocks(summary, notes);
        samples(summary, notes);
        return notes;
    }

    private static void sending(LoadSummary summary, List<BenchNote> notes) {
        LoadSummary.Counts counts = summary.counts();
        if (summary.stopped()) {
            add(notes, "duration", "stopped early; " + probes(counts.unfinished()) + " had no outcome yet");
        }
        if (counts.sendFailed() > 0) {
            String cause = summary.refusal()
                    .map(refusal -> ", first: " + refusal.getMessage())
                    .orElse("");
            add(notes, "send_failed", "the kernel refused " + probes(counts.sendFailed()) + cause);
        }
        if (counts.unsent() > 0) {
            add(
                    notes,
                    "latency",
                    probes(counts.unsent()) + " were due and never sent, for lack of time or of --max-in-flight; the"
                            + " latencies shown are too low by theirs");
        }
        OptionalLong lag = summary.sendLags().percentileNanos(99);
        OptionalLong rtt = summary.roundTrips().percentileNanos(99);
        if (lag.isPresent() && rtt.isPresent() && lag.getAsLong() > rtt.getAsLong()) {
            add(
                    notes,
                    "latency",
                    "more this machine's own lateness than the network: the send lag's p99 exceeds the round trip's");
        }
        if (summary.offeredPerSecond().isEmpty()) {
            add(notes, "send_lag", "replies set the pace: no send times were intended, and latency is the round trip");
        }
    }

    private static void replies(LoadSummary summary, List<BenchNote> notes) {
        LoadSummary.Counts counts = summary.counts();
        if (!summary.interfacesLost().isEmpty()) {
            add(
                    notes,
                    "interface",
                    "the carrier was lost or the MTU changed while probes were out: "
                            + String.join(", ", summary.interfacesLost())
                            + "; probes without reply of that time are dropped locally");
        }
        boolean droppedByQueue =
                counts.droppedLocally() > 0 && summary.interfacesLost().isEmpty();
        if (summary.localDrops() > 0 || droppedByQueue) {
            add(
                    notes,
                    "local_drops",
                    "this host dropped " + summary.localDrops() + " received packets; whether "
                            + counts.droppedLocally()
                            + " probes were answered is not known; raise --rcvbuf or lower --rate");
        }
        if (counts.late() > 0) {
            add(
                    notes,
                    "lost",
                    counts.late() + " replies came after the timeout: their probes count as lost, their latencies not"
                            + " at all");
        }
        if (summary.silentTargets() > 0 && summary.targets() > 1) {
            add(notes, "targets", summary.silentTargets() + " of " + summary.targets() + " never answered");
        }
    }

    private static void clocks(LoadSummary summary, List<BenchNote> notes) {
        long user = summary.clocks().getOrDefault(RttSource.USER_CLOCK, 0L);
        long transmit = summary.clocks().getOrDefault(RttSource.KERNEL_TX_RX, 0L);
        if (summary.clockSet()) {
            add(notes, "rtt", "somebody set the clock meanwhile; figures of that moment may be wrong");
        }
        if (user > 0) {
            add(
                    notes,
                    "rtt",
                    user + " replies had no usable receive stamp of the kernel; their round trips include the time"
                            + " they waited to be read");
        }
        if (summary.counts().received() > 0 && transmit == 0) {
            add(
                    notes,
                    "rtt",
                    "no transmit stamps: round trips begin right before the system call, and include this host's own"
                            + " way out");
        }
        LoadSummary.GcPauses gc = summary.gcPauses();
        if (gc.longestNanos().isEmpty()) {
            add(notes, "gc_longest_pause", "the JVM has not told yet");
        }
    }

    private static void samples(LoadSummary summary, List<BenchNote> notes) {
        Distribution latencies = summary.latencies();
        for (double percent : HIGH_PERCENTILES) {
            double beyond = latencies.beyond(percent);
            if (!isMeasured(latencies, percent)) {
                add(
                        notes,
                        "p" + percent,
                        latencies.count() + " samples are too few (expected: " + Math.round(100 / (100 - percent))
                                + " at least)");
            } else if (beyond < FEW_SAMPLES) {
                add(
                        notes,
                        "p" + percent,
                        "rests on " + (long) beyond + (beyond < 2 ? " sample" : " samples") + " beyond it");
            }
        }
        long outOfRange = latencies.outOfRange() + summary.roundTrips().outOfRange();
        if (outOfRange > 0) {
            add(notes, "latency", outOfRange + " values exceed a day, the range of percentiles");
        }
    }

    private static String probes(long count) {
        return count + (count == 1 ? " probe" : " probes");
    }

    private static void add(List<BenchNote> notes, String what, String why) {
        notes.add(new BenchNote(what, why));
    }
}
