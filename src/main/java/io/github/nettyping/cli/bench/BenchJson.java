package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.load.LoadSearch;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.statistics.Distribution;
import java.util.Map;
import java.util.OptionalLong;

/** The summary of a benchmark for programs: one JSON object, null for what is not known. Stateless. */
final class BenchJson {

    private BenchJson() {}

    /** Returns the object, without a line end. */
    static String of(BenchReport report) {
        LoadSummary summary = report.summary();
        LoadSummary.Counts counts = summary.counts();
        BenchReport.Machine machine = report.machine();
        JsonObject sources = new JsonObject();
        summary.clocks().forEach((clock, count) -> sources.put(Words.source(clock), count));
        return new JsonObject()
                .put("offered_per_second", summary.offeredPerSecond())
                .put("sent", counts.sent())
                .put("received", counts.received())
                .put("lost", counts.lost())
                .put("rtt_ns", times(summary.roundTrips()))
                .put("latency_ns", times(summary.latencies()))
                .put("send_lag_ns", times(summary.sendLags()))
                .put("jitter_ns", BenchFigures.rounded(summary.jitterNanos()))
                .put("gc_pause_ns", summary.gcPauses().nanos())
                .put("local_drops", summary.localDrops())
                .put("rtt_source", Words.sources(summary.clocks().keySet()))
                .putDecimal("loss_ratio", counts.lossRatio(), 9)
                .putDecimal("sent_per_second", summary.sentPerSecond(), 3)
                .putDecimal("received_per_second", summary.receivedPerSecond(), 3)
                .put("icmp_errors", counts.icmpErrors())
                .put("dropped_locally", counts.droppedLocally())
                .put("send_failed", counts.sendFailed())
                .put("unsent", counts.unsent())
                .put("unfinished", counts.unfinished())
                .put("duplicates", counts.duplicates())
                .put("late", counts.late())
                .put("reordered", counts.reordered())
                .put("pdv_ns", variation(BenchFigures.packetDelayVariation(summary)))
                .put("ipdv_ns", variation(BenchFigures.of(summary.delayVariations())))
                .put("rtt_sources", sources)
                .put("gc_pauses", summary.gcPauses().count())
                .put("gc_longest_pause_ns", summary.gcPauses().longestNanos())
                .put("loop_stalls", summary.loopStalls().count())
                .put("loop_longest_stall_ns", summary.loopStalls().longestNanos())
                .put("clock_set", summary.clockSet())
                .put("find", report.search().map(BenchJson::search))
                .put(
                        "not_measured",
                        report.notes().stream().map(BenchJson::note).toList())
                .put("targets", summary.targets())
                .put("silent_targets", summary.silentTargets())
                .put("elapsed_ns", summary.elapsedNanos())
                .put("stopped", summary.stopped())
                .put("max_in_flight", summary.maxInFlight())
                .put("socket", report.sockets())
                .put("loops", summary.loops())
                .put("version", machine.version())
                .put("command", report.command())
                .put("started_at", UtcText.of(summary.startedAt()))
                .put("kernel", machine.kernel())
                .put("jdk", machine.jdk())
                .put("processors", machine.processors())
                .toString();
    }

    private static JsonObject variation(Map<String, OptionalLong> figures) {
        JsonObject object = new JsonObject();
        BenchFigures.SHORT.forEach(name -> object.put(name, figures.get(name)));
        return object;
    }

    private static JsonObject search(LoadSearch.Result search) {
        return new JsonObject()
                .put("loss_free_per_second", search.probesPerSecond())
                .put("limited_by", search.limit())
                .put("trials", search.trials());
    }

    private static JsonObject note(BenchNote note) {
        return new JsonObject().put("what", note.what()).put("why", note.why());
    }

    private static JsonObject times(Distribution times) {
        JsonObject object = new JsonObject();
        BenchFigures.of(times).forEach(object::put);
        return object;
    }
}
