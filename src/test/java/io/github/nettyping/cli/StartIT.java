package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {

    @TempDir
    Path directory;

    private record End(int code, String out, String err) {}

    @Test
    void wordThatIsNoUtf8EndsWith3AndShowsItsBytes() throws Exception {
        End end = run(InstalledProgram.instance().classPath(), List.of(), "sweep", "-f", "/tmp/h\\303\\244\\377\\001");

        assertThat(end.err)
                .startsWith("nettyping: \"/tmp/h\\xc3\\xa4\\xff\\x01\" cannot be read: ")
                .hasLineCount(1);
        assertThat(end.code).isEqualTo(3);
        assertThat(end.out).isEmpty();
    }

    @Test
    void replacementCharacterInAWordIsNoDamage() throws Exception {
        End end = run(InstalledProgram.instance().classPath(), List.of(), "sweep", "-f", "/nowhere/\\357\\277\\275");

        assertThat(end.err).contains("/nowhere/\uFFFD: no such file");
        assertThat(end.code).isEqualTo(3);
    }

    @Test
    void missingLibraryEndsWith4AndSaysWhereItBelongs() throws Exception {
        List<String> own =
                new ArrayList<>(List.of(InstalledProgram.instance().classPath().split(File.pathSeparator, -1)));
        own.removeIf(jar -> jar.contains("picocli"));

        End end = run(String.join(File.pathSeparator, own), List.of(), "ping", "--help");

        assertThat(end.err)
                .startsWith("nettyping: the program is not whole: picocli/")
                .hasLineCount(1);
        assertThat(end.code).isEqualTo(4);
    }

    @Test
    void saysThatTheJvmStartsIfOnlyThatIsAsked() throws Exception {
        End end = run(InstalledProgram.instance().classPath(), List.of("-Dnettyping.try=yes"), "unknown");

        assertThat(end).isEqualTo(new End(0, "nettyping can start\n", ""));
    }

    /** Runs it with words that printf makes: a JVM gives its children only words that its own locale has. */
    private End run(String classPath, List<String> options, String... words) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("exec \"$@\"");
        for (String word : words) {
            script.append(" \"$(printf -- '").append(word).append("')\"");
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", script.toString(), "sh", InstalledProgram.java()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Start.class.getName()));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroy();
        assertThat(ended).as("ended in time").isTrue();
        return new End(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
