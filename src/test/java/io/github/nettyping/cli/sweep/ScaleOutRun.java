package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs what stands beside the page about sweeps in parts, with this program in a namespace. Confined to one thread. */
final class ScaleOutRun {

    private static final Path SCRIPTS = Path.of("docs/scale-out").toAbsolutePath();
    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    /** What came of a command. */
    record Ended(int code, String out, String err) {}

    private final Path dir;
    private final Path program;

    /**
     * Makes the program.
     *
     * @param dir takes all files
     */
    ScaleOutRun(Path dir, Namespace namespace) throws IOException {
        this.dir = dir;
        Path bin = Files.createDirectories(dir.resolve("bin"));
        this.program = bin.resolve("nettyping");
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(Program.command());
        String command = words.stream().map(ScaleOutRun::quoted).collect(Collectors.joining(" "));
        Files.writeString(program, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Runs one of the scripts. */
    Ended script(String name, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(name).toString()));
        command.addAll(arguments);
        return run(command, environment);
    }

    /** Runs a command in the directory, which finds the program on its path. */
    Ended run(List<String> command, Map<String, String> environment) throws IOException {
        Path out = dir.resolve("script.out");
        Path err = dir.resolve("script.err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("NETTYPING", program.toString());
        builder.environment().put("PATH", program.getParent() + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw new AssertionError(command + ": still running after " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
