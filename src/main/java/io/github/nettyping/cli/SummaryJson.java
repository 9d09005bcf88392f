package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.nettyping.Distribution;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.correlation.CorrelatorStatistics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The summary for programs: one JSON object, in ASCII so that no locale can spoil it. Stateless. */
final class SummaryJson {

    private SummaryJson() {}

    /** Returns the object, without a line end. */
    static String of(SweepReport report) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            counts(json, report.summary());
            speeds(json, report.summary());
            roundTrips(json, report.roundTrips());
            circumstances(json, report);
            json.writeEndObject();
        } catch (IOException e) {
            // A StringWriter does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void counts(JsonGenerator json, SweepSummary summary) throws IOException {
        CorrelatorStatistics statistics = summary.statistics();
        CorrelatorStatistics.Outcomes outcomes = statistics.outcomes();
        json.writeNumberField("targets", summary.targets());
        json.writeNumberField("alive", outcomes.replied());
        json.writeNumberField("timeout", outcomes.timedOut());
        json.writeNumberField("unreachable", outcomes.unreachable());
        json.writeNumberField("ttl_exceeded", outcomes.timeExceeded());
        json.writeNumberField("icmp_error", outcomes.otherIcmpError());
        json.writeNumberField("send_failed", outcomes.notSent());
        json.writeNumberField("dropped_locally", outcomes.droppedLocally());
        json.writeNumberField("probes_sent", statistics.probesSent());
        json.writeNumberField("resent", statistics.resent());
        json.writeNumberField("replies", statistics.replies());
        json.writeNumberField("duplicates", statistics.duplicates());
        json.writeNumberField("damaged", statistics.damaged());
        json.writeNumberField("late", statistics.late());
        CorrelatorStatistics.Rejected rejected = statistics.rejected();
        json.writeObjectFieldStart("rejected");
        json.writeNumberField("token", rejected.token());
        json.writeNumberField("identifier", rejected.identifier());
        json.writeNumberField("type", rejected.type());
        json.writeNumberField("checksum", rejected.checksum());
        json.writeNumberField("malformed", rejected.malformed());
        json.writeNumberField("wrong_source", rejected.wrongSource());
        json.writeNumberField("quote", rejected.quote());
        json.writeEndObject();
        json.writeNumberField("local_drops", summary.localDrops());
    }

    private static void speeds(JsonGenerator json, SweepSummary summary) throws IOException {
        json.writeNumberField("elapsed_ns", summary.elapsedNanos());
        perSecond(json, "rate", summary.probesPerSecond());
        perSecond(json, "round_trips_per_second", summary.roundTripsPerSecond());
    }

    private static void roundTrips(JsonGenerator json, Distribution trips) throws IOException {
        json.writeObjectFieldStart("rtt_ns");
        nanos(json, "min", trips.minNanos());
        nanos(json, "p50", trips.percentileNanos(50));
        nanos(json, "p90", trips.percentileNanos(90));
        nanos(json, "p99", trips.percentileNanos(99));
        nanos(json, "max", trips.maxNanos());
        json.writeEndObject();
        json.writeStringField("rtt_source", Words.sources(trips.sources()).orElse(null));
    }

    private static void circumstances(JsonGenerator json, SweepReport report) throws IOException {
        json.writeStringField("socket", report.sockets().orElse(null));
        json.writeNumberField("loops", report.summary().loops());
        json.writeStringField("version", report.version());
        json.writeStringField("command", report.command());
        if (report.seed().isPresent()) {
            json.writeNumberField("seed", report.seed().getAsLong());
        } else {
            json.writeNullField("seed");
        }
        StringBuilder startedAt = new StringBuilder();
        new UtcText().append(startedAt, report.summary().startedAt());
        json.writeStringField("started_at", startedAt.toString());
        json.writeStringField("kernel", report.kernel());
    }

    private static void nanos(JsonGenerator json, String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsLong());
        } else {
            json.writeNullField(field);
        }
    }

    private static void perSecond(JsonGenerator json, String field, OptionalDouble value) throws IOException {
        json.writeFieldName(field);
        if (value.isPresent()) {
            json.writeNumber(Numbers.decimal(value.getAsDouble(), 3));
        } else {
            json.writeNull();
        }
    }
}
