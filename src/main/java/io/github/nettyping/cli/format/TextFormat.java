package io.github.nettyping.cli.format;

import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * For people: {@code ADDRESS <tab> RTT ms}, or {@code ADDRESS <tab> STATUS <tab> DETAIL} with what is known of the reason; a
 * name stands in brackets behind the address. Confined to the event loop.
 */
public final class TextFormat implements ResultFormat {

    private final Output output;
    private final Colour colour;
    private final AddressText addresses = new AddressText();
    private final StringBuilder line = new StringBuilder();

    public TextFormat(Output output, Colour colour) {
        this.output = output;
        this.colour = colour;
    }

    @Override
    public void write(ProbeOutcome outcome, @Nullable String name) {
        line.setLength(0);
        addresses.append(line, outcome.probe().target());
        if (name != null) {
            line.append(" (").append(VisibleText.word(name)).append(')');
        }
        line.append('\t');
        colour.begin(line, tone(outcome.kind()));
        if (outcome instanceof Replied reply) {
            Numbers.appendMillis(line, reply.rttNanos());
            line.append(" ms");
        } else {
            line.append(Words.status(outcome.kind()));
        }
        colour.end(line);
        if (outcome instanceof IcmpErrorOutcome icmp) {
            append(icmp.error());
        } else if (outcome instanceof NotSent failed) {
            line.append('\t').append(Words.reason(failed.reason(), failed.cause()));
        }
        output.append(line.append('\n'));
    }

    private static Colour.Tone tone(ProbeOutcome.Kind kind) {
        return switch (kind) {
            case REPLIED -> Colour.Tone.GOOD;
            case TIMED_OUT -> Colour.Tone.BAD;
            case UNREACHABLE, TIME_EXCEEDED, OTHER_ICMP_ERROR -> Colour.Tone.ODD;
            case NOT_SENT, DROPPED_LOCALLY -> Colour.Tone.LOCAL;
        };
    }

    private void append(IcmpError error) {
        line.append('\t').append(error.name()).append(' ').append(error.type());
        line.append('/').append(error.code());
        if (error.from().isPresent()) {
            addresses.append(line.append(" from "), error.from().get());
        }
        OptionalInt mtu = Words.mtu(error);
        if (mtu.isPresent()) {
            line.append(" mtu ").append(mtu.getAsInt());
        }
    }
}
