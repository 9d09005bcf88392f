package io.github.nettyping.trace;

/**
 * How long the answers of one hop took. Every figure is in nanoseconds, from sending a probe to the arrival of what
 * answered it. Immutable.
 *
 * @param count      how many answers there were, 1 or more
 * @param lastNanos  of the newest answer
 * @param minNanos   the shortest
 * @param meanNanos  the arithmetic mean
 * @param maxNanos   the longest
 * @param stdevNanos the standard deviation of all of them, 0 for a single one
 */
public record HopTimes(long count, long lastNanos, long minNanos, double meanNanos, long maxNanos, double stdevNanos) {}
