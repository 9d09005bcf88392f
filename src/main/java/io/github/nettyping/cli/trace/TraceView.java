package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.TraceOptions;
import io.github.nettyping.trace.TraceSummary;
import java.util.Map;
import java.util.Optional;

/**
 * What a trace shows, and how. Immutable.
 *
 * @param oneLine whether text has each hop in one line, as traceroute(8)
 * @param numeric whether hosts stand without names
 * @param command the argument line, as a shell would read it
 */
record TraceView(
        ResultFormat.Name format,
        boolean quiet,
        boolean oneLine,
        boolean numeric,
        SummaryForm summary,
        String command,
        Colour colour) {

    /** Returns the format of results; {@code typed} are the names of targets. */
    TraceFormat format(TraceOptions options, Output output, Map<IpAddress, String> typed, PeerNames names) {
        if (quiet) {
            return report -> {};
        }
        return switch (format) {
            case TEXT -> {
                TraceLayout text = oneLine
                        ? new TracerouteText(typed, options.maxHops(), options.payloadBytes(), numeric, colour)
                        : new TraceText(typed, options.pathMtu(), colour);
                yield new TraceLines(output, text, numeric ? Optional.empty() : Optional.of(names));
            }
            case JSONL -> new TraceJson(output);
            case CSV -> throw new IllegalStateException("no form of a trace: csv");
        };
    }

    /** Returns the summary with its line end, for people only if it tells something new; {@code targets} were to be traced. */
    Optional<String> summary(TraceSummary trace, long targets) {
        return switch (summary) {
            case TEXT -> targets > 1 ? Optional.of(TraceTotals.text(trace, targets)) : Optional.empty();
            case JSON -> Optional.of(TraceTotals.json(trace, targets, command));
        };
    }
}
