package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.trace.TraceResult.Ending;
import io.github.nettyping.trace.TraceSummary;
import java.util.ArrayList;
import java.util.List;

/** The summary of a trace. Stateless. */
final class TraceTotals {

    private TraceTotals() {}

    /** Returns a line for people, with its end. */
    static String text(TraceSummary trace, long targets) {
        List<String> parts = new ArrayList<>(List.of(targets + " targets", count(trace, Ending.REACHED) + " reached"));
        Words.addNonzero(parts, count(trace, Ending.UNREACHABLE), "unreachable");
        Words.addNonzero(parts, count(trace, Ending.SILENT) + count(trace, Ending.MAX_HOPS), "not reached");
        Words.addNonzero(parts, count(trace, Ending.NOT_SENT), "not sent");
        Words.addNonzero(parts, targets - trace.targets(), "unfinished");
        return String.join(", ", parts) + "; " + trace.probesSent() + " probes sent, " + trace.answers() + " answers, "
                + Numbers.seconds(trace.elapsedNanos()) + " in all\n";
    }

    /** Returns a line for programs, with its end. */
    static String json(TraceSummary trace, long targets, String command) {
        JsonObject json = new JsonObject().put("targets", targets);
        for (Ending ending : Ending.values()) {
            json.put(Words.lower(ending), count(trace, ending));
        }
        return json.put("probes_sent", trace.probesSent())
                        .put("answers", trace.answers())
                        .put("elapsed_ns", trace.elapsedNanos())
                        .put("stopped", trace.stopped())
                        .put("version", Version.text())
                        .put("command", command)
                        .put("started_at", UtcText.of(trace.startedAt()))
                        // The JDK has the kernel's release from uname(2).
                        .put("kernel", System.getProperty("os.version"))
                + "\n";
    }

    private static long count(TraceSummary trace, Ending ending) {
        return trace.endings().getOrDefault(ending, 0L);
    }
}
