package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of command lines that nobody would think of, in a namespace that no packet leaves: each ends in an exit code of
 * its command, with a word if it is a failure, and none in an internal error.
 */
@RequiresNamespaces
class RandomCommandLinesIT {

    private static final int RUNS = 1_500;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    Path dir;

    @Test
    void noCommandLineEndsInAnInternalError() {
        // Set to repeat what has failed.
        String seed = Optional.ofNullable(System.getProperty("nettyping.seed")).orElse("20261201");
        try (Namespace namespace = Namespace.create();
                Program program = Program.start(
                        dir, Program.in(namespace, command(seed)), ProcessBuilder.Redirect.to(new File("/dev/null")))) {
            int code = program.exitCode(LIMIT);

            assertThat(program.err())
                    .as("with -Dnettyping.seed=%s", seed)
                    .doesNotContain("WRONG ")
                    .contains("exit codes: {0=");
            assertThat(code).isZero();
        }
    }

    private List<String> command(String seed) {
        // What follows -o or --report may be any word: a file of that name belongs into this directory.
        return List.of(
                "env",
                "--chdir=" + dir,
                InstalledProgram.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dio.netty.jfr.enabled=false",
                "-cp",
                classPath(),
                RandomCommandLines.class.getName(),
                seed,
                Integer.toString(RUNS),
                dir.toString());
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
