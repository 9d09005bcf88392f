package io.github.nettyping.cli.format;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * For programs: one JSON object a line, every field in every line, null for what is not known. Confined to the event
 * loop.
 */
public final class JsonLinesFormat implements ResultFormat {

    private final JsonFields json;
    private final Map<IpAddress, String> names;

    /** Creates the format. */
    public JsonLinesFormat(Output output, Map<IpAddress, String> names) {
        this.json = new JsonFields(output);
        this.names = names;
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
            json.flags(outcome, null);
            json.generator().writeStringField("name", names.get(outcome.probe().target()));
            json.end();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }
}
