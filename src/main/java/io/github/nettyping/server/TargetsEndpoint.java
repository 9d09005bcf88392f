package io.github.nettyping.server;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.monitor.MonitorSnapshot;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.WindowStatistics;
import io.github.nettyping.server.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/targets}: what is known of every target at this moment, as JSON. Stateless. */
final class TargetsEndpoint {

    private static final int LOSS_DECIMALS = 6;
    private static final double MEDIAN = 50;
    private static final double SLOW = 99;

    private TargetsEndpoint() {}

    static Reply reply(MonitorSnapshot known) {
        List<JsonObject> targets = known.targets().stream()
                .sorted(Comparator.comparing((TargetSnapshot target) ->
                        WatchedTargets.figures(target.target()).host()))
                .map(TargetsEndpoint::target)
                .toList();
        String text = new JsonObject().put("targets", targets) + "\n";
        return Reply.ok("application/json", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static JsonObject target(TargetSnapshot target) {
        JsonObject labels = new JsonObject();
        for (Map.Entry<String, String> label :
                WatchedTargets.figures(target.target()).labels().entrySet()) {
            labels.put(label.getKey(), label.getValue());
        }
        return new JsonObject()
                .put("host", WatchedTargets.figures(target.target()).host())
                .put("target", target.address().map(AddressText::of))
                .put("labels", labels)
                .put("state", target.state())
                .put("since", UtcText.of(target.since()))
                .put("local", target.local())
                .put("interval_ns", target.interval().toNanos())
                .put("sent", target.sent())
                .put("received", target.received())
                .put("lost", target.lost())
                .put("late", target.late())
                .put("duplicates", target.duplicates())
                .put("local_trouble", target.localTrouble())
                .put("skipped", target.skipped())
                .put("last_rtt_ns", target.lastRttNanos())
                .put("last_error", target.lastError().map(JsonLines::error))
                .put("unresolved", target.unresolved())
                .put("window", window(target.window()));
    }

    private static JsonObject window(WindowStatistics window) {
        return new JsonObject()
                .put("sent", window.sent())
                .put("received", window.received())
                .putDecimal("loss", window.loss(), LOSS_DECIMALS)
                .put(
                        "rtt_ns",
                        new JsonObject()
                                .put("min", window.minNanos())
                                .put("mean", window.meanNanos())
                                .put("p50", window.percentileNanos(MEDIAN))
                                .put("p99", window.percentileNanos(SLOW))
                                .put("max", window.maxNanos()))
                .put("jitter_ns", window.jitterNanos())
                .put("longest_outage_ns", window.longestOutageNanos());
    }
}
