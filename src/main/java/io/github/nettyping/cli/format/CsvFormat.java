package io.github.nettyping.cli.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For spreadsheets and databases: the fields of {@link JsonLinesFormat} as columns, empty for what is not known. Lines end
 * with LF alone, unlike those of RFC 4180: every reader of CSV takes it, and to cut, awk, sort and join a CR would be part of
 * the last column. Confined to the event loop.
 */
public final class CsvFormat implements ResultFormat {

    private static final String[] COLUMNS = {
        "target",
        "status",
        "rtt_ns",
        "from",
        "ttl",
        "bytes",
        "attempt",
        "sent_at",
        "error_name",
        "error_type",
        "error_code",
        "error_from",
        "error_errno",
        "rtt_source",
        "flags",
        "name"
    };

    private final CsvWriter csv;
    private final Map<IpAddress, String> names;
    private final AddressText addresses = new AddressText();
    private final UtcText times = new UtcText();
    private final StringBuilder text = new StringBuilder();

    /** Creates the format. */
    public CsvFormat(Output output, Map<IpAddress, String> names) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(output.stream());
        this.names = names;
    }

    /** Appends the names of the columns, once for all event loops. */
    public void writeHeader() {
        csv.writeRecord(COLUMNS);
        flush();
    }

    @Override
    public void write(ProbeOutcome outcome) {
        IpAddress target = outcome.probe().target();
        CsvWriter.CsvWriterRecord line = csv.writeRecord();
        line.writeField(address(target)).writeField(Words.status(outcome.kind()));
        measured(line, outcome);
        int attempt = DecisiveTry.number(outcome);
        line.writeField(attempt == 0 ? null : Integer.toString(attempt));
        line.writeField(outcome instanceof NotSent ? null : time(DecisiveTry.sentAtNanos(outcome)));
        error(line, outcome);
        line.writeField(outcome instanceof Replied reply ? Words.source(reply.rttSource()) : null);
        line.writeField(outcome instanceof Replied reply ? flags(reply) : null);
        line.writeField(names.get(target));
        line.endRecord();
        flush();
    }

    private void measured(CsvWriter.CsvWriterRecord line, ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            line.writeField(Long.toString(reply.rttNanos()));
            line.writeField(address(reply.from()));
            OptionalInt hopLimit = reply.hopLimit();
            line.writeField(hopLimit.isPresent() ? Integer.toString(hopLimit.getAsInt()) : null);
            line.writeField(Integer.toString(reply.icmpBytes()));
        } else {
            line.writeField(null).writeField(null).writeField(null).writeField(null);
        }
    }

    private void error(CsvWriter.CsvWriterRecord line, ProbeOutcome outcome) {
        if (outcome instanceof IcmpErrorOutcome icmp) {
            IcmpError error = icmp.error();
            line.writeField(error.name());
            line.writeField(Integer.toString(error.type()));
            line.writeField(Integer.toString(error.code()));
            line.writeField(error.from().map(this::address).orElse(null));
            line.writeField(null);
        } else if (outcome instanceof NotSent notSent) {
            line.writeField(Words.reason(notSent.reason(), notSent.cause()));
            line.writeField(null).writeField(null).writeField(null);
            line.writeField(notSent.cause()
                    .map(SystemCallException::errno)
                    .map(Object::toString)
                    .orElse(null));
        } else {
            line.writeField(null)
                    .writeField(null)
                    .writeField(null)
                    .writeField(null)
                    .writeField(null);
        }
    }

    private String address(IpAddress address) {
        text.setLength(0);
        addresses.append(text, address);
        return text.toString();
    }

    private String time(long epochNanos) {
        text.setLength(0);
        times.append(text, epochNanos);
        return text.toString();
    }

    /** Returns them in one column; a blank is in none of them. */
    private static @Nullable String flags(Replied reply) {
        return reply.flags().isEmpty()
                ? null
                : reply.flags().stream().map(Words::flag).collect(Collectors.joining(" "));
    }

    private void flush() {
        try {
            csv.flush();
        } catch (IOException e) {
            // Output does not throw; a failure there is a state.
            throw new UncheckedIOException(e);
        }
    }
}
