package io.github.nettyping.cli;

import io.github.nettyping.RoundTrips;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a sweep shows, and how. Immutable.
 *
 * @param format    form of the results
 * @param quiet     whether no results are shown
 * @param all       whether text also has the hosts that did not answer; other formats always have them
 * @param aliveOnly whether no format has them
 * @param summary   form of the summary
 * @param command   the argument line
 */
record SweepView(
        ResultFormat.Name format,
        boolean quiet,
        boolean all,
        boolean aliveOnly,
        SweepReport.Form summary,
        String command) {

    /**
     * Returns what writes results to an output.
     *
     * @param names names as typed of the targets that have one
     */
    ResultFormat format(Output output, Map<IpAddress, String> names) {
        return switch (format) {
            case TEXT -> new TextFormat(output);
            case JSONL -> new JsonLinesFormat(output, names);
        };
    }

    /** Tells whether a result is shown. */
    boolean shows(ProbeOutcome outcome) {
        if (quiet) {
            return false;
        }
        boolean others = !aliveOnly && (all || format != ResultFormat.Name.TEXT);
        return others || outcome.kind() == ProbeOutcome.Kind.REPLIED;
    }

    /**
     * Returns the summary with its line ends.
     *
     * @param seed of the random order, empty if it was none
     */
    String summary(SweepSummary sweep, RoundTrips roundTrips, OptionalLong seed) {
        // The JDK has it from uname(2).
        SweepReport report =
                new SweepReport(sweep, roundTrips, command, seed, Version.text(), System.getProperty("os.version"));
        return switch (summary) {
            case TEXT -> SummaryText.of(report);
            case JSON -> SummaryJson.of(report) + "\n";
        };
    }

    /** Returns what a sweep would do, with its line ends: for programs if they get results or the summary in their form. */
    String forecast(Forecast forecast) {
        boolean forPrograms = format == ResultFormat.Name.JSONL || summary == SweepReport.Form.JSON;
        return forPrograms ? ForecastJson.of(forecast) + "\n" : ForecastText.of(forecast);
    }
}
