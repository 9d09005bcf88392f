package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.RequiresRawSockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** CSV, and results in files. Everything stays on the loopback device. */
@Execution(ExecutionMode.CONCURRENT)
class SweepOutputIT {

    @TempDir
    Path dir;

    private String file(String name) {
        return dir.resolve(name).toString();
    }

    private static List<NamedCsvRecord> records(String csv) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @RequiresRawSockets
    void csvOfSeveralLoopsHasOneHeaderAndEveryTargetOnce() {
        List<String> command = Program.command("sweep", "--loops", "2", "--format", "csv", "127.0.0.0/20");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out())
                    .startsWith("target,status,")
                    .containsOnlyOnce("target,")
                    .doesNotContain("\r");
            List<NamedCsvRecord> records = records(program.out());
            assertThat(records).hasSize(4_094).allSatisfy(record -> {
                assertThat(record.getField("status")).isEqualTo("alive");
                assertThat(record.getField("from")).isEqualTo(record.getField("target"));
                assertThat(record.getField("name")).isEmpty();
                assertThat(Long.parseLong(record.getField("rtt_ns"))).isPositive();
            });
            assertThat(records.stream().map(record -> record.getField("target")).distinct())
                    .hasSize(4_094);
        }
    }

    @Test
    @RequiresRawSockets
    void csvHeaderStandsThereAlsoWithoutTargets() throws IOException {
        Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.1 known.example\n");
        List<String> command = Program.commandWithHosts(hosts, "sweep", "--format", "csv", "unknown.example");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).startsWith("target,status,").containsOnlyOnce("\n");
        }
    }

    @Test
    @RequiresRawSockets
    void resultsGoToTheFileAndReplaceWhatItHad() throws IOException {
        Path results = Files.writeString(dir.resolve("results"), "old\n".repeat(10_000));
        List<String> command = Program.command("sweep", "--format", "jsonl", "-o", file("results"), "127.0.0.0/28");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).startsWith("14 targets, 14 alive");
            assertThat(Files.readAllLines(results)).hasSize(14).allMatch(line -> line.startsWith("{\"target\":\"127."));
        }
    }

    @Test
    void fileThatCannotBeCreatedEndsTheSweepBeforeItBegins() {
        assertRefused(file("missing/results"), "no such directory");
        assertRefused(dir.toString(), "Is a directory");
    }

    private void assertRefused(String name, String reason) {
        try (Program program = Program.start(dir, Program.command("sweep", "-o", name, "127.0.0.1"))) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .isEqualTo("nettyping: --output " + name + ": " + reason + "; name a file that can be written\n");
        }
    }

    @Test
    @RequiresRawSockets
    void fullDiskEndsTheSweepWithOneLine() {
        try (Program program = Program.start(dir, Program.command("sweep", "-o", "/dev/full", "127.0.0.0/16"))) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .startsWith("nettyping: --output /dev/full: ")
                    .endsWith("; make room, or name another file\n")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    @RequiresRawSockets
    void readerOfAPipeThatIsNotStandardOutputIsMissed() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file("pipe")).start().waitFor()).isZero();
        List<String> command = Program.command("sweep", "-o", file("pipe"), "127.0.0.0/16");
        try (Program program = Program.start(dir, command)) {
            try (BufferedReader reader = Files.newBufferedReader(dir.resolve("pipe"))) {
                assertThat(reader.readLine()).startsWith("127.0.");
            }
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err()).startsWith("nettyping: --output ").containsOnlyOnce("\n");
        }
    }
}
