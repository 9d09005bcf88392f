package io.github.nettyping.load;

/**
 * What a load knows of a probe under way. Immutable.
 *
 * @param target          its number
 * @param number          among the probes of this loop to its target
 * @param intendedNanos   when it was to be sent; where replies set the pace, when it was written. On the scale of
 *                        {@link System#nanoTime()}
 * @param writtenNanos    when it was written
 * @param wallOffsetNanos how far the wall clock was from the monotonic one then
 * @param counted         whether it is one of those that are measured, and not of the warm-up
 */
record LoadProbe(int target, int number, long intendedNanos, long writtenNanos, long wallOffsetNanos, boolean counted) {

    /** Returns on the monotonic scale when the kernel took it. */
    long sentNanos(long sentAtWallNanos) {
        return sentAtWallNanos - wallOffsetNanos;
    }
}
