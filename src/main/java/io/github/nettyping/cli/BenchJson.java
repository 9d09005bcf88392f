package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.nettyping.Distribution;
import io.github.nettyping.LoadSearch;
import io.github.nettyping.LoadSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The summary of a benchmark for programs: one JSON object, in ASCII so that no locale can spoil it; null for what is not
 * known. Stateless.
 */
final class BenchJson {

    private BenchJson() {}

    /** Returns the object, without a line end. */
    static String of(BenchReport report) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            LoadSummary summary = report.summary();
            json.writeStartObject();
            foremost(json, summary);
            counts(json, summary);
            variations(json, summary);
            disturbances(json, summary);
            search(json, report);
            notes(json, report);
            circumstances(json, report);
            json.writeEndObject();
        } catch (IOException e) {
            // A StringWriter does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void foremost(JsonGenerator json, LoadSummary summary) throws IOException {
        number(json, "offered_per_second", summary.offeredPerSecond());
        json.writeNumberField("sent", summary.counts().sent());
        json.writeNumberField("received", summary.counts().received());
        json.writeNumberField("lost", summary.counts().lost());
        times(json, "rtt_ns", summary.roundTrips());
        times(json, "latency_ns", summary.latencies());
        times(json, "send_lag_ns", summary.sendLags());
        rounded(json, "jitter_ns", summary.jitterNanos());
        json.writeNumberField("gc_pause_ns", summary.gcPauses().nanos());
        json.writeNumberField("local_drops", summary.localDrops());
        json.writeStringField(
                "rtt_source", Words.sources(summary.clocks().keySet()).orElse(null));
    }

    private static void counts(JsonGenerator json, LoadSummary summary) throws IOException {
        LoadSummary.Counts counts = summary.counts();
        decimal(json, "loss_ratio", counts.lossRatio(), 9);
        decimal(json, "sent_per_second", summary.sentPerSecond(), 3);
        decimal(json, "received_per_second", summary.receivedPerSecond(), 3);
        json.writeNumberField("icmp_errors", counts.icmpErrors());
        json.writeNumberField("dropped_locally", counts.droppedLocally());
        json.writeNumberField("send_failed", counts.sendFailed());
        json.writeNumberField("unsent", counts.unsent());
        json.writeNumberField("unfinished", counts.unfinished());
        json.writeNumberField("duplicates", counts.duplicates());
        json.writeNumberField("late", counts.late());
        json.writeNumberField("reordered", counts.reordered());
    }

    private static void variations(JsonGenerator json, LoadSummary summary) throws IOException {
        json.writeObjectFieldStart("pdv_ns");
        number(json, "p50", summary.packetDelayVariationNanos(50));
        number(json, "p99", summary.packetDelayVariationNanos(99));
        number(
                json,
                "p99.9",
                BenchNote.isMeasured(summary.roundTrips(), 99.9)
                        ? summary.packetDelayVariationNanos(99.9)
                        : OptionalLong.empty());
        json.writeEndObject();
        Distribution ipdv = summary.delayVariations();
        json.writeObjectFieldStart("ipdv_ns");
        number(json, "p50", ipdv.percentileNanos(50));
        number(json, "p99", ipdv.percentileNanos(99));
        number(json, "p99.9", BenchText.measured(ipdv, 99.9));
        json.writeEndObject();
        json.writeObjectFieldStart("rtt_sources");
        for (var clock : summary.clocks().entrySet()) {
            json.writeNumberField(Words.source(clock.getKey()), clock.getValue());
        }
        json.writeEndObject();
    }

    private static void disturbances(JsonGenerator json, LoadSummary summary) throws IOException {
        json.writeNumberField("gc_pauses", summary.gcPauses().count());
        number(json, "gc_longest_pause_ns", summary.gcPauses().longestNanos());
        json.writeNumberField("loop_stalls", summary.loopStalls().count());
        json.writeNumberField("loop_longest_stall_ns", summary.loopStalls().longestNanos());
        json.writeBooleanField("clock_set", summary.clockSet());
    }

    private static void search(JsonGenerator json, BenchReport report) throws IOException {
        if (report.search().isEmpty()) {
            json.writeNullField("find");
            return;
        }
        LoadSearch.Result search = report.search().get();
        json.writeObjectFieldStart("find");
        number(json, "loss_free_per_second", search.probesPerSecond());
        json.writeStringField("limited_by", search.limit().map(Words::lower).orElse(null));
        json.writeNumberField("trials", search.trials());
        json.writeEndObject();
    }

    private static void notes(JsonGenerator json, BenchReport report) throws IOException {
        json.writeArrayFieldStart("not_measured");
        for (BenchNote note : report.notes()) {
            json.writeStartObject();
            json.writeStringField("what", note.what());
            json.writeStringField("why", note.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void circumstances(JsonGenerator json, BenchReport report) throws IOException {
        LoadSummary summary = report.summary();
        json.writeNumberField("targets", summary.targets());
        json.writeNumberField("silent_targets", summary.silentTargets());
        json.writeNumberField("elapsed_ns", summary.elapsedNanos());
        json.writeBooleanField("stopped", summary.stopped());
        json.writeNumberField("max_in_flight", summary.maxInFlight());
        json.writeStringField("socket", report.sockets().orElse(null));
        json.writeNumberField("loops", summary.loops());
        json.writeStringField("version", report.machine().version());
        json.writeStringField("command", report.command());
        StringBuilder startedAt = new StringBuilder();
        new UtcText().append(startedAt, summary.startedAt());
        json.writeStringField("started_at", startedAt.toString());
        json.writeStringField("kernel", report.machine().kernel());
        json.writeStringField("jdk", report.machine().jdk());
        json.writeNumberField("processors", report.machine().processors());
    }

    /** High percentiles of few samples are null: they would be the maximum by another name. */
    private static void times(JsonGenerator json, String field, Distribution times) throws IOException {
        json.writeObjectFieldStart(field);
        number(json, "min", times.minNanos());
        rounded(json, "mean", times.meanNanos());
        number(json, "p50", times.percentileNanos(50));
        number(json, "p90", times.percentileNanos(90));
        number(json, "p99", times.percentileNanos(99));
        number(json, "p99.9", BenchText.measured(times, 99.9));
        number(json, "p99.99", BenchText.measured(times, 99.99));
        number(json, "max", times.maxNanos());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsLong());
        } else {
            json.writeNullField(field);
        }
    }

    private static void rounded(JsonGenerator json, String field, OptionalDouble value) throws IOException {
        number(
                json,
                field,
                value.isPresent() ? OptionalLong.of(Math.round(value.getAsDouble())) : OptionalLong.empty());
    }

    private static void decimal(JsonGenerator json, String field, OptionalDouble value, int decimals)
            throws IOException {
        json.writeFieldName(field);
        if (value.isPresent()) {
            json.writeNumber(Numbers.decimal(value.getAsDouble(), decimals));
        } else {
            json.writeNull();
        }
    }
}
