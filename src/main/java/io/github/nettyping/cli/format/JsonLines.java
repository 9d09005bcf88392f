package io.github.nettyping.cli.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * For programs: one JSON object a line, every field in every line, null for what is not known. Those of probes are written
 * almost without garbage but for errors. Confined to the event loop.
 *
 * <p>What describes a reply ({@code rtt_ns}, {@code from}, {@code ttl}, {@code bytes}, {@code rtt_source}) is null
 * without one. {@code attempt} and {@code sent_at} are those of the {@link DecisiveTry}.
 */
public final class JsonLines {

    private final JsonGenerator json;
    private final AddressText addresses = new AddressText();
    private final UtcText times = new UtcText();
    private final StringBuilder text = new StringBuilder();
    private char[] characters = new char[64];

    public JsonLines(Output output) {
        try {
            json = JsonText.factory().build().createGenerator(output.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the line of a target of a sweep. */
    public void target(ProbeOutcome outcome, @Nullable String name) {
        line(() -> {
            json.writeStartObject();
            target(outcome.probe().target());
            json.writeStringField("status", Words.status(outcome.kind()));
            measured(outcome);
            attempt(outcome);
            sentAtAndError(outcome);
            rttSource(outcome);
            flags(outcome, false);
            json.writeStringField("name", name);
            json.writeEndObject();
        });
    }

    /** Writes the line of a probe of a ping, or of a further reply to it. */
    public void probe(long sequence, ProbeOutcome outcome, boolean duplicate) {
        line(() -> {
            json.writeStartObject();
            target(outcome.probe().target());
            json.writeNumberField("seq", sequence);
            json.writeStringField("status", Words.status(outcome.kind()));
            measured(outcome);
            sentAtAndError(outcome);
            rttSource(outcome);
            flags(outcome, duplicate);
            json.writeEndObject();
        });
    }

    /** Writes a line with an object that is all there is to say. */
    public void line(JsonObject object) {
        line(() -> object.write(json));
    }

    private interface Line {
        void write() throws IOException;
    }

    private void line(Line line) {
        try {
            line.write();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }

    private void target(IpAddress target) throws IOException {
        json.writeFieldName("target");
        address(target);
    }

    /** Writes {@code rtt_ns}, {@code from}, {@code ttl} and {@code bytes}. */
    private void measured(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof Replied reply) {
            json.writeNumberField("rtt_ns", reply.rttNanos());
            json.writeFieldName("from");
            address(reply.from());
            if (reply.hopLimit().isPresent()) {
                json.writeNumberField("ttl", reply.hopLimit().getAsInt());
            } else {
                json.writeNullField("ttl");
            }
            json.writeNumberField("bytes", reply.icmpBytes());
        } else {
            json.writeNullField("rtt_ns");
            json.writeNullField("from");
            json.writeNullField("ttl");
            json.writeNullField("bytes");
        }
    }

    private void attempt(ProbeOutcome outcome) throws IOException {
        int attempt = DecisiveTry.number(outcome);
        if (attempt == 0) {
            json.writeNullField("attempt");
        } else {
            json.writeNumberField("attempt", attempt);
        }
    }

    /** Writes {@code sent_at} and {@code error}. */
    private void sentAtAndError(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof NotSent notSent) {
            json.writeNullField("sent_at");
            json.writeFieldName("error");
            error(notSent.reason(), notSent.cause()).write(json);
            return;
        }
        json.writeFieldName("sent_at");
        text.setLength(0);
        times.append(text, DecisiveTry.sentAtNanos(outcome));
        writeText();
        if (outcome instanceof IcmpErrorOutcome icmp) {
            json.writeFieldName("error");
            error(icmp.error()).write(json);
        } else {
            json.writeNullField("error");
        }
    }

    private void rttSource(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof Replied reply) {
            json.writeStringField("rtt_source", Words.source(reply.rttSource()));
        } else {
            json.writeNullField("rtt_source");
        }
    }

    private void flags(ProbeOutcome outcome, boolean duplicate) throws IOException {
        json.writeArrayFieldStart("flags");
        if (outcome instanceof Replied reply && !reply.flags().isEmpty()) {
            for (ReplyFlag flag : reply.flags()) {
                json.writeString(Words.flag(flag));
            }
        }
        if (duplicate) {
            // The outcome does not know of that.
            json.writeString("duplicate");
        }
        json.writeEndArray();
    }

    public static JsonObject error(IcmpError error) {
        JsonObject object = new JsonObject()
                .put("name", error.name())
                .put("type", error.type())
                .put("code", error.code())
                .put("from", error.from().map(AddressText::of));
        OptionalInt mtu = Words.mtu(error);
        return mtu.isPresent() ? object.put("mtu", mtu) : object;
    }

    /** Returns what {@link Words#reason} says, with the number if there is one. */
    public static JsonObject error(NotSent.Reason reason, Optional<SystemCallException> cause) {
        return new JsonObject()
                .put("name", Words.reason(reason, cause))
                .put("errno", cause.map(SystemCallException::errno));
    }

    private void address(IpAddress address) throws IOException {
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
