package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell test of {@code bin/nettyping}, which stands on its own so that it needs neither Maven nor a jar. */
class LauncherTest {

    private static final Path SCRIPT = Path.of("src", "test", "sh", "launcher-test.sh");

    @Test
    @RequiresTool(Tool.FLOCK)
    void launcherDoesWhatItsShellTestSays(@TempDir Path dir) throws IOException, InterruptedException {
        Path output = dir.resolve("output");
        Process process = new ProcessBuilder("sh", SCRIPT.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroy();

        String lines = Files.readString(output);
        System.out.print(lines);
        assertThat(ended).as("ended in time").isTrue();
        assertThat(process.exitValue()).as(lines).isZero();
        assertThat(lines).contains("ok - ").doesNotContain("not ok - ");
    }
}
