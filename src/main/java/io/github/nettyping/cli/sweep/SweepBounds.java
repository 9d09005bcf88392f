package io.github.nettyping.cli.sweep;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What ends a sweep before its last target. Immutable.
 *
 * @param maxAlive how many hosts that answer are enough
 * @param deadline how long it may take, names included
 */
record SweepBounds(OptionalLong maxAlive, Optional<Duration> deadline) {

    static final SweepBounds NONE = new SweepBounds(OptionalLong.empty(), Optional.empty());
}
