package io.github.nettyping.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresUserNamespaces;
import io.github.nettyping.testing.Tool;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way when the native parts are first loaded, each time in a JVM of its own. */
class FirstLoadingIT {

    /** Jars only: a class that cannot be read from a directory, because too many files are open, stays lost. */
    private static String classPath;

    @TempDir
    private static Path shared;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void pack() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = shared.resolve(entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    @Test
    void anInterruptDoesNotDisturbItAndIsKept() throws Exception {
        assertThat(run("exec \"$@\"", "interrupted"))
                .containsExactly("loaded: true", "interrupted: true", "loaded: true", "left: []");
    }

    @Test
    void tooManyOpenFilesPass() throws Exception {
        List<String> said = run("ulimit -n 256 && exec \"$@\"", "files");

        assertThat(said.get(0)).startsWith("not loaded: the native parts").contains("can open 0 files more");
        assertThat(said.subList(1, said.size())).containsExactly("loaded: true", "left: []");
    }

    @Test
    @RequiresUserNamespaces
    @RequiresTool({Tool.UNSHARE, Tool.MOUNT})
    void aFullDiskPasses() throws Exception {
        List<String> said = run(
                "exec unshare -m sh -c 'mount -t tmpfs -o size=2m none " + temporary + " && exec \"$@\"' sh \"$@\"",
                "disk");

        assertThat(said.get(0)).startsWith("not loaded: the native parts").contains("cannot be unpacked");
        assertThat(said.subList(1, said.size())).containsExactly("loaded: true", "left: []");
    }

    /** Runs {@link FirstLoading} as the arguments of a script, and returns the lines that it prints. */
    private List<String> run(String script, String trouble) throws Exception {
        Path out = shared.resolve("out-" + trouble);
        Path err = shared.resolve("err-" + trouble);
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath,
                FirstLoading.class.getName(),
                trouble));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out);
    }
}
