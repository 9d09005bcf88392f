package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopTimes;
import io.github.nettyping.trace.TraceResult;
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

    private final JsonLines json;

    TraceJson(Output output) {
        json = new JsonLines(output);
    }

    @Override
    public void write(TraceReport report) {
        for (Hop hop : report.hops()) {
            OptionalInt mtu = hop.mtu().isEmpty() && report.isTarget(hop) ? report.pathMtu() : hop.mtu();
            json.line(object(report.target(), OptionalInt.of(hop.number()), hop.from(), hop.sent(), hop.received())
                    .put("rtt_ns", times(hop.times()))
                    .put("mtu", mtu)
                    .put("mpls", hop.mplsLabels().stream().map(TraceJson::label).toList())
                    .put("error", hop.error().map(JsonLines::error)));
        }
        if (report.hops().isEmpty() && report.refusal().isPresent()) {
            TraceResult.Refusal refusal = report.refusal().get();
            json.line(object(report.target(), OptionalInt.empty(), List.of(), 0, 0)
                    .put("rtt_ns", times(Optional.empty()))
                    .put("mtu", OptionalInt.empty())
                    .put("mpls", List.of())
                    .put("error", JsonLines.error(refusal.reason(), refusal.cause())));
        }
    }

    private static JsonObject object(
            IpAddress target, OptionalInt hop, List<IpAddress> from, long sent, long received) {
        return new JsonObject()
                .put("target", AddressText.of(target))
                .put("hop", hop)
                .put("from", from.stream().map(AddressText::of).toList())
                .put("sent", sent)
                .put("received", received);
    }

    private static JsonObject times(Optional<HopTimes> times) {
        return new JsonObject()
                .put("min", times.map(HopTimes::minNanos))
                .put("mean", times.map(known -> Math.round(known.meanNanos())))
                .put("max", times.map(HopTimes::maxNanos))
                .put("stdev", times.map(known -> Math.round(known.stdevNanos())));
    }

    private static JsonObject label(MplsLabelStack.Label label) {
        return new JsonObject()
                .put("label", label.value())
                .put("tc", label.trafficClass())
                .put("bottom", label.bottomOfStack())
                .put("ttl", label.ttl());
    }
}
