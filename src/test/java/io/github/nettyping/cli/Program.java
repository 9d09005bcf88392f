package io.github.nettyping.cli;

import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, its output in files. Confined to one thread. */
public final class Program implements AutoCloseable {

    private static final Duration LIMIT = Await.LIMIT;

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Returns the words that start it. */
    public static List<String> command(String... arguments) {
        InstalledProgram program = InstalledProgram.instance();
        // A build in the background of a shell passes ignored signals on to its children.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM", InstalledProgram.java()));
        words.addAll(program.options());
        words.addAll(List.of("-cp", program.classPath(), Main.class.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Returns the words that start it with names of its own: those of a file as {@code /etc/hosts}, and no others. */
    public static List<String> commandWithHosts(Path hosts, String... arguments) {
        List<String> words = command(arguments);
        words.add(words.indexOf("-cp"), "-Djdk.net.hosts.file=" + hosts);
        return words;
    }

    /** Returns the words that start a program in a namespace. */
    public static List<String> in(Namespace namespace, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(command);
        return words;
    }

    /** Starts it with its output in files of a directory. */
    public static Program start(Path dir, List<String> command) {
        return start(dir, command, ProcessBuilder.Redirect.to(dir.resolve("out").toFile()));
    }

    /** Starts it with its output anywhere. */
    public static Program start(Path dir, List<String> command, ProcessBuilder.Redirect output) {
        Path err = dir.resolve("err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output)
                    .redirectError(err.toFile())
                    .start();
            return new Program(process, dir.resolve("out"), err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Process process() {
        return process;
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    public void signal(Signal signal) {
        signal.send(process);
    }

    /** Waits for its end and returns the exit code. */
    public int exitCode() {
        return exitCode(LIMIT);
    }

    /** Waits for its end and returns the exit code. */
    public int exitCode(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + limit + "; its messages: " + err());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
