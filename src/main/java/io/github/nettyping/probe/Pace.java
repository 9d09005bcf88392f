package io.github.nettyping.probe;

import io.github.nettyping.internal.Ranges;
import java.time.Duration;

/**
 * When the probes of a series are sent. Immutable.
 *
 * <p>An answer is anything that tells that the probe, or a later one, is not under way any more: a reply, early or
 * late, or an ICMP error. Silence is no answer, and neither is a probe that this machine did not send.
 */
public sealed interface Pace {

    /** The shortest interval of a clock. */
    Duration MIN_INTERVAL = Duration.ofMillis(1);

    /** The longest interval. */
    Duration MAX_INTERVAL = Duration.ofDays(1);

    /**
     * {@return the pace of a clock: a probe every interval} A probe that goes out late moves no other one. After a pause
     * of this process whole intervals are skipped; only a tenth of a second's worth of shorter intervals is made up for,
     * at up to 1.1 times the pace.
     *
     * @param interval {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
     * @throws IllegalArgumentException if the interval is out of its range
     */
    static Pace every(Duration interval) {
        return new Every(interval);
    }

    /**
     * {@return the pace of the answers, a flood: the next probe as soon as the newest one is answered, one ahead}
     *
     * @param atMost time after which the next probe is sent although the newest one has not been answered
     * @throws IllegalArgumentException if the time is out of its range
     */
    static Pace asAnswered(Duration atMost) {
        return new AsAnswered(1, atMost);
    }

    /**
     * {@return the pace of the round trips: an interval is as long as they are, smoothed} So about one probe is under
     * way.
     *
     * @param first   interval until the first round trip is known
     * @param atLeast the shortest interval, 0 or more
     * @throws IllegalArgumentException if an interval is out of its range
     */
    static Pace adaptive(Duration first, Duration atLeast) {
        return new Adaptive(first, atLeast);
    }

    /**
     * A probe every interval.
     *
     * @param interval {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
     */
    record Every(Duration interval) implements Pace {

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if it is out of its range
         */
        public Every {
            Ranges.require("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        }
    }

    /**
     * The next probe is sent as soon as fewer than a number have been sent after the newest one that was answered.
     * Earlier ones do not matter, so lost probes hold nothing up.
     *
     * @param ahead  how many may be sent beyond the newest one answered, 1 to {@link #MAX_AHEAD}
     * @param atMost time after which the next probe is sent in any case, {@link #MIN_INTERVAL} to
     *               {@link #MAX_INTERVAL}
     */
    record AsAnswered(int ahead, Duration atMost) implements Pace {

        /** The most probes ahead. */
        public static final int MAX_AHEAD = 65_536;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public AsAnswered {
            Ranges.require("ahead", ahead, 1, MAX_AHEAD);
            Ranges.require("atMost", atMost, MIN_INTERVAL, MAX_INTERVAL);
        }
    }

    /**
     * An interval as long as the round trip, smoothed as in RFC 6298. If that is shorter than half a millisecond and no
     * longer interval is asked for, the next probe follows the answer, and after silence it waits 10 ms.
     *
     * @param first   interval until the first reply, {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
     * @param atLeast the shortest interval, 0 to {@link #MAX_INTERVAL}
     */
    record Adaptive(Duration first, Duration atLeast) implements Pace {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public Adaptive {
            Ranges.require("first", first, MIN_INTERVAL, MAX_INTERVAL);
            Ranges.require("atLeast", atLeast, Duration.ZERO, MAX_INTERVAL);
        }
    }
}
