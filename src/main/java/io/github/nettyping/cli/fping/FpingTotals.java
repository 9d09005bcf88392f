package io.github.nettyping.cli.fping;

import java.util.concurrent.TimeUnit;

/** What is counted of all targets together. Confined to the event loop. */
final class FpingTotals {

    private long beginNanos;

    long targets;
    /** Names that were not found. */
    long unknown;
    /** Those that have answered. */
    long alive;
    /** The same, counted at the end. */
    long reachable;

    long sent;
    /** Authentic replies, those included that came late or twice. */
    long received;

    long otherReceived;
    long timeouts;

    long minNanos;
    long maxNanos;
    private long totalNanos;
    private long answers;
    private long elapsedMillis;

    /** From now on time counts. */
    void begin() {
        beginNanos = System.nanoTime();
    }

    void answered(long rttNanos) {
        minNanos = answers == 0 ? rttNanos : Math.min(minNanos, rttNanos);
        maxNanos = Math.max(maxNanos, rttNanos);
        totalNanos += rttNanos;
        answers++;
    }

    long averageNanos() {
        return answers == 0 ? 0 : totalNanos / answers;
    }

    void end() {
        elapsedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos + 500_000);
    }

    String elapsedSeconds() {
        return FpingNumbers.threeDecimals(elapsedMillis);
    }
}
