package io.github.nettyping.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. Safe for use by many threads. */
final class Commands {

    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    private Commands() {}

    /**
     * Runs a program without input and returns what it printed.
     *
     * @param command the program and its arguments
     * @return standard output and standard error as they came
     * @throws IllegalStateException with the output if it cannot be started, its exit status is not 0, or it runs
     *         for more than a minute (then it is killed)
     */
    static String run(List<String> command) {
        try {
            // A file, not a pipe: a pipe that a grandchild holds open would keep us reading after the end.
            Path output = Files.createTempFile("nettyping", ".out");
            try {
                return run(command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    private static String run(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", command) + ": interrupted", e);
        }
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output, Charset.defaultCharset());
        if (!ended || process.exitValue() != 0) {
            String end = ended ? "exit status " + process.exitValue() : "killed after " + LIMIT_SECONDS + " s";
            throw new IllegalStateException(String.join(" ", command) + ": " + end + ": " + text.strip());
        }
        return text;
    }
}
