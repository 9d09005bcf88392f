package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.checkpoint.SweepIdentity;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.ResultFormatTest;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.probe.ProbeOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepViewTest {

    private static final ProbeOutcome ALIVE = SampleOutcomes.replied("127.0.0.1", 1);
    private static final ProbeOutcome SILENT = SampleOutcomes.timedOut("127.0.0.1");

    private static SweepView view(ResultFormat.Name format, boolean quiet, SweepIdentity.Shown shown) {
        return new SweepView(format, quiet, shown, SummaryForm.TEXT, "", Colour.NONE);
    }

    @ParameterizedTest
    @CsvSource({"NONE,false,false", "ALIVE,true,false", "DEAD,false,true", "ALL,true,true"})
    void showsThoseWhoAreWanted(SweepIdentity.Shown shown, boolean alive, boolean silent) {
        for (ResultFormat.Name format : ResultFormat.Name.values()) {
            assertThat(view(format, false, shown).shows(ALIVE)).isEqualTo(alive);
            assertThat(view(format, false, shown).shows(SILENT)).isEqualTo(silent);
        }
    }

    @Test
    void showsNobodyIfQuiet() {
        assertThat(view(ResultFormat.Name.TEXT, true, SweepIdentity.Shown.ALL).shows(ALIVE))
                .isFalse();
        assertThat(view(ResultFormat.Name.TEXT, true, SweepIdentity.Shown.ALL).shown())
                .isEqualTo(SweepIdentity.Shown.NONE);
    }

    @Test
    void csvAloneHasAHeader() {
        assertThat(header(view(ResultFormat.Name.CSV, false, SweepIdentity.Shown.ALIVE)))
                .startsWith("target,status,");
        assertThat(header(view(ResultFormat.Name.CSV, true, SweepIdentity.Shown.ALL)))
                .startsWith("target,status,");
        assertThat(header(view(ResultFormat.Name.JSONL, false, SweepIdentity.Shown.ALL)))
                .isEmpty();
        assertThat(header(view(ResultFormat.Name.TEXT, false, SweepIdentity.Shown.ALL)))
                .isEmpty();
    }

    private static String header(SweepView view) {
        return ResultFormatTest.print(view::writeHeader);
    }
}
