package io.github.nettyping.cli.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For spreadsheets and databases: the fields of {@link JsonLines} as columns, empty for what is not known. Lines end
 * with LF alone, unlike those of RFC 4180: every reader of CSV takes it, and to cut, awk, sort and join a CR would be part of
 * the last column. Confined to the event loop.
 */
public final class CsvFormat implements ResultFormat {

    private static final String COLUMNS = "target,status,rtt_ns,from,ttl,bytes,attempt,sent_at,"
            + "error_name,error_type,error_code,error_from,error_errno,error_mtu,rtt_source,flags,name";

    private final CsvWriter csv;
    private final AddressText addresses = new AddressText();
    private final UtcText times = new UtcText();
    private final StringBuilder text = new StringBuilder();

    public CsvFormat(Output output) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(output.stream());
    }

    /** Appends the names of the columns, once for all event loops. */
    public void writeHeader() {
        csv.writeRecord(COLUMNS.split(",", -1));
        flush();
    }

    @Override
    public void write(ProbeOutcome outcome, @Nullable String name) {
        IpAddress target = outcome.probe().target();
        Replied reply = outcome instanceof Replied replied ? replied : null;
        IcmpError error = outcome instanceof IcmpErrorOutcome icmp ? icmp.error() : null;
        NotSent notSent = outcome instanceof NotSent failed ? failed : null;
        int attempt = DecisiveTry.number(outcome);
        csv.writeRecord(
                address(target),
                Words.status(outcome.kind()),
                reply == null ? null : Long.toString(reply.rttNanos()),
                reply == null ? null : address(reply.from()),
                reply == null ? null : hopLimit(reply),
                reply == null ? null : Integer.toString(reply.icmpBytes()),
                attempt == 0 ? null : Integer.toString(attempt),
                notSent == null ? time(DecisiveTry.sentAtNanos(outcome)) : null,
                name(error, notSent),
                error == null ? null : Integer.toString(error.type()),
                error == null ? null : Integer.toString(error.code()),
                error == null ? null : error.from().map(this::address).orElse(null),
                notSent == null ? null : errno(notSent),
                error == null ? null : mtu(error),
                reply == null ? null : Words.source(reply.rttSource()),
                reply == null ? null : flags(reply),
                name == null ? null : VisibleText.of(name)); // CSV itself can escape nothing.
        flush();
    }

    private static @Nullable String hopLimit(Replied reply) {
        OptionalInt hopLimit = reply.hopLimit();
        return hopLimit.isPresent() ? Integer.toString(hopLimit.getAsInt()) : null;
    }

    private static @Nullable String name(@Nullable IcmpError error, @Nullable NotSent notSent) {
        if (error != null) {
            return error.name();
        }
        return notSent == null ? null : Words.reason(notSent.reason(), notSent.cause());
    }

    private static @Nullable String mtu(IcmpError error) {
        OptionalInt mtu = Words.mtu(error);
        return mtu.isPresent() ? Integer.toString(mtu.getAsInt()) : null;
    }

    private static @Nullable String errno(NotSent notSent) {
        return notSent.cause().map(cause -> Integer.toString(cause.errno())).orElse(null);
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
