package io.github.nettyping.cli.progress;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is told of a sweep under way. Immutable.
 *
 * @param sent            targets that a first try was sent to
 * @param finished        those with a verdict
 * @param probesPerSecond in the last seconds
 * @param secondsLeft     about; empty as long as it cannot be known
 */
record ProgressFigures(
        long sent,
        long targets,
        long finished,
        OptionalDouble probesPerSecond,
        long alive,
        long timeouts,
        long localDrops,
        OptionalLong secondsLeft) {}
