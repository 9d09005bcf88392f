package io.github.nettyping.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkipReportTest {

    @Disabled("no lab here")
    static class Whole {

        @Test
        void one() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void cases(int number) {}
    }

    static class Parts {

        @Test
        void runs() {}

        @Test
        @Disabled("no tool here")
        void disabled() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void assumes(int number) {
            assumeTrue(number == 2, "not two");
        }
    }

    private static List<String> report(Class<?>... classes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
        for (Class<?> type : classes) {
            request.selectors(DiscoverySelectors.selectClass(type));
        }
        // Without those of this very run.
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkipReport(new PrintStream(out, true, StandardCharsets.UTF_8)))
                .build();
        LauncherFactory.create(config).execute(request.build());
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everySkippedTestOrClassIsNamedWithTheReasonAndInTheEndEachReasonOnce() {
        List<String> lines = report(Whole.class, Parts.class);

        assertThat(lines.subList(0, 4))
                .containsExactlyInAnyOrder(
                        "skipped: SkipReportTest$Whole: no lab here",
                        "skipped: SkipReportTest$Parts.disabled: no tool here",
                        "skipped: SkipReportTest$Parts.assumes: Assumption failed: not two",
                        "skipped: SkipReportTest$Parts.assumes: Assumption failed: not two");
        assertThat(lines.subList(4, lines.size()))
                .containsExactly(
                        "Tests were skipped:",
                        "     2  Assumption failed: not two",
                        "     2  no lab here",
                        "     1  no tool here");
    }

    @Test
    void whereNothingIsSkippedNothingIsSaid() {
        assertThat(report(SkipReportTest.Runs.class)).isEmpty();
    }

    static class Runs {

        @Test
        void runs() {}
    }
}
