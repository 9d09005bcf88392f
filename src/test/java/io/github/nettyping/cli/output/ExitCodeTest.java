package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void worseCodesComeFirstInTheContractsOrder() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(130, 143, 129, 141, 3, 4, 2, 1, 0);
    }

    @Test
    void theWorseOfTwoIsReportedWhicheverComesFirst() {
        assertThat(ExitCode.UNANSWERED.orWorse(ExitCode.INTERRUPTED)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ExitCode.INTERRUPTED.orWorse(ExitCode.UNANSWERED)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ExitCode.SYSTEM.orWorse(ExitCode.OK)).isEqualTo(ExitCode.SYSTEM);
        assertThat(ExitCode.OK.orWorse(ExitCode.OK)).isEqualTo(ExitCode.OK);
    }
}
