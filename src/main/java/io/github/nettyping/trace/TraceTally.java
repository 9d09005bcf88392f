package io.github.nettyping.trace;

import io.github.nettyping.trace.TraceResult.Ending;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What a trace comes to. Confined to the event loop once it is under way. */
final class TraceTally {

    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private long results;
    private long sent;
    private long answers;

    TraceTally() {
        for (Ending ending : Ending.values()) {
            endings.put(ending, 0L);
        }
    }

    /** The kernel took a packet. */
    void countSent() {
        sent++;
    }

    /** A probe was answered. */
    void countAnswer() {
        answers++;
    }

    /** A target has its result. */
    void count(TraceResult result) {
        results++;
        endings.merge(result.ending(), 1L, Long::sum);
    }

    TraceSummary summary(boolean stopped) {
        return new TraceSummary(
                results, Map.copyOf(endings), sent, answers, startedAt, System.nanoTime() - startedNanos, stopped);
    }
}
