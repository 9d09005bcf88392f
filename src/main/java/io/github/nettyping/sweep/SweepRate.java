package io.github.nettyping.sweep;

import io.github.nettyping.internal.Ranges;
import java.util.OptionalLong;

/**
 * How fast a {@link Sweep} sends, all targets and tries together. Immutable.
 *
 * <p>Probes that go out late, because the machine is busy, are made up for: a tenth of a second's worth at most, at up to
 * 1.1 times the rate, so that the mean is the rate asked for. A longer pause is not made up for. A rate found by itself
 * makes up for ten milliseconds.
 */
public sealed interface SweepRate {

    /**
     * {@return the rate of the replies: each is followed by a probe at once, and where none come the window fills up}
     * It has no limit but {@link SweepOptions#maxInFlight()}: as fast as the event loop can, if hosts answer; for
     * networks of one's own.
     */
    static SweepRate byReplies() {
        return new ByReplies();
    }

    /**
     * {@return a given rate, which is kept as a mean and not exceeded by more than a tenth for a moment}
     *
     * @param probesPerSecond 1 to {@link SweepOptions#MAX_PROBES_PER_SECOND}
     * @throws IllegalArgumentException if it is out of range
     */
    static SweepRate perSecond(long probesPerSecond) {
        return new PerSecond(probesPerSecond);
    }

    /**
     * {@return the rate that this host and the path turn out to carry} It begins at {@link Auto#START_PER_SECOND},
     * grows while replies keep pace, and goes back when this host drops packets or its queues are full, when fewer
     * hosts answer than did, and when second tries are answered that first ones were not. It is at most {@link
     * Auto#REMOTE_CEILING_PER_SECOND} if any target is not this host itself.
     */
    static SweepRate auto() {
        return new Auto(OptionalLong.of(Auto.REMOTE_CEILING_PER_SECOND));
    }

    /**
     * As fast as replies come back.
     */
    record ByReplies() implements SweepRate {}

    /**
     * A given rate.
     *
     * @param probesPerSecond 1 to {@link SweepOptions#MAX_PROBES_PER_SECOND}
     */
    record PerSecond(long probesPerSecond) implements SweepRate {

        /**
         * Checks the range.
         *
         * @param probesPerSecond 1 to {@link SweepOptions#MAX_PROBES_PER_SECOND}
         * @throws IllegalArgumentException if it is out of range
         */
        public PerSecond {
            Ranges.require("probesPerSecond", probesPerSecond, 1, SweepOptions.MAX_PROBES_PER_SECOND);
        }
    }

    /**
     * As fast as this host and the path carry.
     *
     * @param remoteCeiling most probes a second if any target is not this host itself, 1 to
     *                      {@link SweepOptions#MAX_PROBES_PER_SECOND}; empty for no ceiling
     */
    record Auto(OptionalLong remoteCeiling) implements SweepRate {

        /** Probes a second in the beginning. */
        public static final long START_PER_SECOND = 10_000;

        /** The ceiling of {@link SweepRate#auto()}: what a network should bear from somebody who has not asked. */
        public static final long REMOTE_CEILING_PER_SECOND = 10_000;

        /**
         * Checks the range.
         *
         * @param remoteCeiling 1 to {@link SweepOptions#MAX_PROBES_PER_SECOND}, or empty
         * @throws IllegalArgumentException if it is out of range
         */
        public Auto {
            if (remoteCeiling.isPresent()) {
                Ranges.require("remoteCeiling", remoteCeiling.getAsLong(), 1, SweepOptions.MAX_PROBES_PER_SECOND);
            }
        }

        /** {@return the same without a ceiling, for networks whose owners have been asked} */
        public Auto withoutCeiling() {
            return new Auto(OptionalLong.empty());
        }
    }
}
