package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.TraceListener;
import io.github.nettyping.trace.TraceResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes each result on to a format, and keeps what is known of the targets under way, which are as many as the trace
 * permits at once. Confined to the event loop.
 */
final class TraceProgress implements TraceListener {

    private final TraceFormat format;
    private final FirstFailure failures;
    /** After one cycle at least. */
    private final Map<IpAddress, TraceReport> known = new LinkedHashMap<>();
    /** In the first cycle. */
    private final Map<IpAddress, List<Hop>> begun = new LinkedHashMap<>();

    TraceProgress(TraceFormat format, FirstFailure failures) {
        this.format = format;
        this.failures = failures;
    }

    @Override
    public void onHop(IpAddress target, Hop hop) {
        failures.run(() -> {
            format.expect(hop);
            begun.computeIfAbsent(target, any -> new ArrayList<>()).add(hop);
        });
    }

    @Override
    public void onCycle(int cycle, TraceResult soFar) {
        failures.run(() -> {
            begun.remove(soFar.target());
            known.put(soFar.target(), TraceReport.of(soFar));
        });
    }

    @Override
    public void onResult(TraceResult result) {
        failures.run(() -> {
            begun.remove(result.target());
            known.remove(result.target());
            format.write(TraceReport.of(result));
        });
    }

    /** Passes on what is known of the targets that will have no result. */
    void writeUnfinished() {
        failures.run(() -> {
            known.values().forEach(format::write);
            begun.forEach((target, hops) -> format.write(TraceReport.unfinished(target, hops)));
            known.clear();
            begun.clear();
        });
    }
}
