package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object a line for each probe of a series, every field in every line. Confined to the event loop. */
final class PingJson {

    private static final String DUPLICATE = "duplicate";

    private final JsonFields json;

    PingJson(Output output) {
        json = new JsonFields(output);
    }

    /** Writes what became of a probe. */
    void write(long sequence, ProbeOutcome outcome) {
        write(sequence, outcome, false);
    }

    /** Writes a further reply. */
    void writeDuplicate(long sequence, Replied reply) {
        write(sequence, reply, true);
    }

    /** Writes that a probe has been given up. */
    void writeTimedOut(long sequence, IpAddress target, long sentAtNanos) {
        write(sequence, new TimedOut(new Probe(target, ProbeOptions.defaults()), 1, sentAtNanos));
    }

    private void write(long sequence, ProbeOutcome outcome, boolean duplicate) {
        try {
            json.begin();
            json.target(outcome.probe().target());
            json.generator().writeNumberField("seq", sequence);
            json.status(outcome.kind());
            json.measured(outcome);
            json.sentAtAndError(outcome);
            json.rttSource(outcome);
            if (duplicate) {
                json.flags(outcome, DUPLICATE);
            } else {
                json.flags(outcome);
            }
            json.end();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }
}
