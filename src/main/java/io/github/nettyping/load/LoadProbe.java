package io.github.nettyping.load;

/** What a load knows of a probe under way. Confined to the event loop. */
final class LoadProbe {

    final int target;
    /** Among the probes of this loop to its target. */
    final int number;

    /** When it was to be sent; where replies set the pace, when it was written. On the scale of {@link System#nanoTime()}. */
    final long intendedNanos;

    /** When it was written. */
    final long writtenNanos;

    /** How far the wall clock was from the monotonic one then. */
    final long wallOffsetNanos;

    /** Whether it is one of those that are measured, and not of the warm-up. */
    final boolean counted;

    LoadProbe(int target, int number, long intendedNanos, long writtenNanos, long wallOffsetNanos, boolean counted) {
        this.target = target;
        this.number = number;
        this.intendedNanos = intendedNanos;
        this.writtenNanos = writtenNanos;
        this.wallOffsetNanos = wallOffsetNanos;
        this.counted = counted;
    }

    /** Returns on the monotonic scale when the kernel took it. */
    long sentNanos(long sentAtWallNanos) {
        return sentAtWallNanos - wallOffsetNanos;
    }
}
