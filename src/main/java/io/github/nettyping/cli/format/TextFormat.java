package io.github.nettyping.cli.format;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;

/** For people: {@code ADDRESS <tab> RTT ms}, or {@code ADDRESS <tab> STATUS}. Confined to the event loop. */
public final class TextFormat implements ResultFormat {

    private final Output output;
    private final AddressText addresses = new AddressText();
    private final StringBuilder line = new StringBuilder();

    public TextFormat(Output output) {
        this.output = output;
    }

    @Override
    public void write(ProbeOutcome outcome) {
        line.setLength(0);
        addresses.append(line, outcome.probe().target());
        line.append('\t');
        if (outcome instanceof Replied reply) {
            Numbers.appendMillis(line, reply.rttNanos());
            line.append(" ms");
        } else {
            line.append(Words.status(outcome.kind()));
        }
        output.append(line.append('\n'));
    }
}
