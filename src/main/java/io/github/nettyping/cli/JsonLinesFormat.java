package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.TimedOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For programs: one JSON object a line, every field in every line, null for what is not known. Confined to the event
 * loop.
 *
 * <p>What describes a reply ({@code rtt_ns}, {@code from}, {@code ttl}, {@code bytes}, {@code rtt_source}) is null
 * without one. {@code attempt} and {@code sent_at} are those of the try that decided: the one answered, the one an error
 * quotes, else the last.
 */
final class JsonLinesFormat implements ResultFormat {

    private final JsonGenerator json;
    private final Map<IpAddress, String> names;
    private final AddressText addresses = new AddressText();
    private final UtcText times = new UtcText();
    private final StringBuilder text = new StringBuilder();
    private char[] characters = new char[64];

    /**
     * Creates the format.
     *
     * @param names names as typed of the targets that have one
     */
    JsonLinesFormat(Output output, Map<IpAddress, String> names) {
        this.names = names;
        try {
            json = new JsonFactoryBuilder()
                    .rootValueSeparator((String) null)
                    .build()
                    .createGenerator(output.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(ProbeOutcome outcome) {
        try {
            json.writeStartObject();
            json.writeFieldName("target");
            address(outcome.probe().target());
            json.writeStringField("status", Words.status(outcome.kind()));
            if (outcome instanceof Replied reply) {
                reply(reply);
            } else {
                noReply(outcome);
            }
            json.writeStringField("name", names.get(outcome.probe().target()));
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }

    private void reply(Replied reply) throws IOException {
        json.writeNumberField("rtt_ns", reply.rttNanos());
        json.writeFieldName("from");
        address(reply.from());
        number("ttl", reply.hopLimit());
        json.writeNumberField("bytes", reply.icmpBytes());
        json.writeNumberField("attempt", reply.attempt());
        sentAt(reply.sentAtNanos());
        json.writeNullField("error");
        json.writeStringField("rtt_source", Words.source(reply.rttSource()));
        flags(reply.flags());
    }

    private void noReply(ProbeOutcome outcome) throws IOException {
        json.writeNullField("rtt_ns");
        json.writeNullField("from");
        json.writeNullField("ttl");
        json.writeNullField("bytes");
        if (outcome instanceof IcmpErrorOutcome icmp) {
            json.writeNumberField("attempt", icmp.attempt());
            sentAt(icmp.sentAtNanos());
            json.writeFieldName("error");
            error(icmp.error());
        } else if (outcome instanceof NotSent notSent) {
            number("attempt", notSent.attempts() == 0 ? OptionalInt.empty() : OptionalInt.of(notSent.attempts()));
            json.writeNullField("sent_at");
            json.writeFieldName("error");
            error(notSent);
        } else {
            json.writeNumberField("attempt", outcome.attempts());
            sentAt(lastSentAt(outcome));
            json.writeNullField("error");
        }
        json.writeNullField("rtt_source");
        flags(ReplyFlag.setOf(0));
    }

    private static long lastSentAt(ProbeOutcome outcome) {
        return outcome instanceof TimedOut timedOut ? timedOut.sentAtNanos() : ((DroppedLocally) outcome).sentAtNanos();
    }

    private void error(IcmpError error) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", error.name());
        json.writeNumberField("type", error.type());
        json.writeNumberField("code", error.code());
        json.writeFieldName("from");
        address(error.from().orElse(null));
        OptionalInt mtu = mtu(error);
        if (mtu.isPresent()) {
            json.writeNumberField("mtu", mtu.getAsInt());
        }
        json.writeEndObject();
    }

    private static OptionalInt mtu(IcmpError error) {
        if (error instanceof DestinationUnreachableMessage unreachable) {
            return unreachable.nextHopMtu();
        }
        return error instanceof PacketTooBigMessage tooBig ? OptionalInt.of(tooBig.mtu()) : OptionalInt.empty();
    }

    /** What the kernel said, or in lower case what else kept the probe from being sent, without a number. */
    private void error(NotSent notSent) throws IOException {
        Optional<SystemCallException> cause = notSent.cause();
        json.writeStartObject();
        if (cause.isPresent()) {
            json.writeStringField("name", cause.get().errnoName());
            json.writeNumberField("errno", cause.get().errno());
        } else {
            json.writeStringField("name", notSent.reason().name().toLowerCase(Locale.ROOT));
            json.writeNullField("errno");
        }
        json.writeEndObject();
    }

    private void number(String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        } else {
            json.writeNullField(field);
        }
    }

    private void flags(Set<ReplyFlag> flags) throws IOException {
        json.writeArrayFieldStart("flags");
        if (!flags.isEmpty()) {
            for (ReplyFlag flag : flags) {
                json.writeString(Words.flag(flag));
            }
        }
        json.writeEndArray();
    }

    private void sentAt(long epochNanos) throws IOException {
        json.writeFieldName("sent_at");
        text.setLength(0);
        times.append(text, epochNanos);
        writeText();
    }

    private void address(@Nullable IpAddress address) throws IOException {
        if (address == null) {
            json.writeNull();
            return;
        }
        text.setLength(0);
        addresses.append(text, address);
        writeText();
    }

    private void writeText() throws IOException {
        if (characters.length < text.length()) {
            characters = new char[2 * text.length()];
        }
        text.getChars(0, text.length(), characters, 0);
        json.writeString(characters, 0, text.length());
    }
}
