package io.github.nettyping.cli.sweep;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What ends a sweep before its last target. Immutable.
 *
 * @param maxAlive how many hosts that answer are enough
 * @param deadline how long it may take from its first probe
 */
record SweepBounds(OptionalLong maxAlive, Optional<Duration> deadline) {

    /** Nothing does. */
    static final SweepBounds NONE = new SweepBounds(OptionalLong.empty(), Optional.empty());

    /** A resolver usually gives up after two times five seconds: resolv.conf(5). */
    private static final Duration SHORTEST_NAMES_LIMIT = Duration.ofSeconds(10);

    /** Returns how long names may take to be resolved, which is before the first probe. */
    Optional<Duration> namesLimit() {
        return deadline.map(limit -> limit.compareTo(SHORTEST_NAMES_LIMIT) > 0 ? limit : SHORTEST_NAMES_LIMIT);
    }
}
