package io.github.nettyping.trace;

import java.time.Instant;
import java.util.Map;

/**
 * The result of a {@link Trace}. Immutable.
 *
 * @param targets      targets with a result
 * @param endings      how many traces ended in which way; has every ending, also with 0; unmodifiable
 * @param probesSent   packets the kernel took
 * @param answers      probes that were answered, by targets and routers
 * @param startedAt    when the trace began
 * @param elapsedNanos from then to the last result
 * @param stopped      whether it was stopped, or the pinger closed, before all targets had a result
 */
public record TraceSummary(
        long targets,
        Map<TraceResult.Ending, Long> endings,
        long probesSent,
        long answers,
        Instant startedAt,
        long elapsedNanos,
        boolean stopped) {}
