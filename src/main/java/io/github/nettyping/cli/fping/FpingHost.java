package io.github.nettyping.cli.fping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A target and what has been counted of it. Confined to the event loop once probes are sent. */
final class FpingHost {

    /** In place of a round trip: the probe was not answered, or not yet. */
    static final long NO_ANSWER = -1;

    /** Sums over some time. */
    static final class Figures {
        long sent;
        long received;
        long minNanos;
        long maxNanos;
        long totalNanos;

        private void add(long rttNanos) {
            minNanos = received == 0 ? rttNanos : Math.min(minNanos, rttNanos);
            maxNanos = Math.max(maxNanos, rttNanos);
            totalNanos += rttNanos;
            received++;
        }

        private void clear() {
            sent = 0;
            received = 0;
            minNanos = 0;
            maxNanos = 0;
            totalNanos = 0;
        }

        long averageNanos() {
            return totalNanos / received;
        }

        /** Returns how many of a hundred were lost, rounded down. */
        long lossPercent() {
            return sent == 0 ? 0 : (sent - received) * 100 / sent;
        }
    }

    /** As it was asked for. */
    final String word;
    /** As it is printed. */
    final String label;

    final IpAddress address;
    final Figures all = new Figures();
    /** Since the last report. */
    final Figures interval = new Figures();

    /** By the number of the probe; empty where nobody asks for them. */
    private long[] roundTrips = {};

    /** Without repetition: tries made, and whether one is under way or to come. */
    int tries;

    boolean pending = true;
    /** For {@link EchoProbes}. */
    @Nullable
    Probe newestProbe;

    FpingHost(String word, String label, IpAddress address) {
        this.word = word;
        this.label = label;
        this.address = address;
    }

    /** Returns the same target, of which nothing has been counted. */
    FpingHost again() {
        return new FpingHost(word, label, address);
    }

    /** A probe is over without an answer. */
    void lost() {
        all.sent++;
        interval.sent++;
    }

    void answered(long rttNanos) {
        all.sent++;
        interval.sent++;
        all.add(rttNanos);
        interval.add(rttNanos);
    }

    void clearInterval() {
        interval.clear();
    }

    /** Keeps a round trip, for {@link #roundTrip}. */
    void keep(long index, long rttNanos) {
        int at = (int) index;
        if (at >= roundTrips.length) {
            int before = roundTrips.length;
            roundTrips = Arrays.copyOf(roundTrips, Math.max(at + 1, before + before / 2));
            Arrays.fill(roundTrips, before, roundTrips.length, NO_ANSWER);
        }
        roundTrips[at] = rttNanos;
    }

    /** Returns what was kept, or {@link #NO_ANSWER}. */
    long roundTrip(long index) {
        return index < roundTrips.length ? roundTrips[(int) index] : NO_ANSWER;
    }
}
