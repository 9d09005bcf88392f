package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.checkpoint.SweepIdentity;
import io.github.nettyping.cli.format.CsvFormat;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.format.TextFormat;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepSummary;
import java.util.OptionalLong;

/**
 * What a sweep shows, and how. Immutable.
 *
 * @param shown  which targets have a line, unless {@code quiet}
 * @param colour of text
 */
public record SweepView(
        ResultFormat.Name format,
        boolean quiet,
        SweepIdentity.Shown shown,
        SummaryForm summary,
        String command,
        Colour colour) {

    public SweepView {
        shown = quiet ? SweepIdentity.Shown.NONE : shown;
    }

    ResultFormat format(Output output) {
        return switch (format) {
            case TEXT -> new TextFormat(output, colour);
            case JSONL -> new JsonLines(output)::target;
            case CSV -> new CsvFormat(output);
        };
    }

    void writeHeader(Output output) {
        if (format == ResultFormat.Name.CSV) {
            new CsvFormat(output).writeHeader();
        }
    }

    boolean shows(ProbeOutcome outcome) {
        boolean alive = outcome.kind() == ProbeOutcome.Kind.REPLIED;
        return switch (shown) {
            case NONE -> false;
            case ALIVE -> alive;
            case DEAD -> !alive;
            case ALL -> true;
        };
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
