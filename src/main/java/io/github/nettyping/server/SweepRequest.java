package io.github.nettyping.server;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.server.config.GoDuration;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import java.time.Duration;
import java.util.Set;

/**
 * What a client wants swept. Immutable.
 *
 * @param targets whom
 * @param options how
 */
record SweepRequest(TargetWords targets, SweepOptions options) {

    private static final Set<String> FIELDS = Set.of("targets", "timeout", "retries", "rate");
    private static final String EXPECTED = "{\"targets\":[...],\"timeout\":...,\"retries\":...,\"rate\":...}";

    /** Reads a body; throws {@link IllegalArgumentException} that says what is wrong with it. */
    static SweepRequest of(byte[] body) {
        JsonObject json;
        try {
            json = JsonObject.parse(body);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "no JSON, line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + " (expected: " + EXPECTED + ')',
                    e);
        }
        for (String name : json.names()) {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field \"" + VisibleText.of(name) + "\" (expected: " + EXPECTED + ')');
            }
        }
        if (!json.names().contains("targets")) {
            throw new IllegalArgumentException("no targets (expected: " + EXPECTED + ')');
        }
        TargetWords targets = TargetWords.of(json.texts("targets"));
        if (targets.addresses().count() == 0 && targets.names().isEmpty()) {
            throw new IllegalArgumentException("no target (expected: one at least)");
        }
        ProbeOptions.Builder probe = ProbeOptions.builder();
        if (json.names().contains("timeout")) {
            probe.timeout(timeout(json));
        }
        if (json.names().contains("retries")) {
            long retries = json.number("retries");
            if (retries < 0 || retries >= ProbeOptions.MAX_ATTEMPTS) {
                throw new IllegalArgumentException(
                        "retries: " + retries + " (expected: 0 to " + (ProbeOptions.MAX_ATTEMPTS - 1) + ')');
            }
            probe.attempts((int) retries + 1);
        }
        SweepRate rate = json.names().contains("rate") ? SweepRate.perSecond(json.number("rate")) : SweepRate.auto();
        return new SweepRequest(
                targets, SweepOptions.builder().probe(probe.build()).rate(rate).build());
    }

    private static Duration timeout(JsonObject json) {
        // A bare number is milliseconds, as on the command line.
        return json.isNumber("timeout")
                ? Duration.ofMillis(json.number("timeout"))
                : GoDuration.parse(json.text("timeout"))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "timeout: none (expected: " + GoDuration.EXPECTED + ", or milliseconds)"));
    }
}
