package io.github.nettyping.cli.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nettyping.cli.format.JsonFields;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopTimes;
import io.github.nettyping.trace.TraceResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * For programs: one JSON object a line for each hop, those of a target together and in their order; every field in every
 * line, null for what is not known. A target to which nothing could be sent has one, without a hop. Confined to the event
 * loop.
 *
 * <p>{@code mtu} is what a router said of the way behind it; of the target it is the path MTU, if that was asked for.
 */
final class TraceJson implements TraceFormat {

    private final JsonFields json;

    TraceJson(Output output) {
        json = new JsonFields(output);
    }

    @Override
    public void write(TraceReport report) {
        try {
            for (Hop hop : report.hops()) {
                write(report, hop);
            }
            if (report.hops().isEmpty() && report.refusal().isPresent()) {
                writeRefusal(report.target(), report.refusal().get());
            }
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }

    private void write(TraceReport report, Hop hop) throws IOException {
        JsonGenerator out = json.generator();
        json.begin();
        json.target(report.target());
        out.writeNumberField("hop", hop.number());
        json.addresses("from", hop.from());
        out.writeNumberField("sent", hop.sent());
        out.writeNumberField("received", hop.received());
        times(out, hop.times());
        json.number("mtu", hop.mtu().isEmpty() && report.isTarget(hop) ? report.pathMtu() : hop.mtu());
        labels(out, hop.mplsLabels());
        out.writeFieldName("error");
        if (hop.error().isPresent()) {
            json.error(hop.error().get());
        } else {
            out.writeNull();
        }
        json.end();
    }

    private void writeRefusal(IpAddress target, TraceResult.Refusal refusal) throws IOException {
        JsonGenerator out = json.generator();
        json.begin();
        json.target(target);
        out.writeNullField("hop");
        json.addresses("from", List.of());
        out.writeNumberField("sent", 0);
        out.writeNumberField("received", 0);
        times(out, Optional.empty());
        json.number("mtu", OptionalInt.empty());
        labels(out, List.of());
        out.writeFieldName("error");
        json.error(refusal.reason(), refusal.cause());
        json.end();
    }

    private static void times(JsonGenerator out, Optional<HopTimes> times) throws IOException {
        out.writeObjectFieldStart("rtt_ns");
        if (times.isPresent()) {
            out.writeNumberField("min", times.get().minNanos());
            out.writeNumberField("mean", Math.round(times.get().meanNanos()));
            out.writeNumberField("max", times.get().maxNanos());
            out.writeNumberField("stdev", Math.round(times.get().stdevNanos()));
        } else {
            for (String figure : List.of("min", "mean", "max", "stdev")) {
                out.writeNullField(figure);
            }
        }
        out.writeEndObject();
    }

    private static void labels(JsonGenerator out, List<MplsLabelStack.Label> labels) throws IOException {
        out.writeArrayFieldStart("mpls");
        for (MplsLabelStack.Label label : labels) {
            out.writeStartObject();
            out.writeNumberField("label", label.value());
            out.writeNumberField("tc", label.trafficClass());
            out.writeBooleanField("bottom", label.bottomOfStack());
            out.writeNumberField("ttl", label.ttl());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
