package io.github.nettyping;

import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.probe.Pace;
import java.util.concurrent.TimeUnit;

/**
 * When the next probe of a series is due, by a {@link Pace}. Times are those of the event loop's clock. Confined to it.
 */
abstract sealed class Schedule {

    /** When the next probe is due. */
    long dueNanos;

    private Schedule() {}

    static Schedule of(Pace pace) {
        if (pace instanceof Pace.AsAnswered answered) {
            return new AsAnswered(answered.ahead(), answered.atMost().toNanos());
        }
        if (pace instanceof Pace.Adaptive adaptive) {
            return new Adaptive(adaptive.first().toNanos(), adaptive.atLeast().toNanos());
        }
        return new Every(((Pace.Every) pace).interval().toNanos());
    }

    /** The first probe is due. */
    void begin(long now) {
        dueNanos = now;
    }

    /** Nobody wanted the next one when it was due: the one after it keeps its distance. */
    void wantedAgain(long now) {
        dueNanos = now - dueNanos > 0 ? now : dueNanos;
    }

    /** A probe is handed over without being due, before any that is. */
    void preloaded() {}

    /** A probe that was due has been handed over. */
    abstract void sent(long now);

    /** The kernel took the first packet, perhaps late; the others keep their distance from it. */
    abstract void firstTaken(long now);

    /** A probe, by its number from 1, has been answered. */
    abstract void answered(long sequence, long now);

    /** The answer was a reply after this time. */
    void measured(long rttNanos) {}

    /**
     * The second probe is due one interval after the kernel took the first, and so on, however late they are sent; what a
     * {@link RatePacer} does not make up for is skipped.
     */
    private static final class Every extends Schedule {

        private final RatePacer pacer;

        Every(long intervalNanos) {
            pacer = RatePacer.every(intervalNanos);
        }

        @Override
        void begin(long now) {
            super.begin(now);
            pacer.begin(now);
        }

        @Override
        void wantedAgain(long now) {
            super.wantedAgain(now);
            pacer.forgetArrears(now);
        }

        @Override
        void sent(long now) {
            pacer.take(1, now);
            plan(now);
        }

        @Override
        void firstTaken(long now) {
            pacer.sentFirst(now);
            plan(now);
        }

        private void plan(long now) {
            dueNanos = now + pacer.nanosUntilDue(now);
        }

        @Override
        void answered(long sequence, long now) {
            // It keeps its due time.
        }
    }

    private static final class AsAnswered extends Schedule {

        private final int ahead;
        private final long atMostNanos;
        private long sent;
        private long newestAnswered;

        AsAnswered(int ahead, long atMostNanos) {
            this.ahead = ahead;
            this.atMostNanos = atMostNanos;
        }

        @Override
        void preloaded() {
            sent++;
        }

        @Override
        void sent(long now) {
            sent++;
            dueNanos = mayGoOn() ? now : now + atMostNanos;
        }

        @Override
        void firstTaken(long now) {
            if (!mayGoOn()) {
                dueNanos = now + atMostNanos;
            }
        }

        @Override
        void answered(long sequence, long now) {
            newestAnswered = Math.max(newestAnswered, sequence);
            if (mayGoOn() && dueNanos - now > 0) {
                dueNanos = now;
            }
        }

        private boolean mayGoOn() {
            return sent - newestAnswered < ahead;
        }
    }

    private static final class Adaptive extends Schedule {

        /** Shorter round trips count as none, as in iputils, whose interval is a rounded number of milliseconds. */
        private static final long NO_INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

        private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

        /** Each reply counts an eighth: RFC 6298, section 2.3. */
        private static final double GAIN = 1 / 8.0;

        private final long firstNanos;
        private final long atLeastNanos;
        private double smoothedNanos;
        private boolean known;
        private long sent;
        private long sentNanos;
        private long newestAnswered;

        Adaptive(long firstNanos, long atLeastNanos) {
            this.firstNanos = firstNanos;
            this.atLeastNanos = atLeastNanos;
        }

        @Override
        void preloaded() {
            sent++;
        }

        @Override
        void sent(long now) {
            sent++;
            sentNanos = now;
            plan();
        }

        @Override
        void firstTaken(long now) {
            sentNanos = now;
            plan();
        }

        @Override
        void answered(long sequence, long now) {
            newestAnswered = Math.max(newestAnswered, sequence);
            plan();
        }

        @Override
        void measured(long rttNanos) {
            smoothedNanos = known ? smoothedNanos + (rttNanos - smoothedNanos) * GAIN : rttNanos;
            known = true;
        }

        private void plan() {
            long interval = Math.max(atLeastNanos, known ? (long) smoothedNanos : firstNanos);
            if (interval < NO_INTERVAL_NANOS) {
                interval = newestAnswered == sent ? 0 : SILENCE_NANOS;
            }
            dueNanos = sentNanos + interval;
        }
    }
}
