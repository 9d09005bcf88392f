package io.github.nettyping.cli;

import io.github.nettyping.probe.ProbeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * For programs: one JSON object a line, every field in every line, null for what is not known. Confined to the event
 * loop.
 */
final class JsonLinesFormat implements ResultFormat {

    private final JsonFields json;

    JsonLinesFormat(Output output) {
        json = new JsonFields(output);
    }

    @Override
    public void write(ProbeOutcome outcome) {
        try {
            json.begin();
            json.target(outcome.probe().target());
            json.status(outcome.kind());
            json.measured(outcome);
            json.attempt(outcome);
            json.sentAtAndError(outcome);
            json.rttSource(outcome);
            json.flags(outcome);
            // The name that was typed; only addresses can be, so far.
            json.generator().writeNullField("name");
            json.end();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }
}
