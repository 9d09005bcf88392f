package io.github.nettyping.cli.format;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that objects about probes have in common, each written in the order of the calls; null for what is not
 * known. Without garbage but for errors. Confined to the event loop.
 *
 * <p>What describes a reply ({@code rtt_ns}, {@code from}, {@code ttl}, {@code bytes}, {@code rtt_source}) is null
 * without one. {@code attempt} and {@code sent_at} are those of the {@link DecisiveTry}.
 */
public final class JsonFields {

    private final JsonGenerator json;
    private final AddressText addresses = new AddressText();
    private final UtcText times = new UtcText();
    private final StringBuilder text = new StringBuilder();
    private char[] characters = new char[64];

    public JsonFields(Output output) {
        try {
            json = new JsonFactoryBuilder()
                    .rootValueSeparator((String) null)
                    .build()
                    .createGenerator(output.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what writes everything else; only this class knows when it may be flushed. */
    public JsonGenerator generator() {
        return json;
    }

    public void begin() throws IOException {
        json.writeStartObject();
    }

    /** Ends the object and the line. */
    public void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    public void target(IpAddress target) throws IOException {
        json.writeFieldName("target");
        address(target);
    }

    public void status(ProbeOutcome.Kind kind) throws IOException {
        json.writeStringField("status", Words.status(kind));
    }

    /** Writes {@code rtt_ns}, {@code from}, {@code ttl} and {@code bytes}. */
    public void measured(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof Replied reply) {
            json.writeNumberField("rtt_ns", reply.rttNanos());
            json.writeFieldName("from");
            address(reply.from());
            number("ttl", reply.hopLimit());
            json.writeNumberField("bytes", reply.icmpBytes());
        } else {
            json.writeNullField("rtt_ns");
            json.writeNullField("from");
            json.writeNullField("ttl");
            json.writeNullField("bytes");
        }
    }

    void attempt(ProbeOutcome outcome) throws IOException {
        int attempt = DecisiveTry.number(outcome);
        if (attempt == 0) {
            json.writeNullField("attempt");
        } else {
            json.writeNumberField("attempt", attempt);
        }
    }

    /** Writes {@code sent_at} and {@code error}. */
    public void sentAtAndError(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof NotSent notSent) {
            json.writeNullField("sent_at");
            json.writeFieldName("error");
            error(notSent.reason(), notSent.cause());
            return;
        }
        sentAt(DecisiveTry.sentAtNanos(outcome));
        if (outcome instanceof IcmpErrorOutcome icmp) {
            json.writeFieldName("error");
            error(icmp.error());
        } else {
            json.writeNullField("error");
        }
    }

    void sentAt(long epochNanos) throws IOException {
        json.writeFieldName("sent_at");
        text.setLength(0);
        times.append(text, epochNanos);
        writeText();
    }

    public void rttSource(ProbeOutcome outcome) throws IOException {
        if (outcome instanceof Replied reply) {
            json.writeStringField("rtt_source", Words.source(reply.rttSource()));
        } else {
            json.writeNullField("rtt_source");
        }
    }

    /** Writes {@code flags}, and a further one that the outcome does not know of. */
    public void flags(ProbeOutcome outcome, @Nullable String further) throws IOException {
        json.writeArrayFieldStart("flags");
        Set<ReplyFlag> flags = outcome instanceof Replied reply ? reply.flags() : Set.of();
        if (!flags.isEmpty()) {
            for (ReplyFlag flag : flags) {
                json.writeString(Words.flag(flag));
            }
        }
        if (further != null) {
            json.writeString(further);
        }
        json.writeEndArray();
    }

    public void error(IcmpError error) throws IOException {
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

    /** What {@link Words#reason} says, with the number if there is one. */
    public void error(NotSent.Reason reason, Optional<SystemCallException> cause) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", Words.reason(reason, cause));
        if (cause.isPresent()) {
            json.writeNumberField("errno", cause.get().errno());
        } else {
            json.writeNullField("errno");
        }
        json.writeEndObject();
    }

    public void addresses(String field, List<IpAddress> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (IpAddress value : values) {
            address(value);
        }
        json.writeEndArray();
    }

    public void number(String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        } else {
            json.writeNullField(field);
        }
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
