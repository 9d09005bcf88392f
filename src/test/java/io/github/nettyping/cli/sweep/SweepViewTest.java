package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.ResultFormatTest;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.probe.ProbeOutcome;
import org.junit.jupiter.api.Test;

class SweepViewTest {

    private static final ProbeOutcome ALIVE = SampleOutcomes.replied("127.0.0.1", 1);
    private static final ProbeOutcome SILENT = SampleOutcomes.timedOut("127.0.0.1");

    private static SweepView view(ResultFormat.Name format, boolean quiet, boolean all, boolean aliveOnly) {
        return new SweepView(format, quiet, all, aliveOnly, SummaryForm.TEXT, "");
    }

    @Test
    void textShowsOthersOnDemandAndJsonlUnlessForbidden() {
        assertThat(view(ResultFormat.Name.TEXT, false, false, false).shows(SILENT))
                .isFalse();
        assertThat(view(ResultFormat.Name.TEXT, false, true, false).shows(SILENT))
                .isTrue();
        assertThat(view(ResultFormat.Name.TEXT, false, true, true).shows(SILENT))
                .isFalse();
        assertThat(view(ResultFormat.Name.JSONL, false, false, false).shows(SILENT))
                .isTrue();
        assertThat(view(ResultFormat.Name.JSONL, false, false, true).shows(SILENT))
                .isFalse();
    }

    @Test
    void csvAloneHasAHeader() {
        assertThat(header(view(ResultFormat.Name.CSV, false, false, true))).startsWith("target,status,");
        assertThat(header(view(ResultFormat.Name.CSV, true, false, false))).startsWith("target,status,");
        assertThat(header(view(ResultFormat.Name.JSONL, false, false, false))).isEmpty();
        assertThat(header(view(ResultFormat.Name.TEXT, false, false, false))).isEmpty();
    }

    private static String header(SweepView view) {
        return ResultFormatTest.print(view::writeHeader);
    }

    @Test
    void answersAreShownUnlessQuiet() {
        for (ResultFormat.Name format : ResultFormat.Name.values()) {
            assertThat(view(format, false, false, false).shows(ALIVE)).isTrue();
            assertThat(view(format, false, false, true).shows(ALIVE)).isTrue();
            assertThat(view(format, true, true, false).shows(ALIVE)).isFalse();
        }
    }
}
