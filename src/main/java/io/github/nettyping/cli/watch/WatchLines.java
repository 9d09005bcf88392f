package io.github.nettyping.cli.watch;

import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.monitor.StateChange;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.probe.ProbeOutcome;
import java.time.Instant;
import java.util.List;

/** What a watch tells in a pipe, a line each. Confined to the event loop. */
final class WatchLines {

    private final Output output;
    private final JsonLines json;
    private final boolean isJson;

    WatchLines(Output output, boolean isJson) {
        this.output = output;
        this.json = new JsonLines(output);
        this.isJson = isJson;
    }

    void change(StateChange change, TargetSnapshot now) {
        if (isJson) {
            JsonObject object = event("state", change.since(), now)
                    .put("state", change.state())
                    .put("previous", change.previous())
                    .put("since", UtcText.of(change.since()))
                    .put("reason", WatchWords.reasonObject(change.reason()))
                    .put("window", WatchWords.window(now.window()));
            json.line(object);
        } else {
            output.append(UtcText.of(change.since())
                    + '\t'
                    + WatchWords.both(change.target())
                    + '\t'
                    + WatchWords.state(change.state())
                    + '\t'
                    + WatchWords.state(change.previous())
                    + '\t'
                    + WatchWords.reason(change.reason())
                    + '\n');
        }
    }

    void result(long sequence, ProbeOutcome outcome, boolean duplicate) {
        json.result(sequence, outcome, duplicate);
    }

    void summaries(List<TargetSnapshot> targets) {
        Instant time = Instant.now();
        for (TargetSnapshot target : targets) {
            if (isJson) {
                json.line(event("summary", time, target)
                        .put("state", target.state())
                        .put("since", UtcText.of(target.since()))
                        .put("local", target.local())
                        .put("sent", target.sent())
                        .put("received", target.received())
                        .put("lost", target.lost())
                        .put("late", target.late())
                        .put("duplicates", target.duplicates())
                        .put("local_trouble", target.localTrouble())
                        .put("skipped", target.skipped())
                        .put("unresolved", target.unresolved())
                        .put("error", target.lastError().map(JsonLines::error))
                        .put("window", WatchWords.window(target.window())));
            } else {
                output.append(UtcText.of(time) + '\t' + WatchWords.summary(target) + '\n');
            }
        }
    }

    private static JsonObject event(String name, Instant time, TargetSnapshot target) {
        return new JsonObject()
                .put("event", name)
                .put("time", UtcText.of(time))
                .put("target", WatchWords.target(target.target()))
                .put("name", WatchWords.name(target.target()));
    }
}
