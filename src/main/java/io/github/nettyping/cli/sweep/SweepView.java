package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.checkpoint.SweepIdentity;
import io.github.nettyping.cli.format.CsvFormat;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.format.TextFormat;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepSummary;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a sweep shows, and how. Immutable.
 *
 * @param all       whether text also has the hosts that did not answer; other formats always have them
 * @param aliveOnly whether no format has them
 */
public record SweepView(
        ResultFormat.Name format, boolean quiet, boolean all, boolean aliveOnly, SummaryForm summary, String command) {

    ResultFormat format(Output output, Map<IpAddress, String> names) {
        return switch (format) {
            case TEXT -> new TextFormat(output);
            case JSONL -> {
                JsonLines lines = new JsonLines(output);
                yield outcome -> lines.target(outcome, names.get(outcome.probe().target()));
            }
            case CSV -> new CsvFormat(output, names);
        };
    }

    void writeHeader(Output output) {
        if (format == ResultFormat.Name.CSV) {
            new CsvFormat(output, Map.of()).writeHeader();
        }
    }

    SweepIdentity.Shown shown() {
        if (quiet) {
            return SweepIdentity.Shown.NONE;
        }
        boolean others = !aliveOnly && (all || format != ResultFormat.Name.TEXT);
        return others ? SweepIdentity.Shown.ALL : SweepIdentity.Shown.ALIVE;
    }

    boolean shows(ProbeOutcome outcome) {
        SweepIdentity.Shown shown = shown();
        return shown == SweepIdentity.Shown.ALL
                || (shown == SweepIdentity.Shown.ALIVE && outcome.kind() == ProbeOutcome.Kind.REPLIED);
    }

    SweepReport report(SweepSummary sweep, Distribution roundTrips, OptionalLong seed) {
        // The JDK has the kernel's release from uname(2).
        return new SweepReport(sweep, roundTrips, command, seed, Version.text(), System.getProperty("os.version"));
    }

    /** Returns the summary with its line ends. */
    String summary(SweepSummary sweep, Distribution roundTrips, OptionalLong seed) {
        SweepReport report = report(sweep, roundTrips, seed);
        return switch (summary) {
            case TEXT -> VisibleText.lines(report.text());
            case JSON -> report.json() + "\n";
        };
    }

    /** Returns what a sweep would do, with its line ends: for programs if they get results or the summary in their form. */
    String forecast(Forecast forecast) {
        boolean forPrograms = format == ResultFormat.Name.JSONL || summary == SummaryForm.JSON;
        return forPrograms ? forecast.json() + "\n" : forecast.text();
    }
}
