package io.github.nettyping.load;

import io.github.nettyping.statistics.Distribution;

/**
 * A part of a {@link Load}'s time: what became of the probes that were to be sent in it. Figures are in nanoseconds, and
 * empty without a reply. Immutable.
 *
 * @param startNanos from the end of the warm-up
 * @param nanos      how long it lasted
 * @param sent       probes the kernel took
 * @param lost       probes without reply
 * @param latencies  from the intended send time to the reply; percentiles to a hundredth
 */
public record LoadInterval(long startNanos, long nanos, long sent, long lost, Distribution latencies) {}
