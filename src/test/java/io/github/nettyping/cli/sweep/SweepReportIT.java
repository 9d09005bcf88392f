package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.Signal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pictures of real sweeps. Everything stays on the loopback device. */
@RequiresRawSockets
@Execution(ExecutionMode.CONCURRENT)
class SweepReportIT {

    @TempDir
    Path dir;

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("report"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void bothFormsAreWrittenBesideResultsAndSummary() throws IOException {
        for (String name : new String[] {"report.html", "report.png"}) {
            Path file = dir.resolve(name);
            try (Program program = Program.start(
                    dir,
                    Program.command(
                            "sweep", "--socket=raw", "--loops=2", "--report", file.toString(), "127.0.0.0/22"))) {
                assertThat(program.exitCode()).as(program.err()).isZero();
                assertThat(program.out().lines()).hasSize(1_022);
                assertThat(program.err()).startsWith("1022 targets, 1022 alive, 0 timeout\n");
            }
        }

        assertThat(files()).containsExactly("report.html", "report.png");
        assertThat(Files.readString(dir.resolve("report.html"))).contains("1022 of 1022 targets alive", "127.0.0.0/22");
        BufferedImage image = ImageIO.read(dir.resolve("report.png").toFile());
        // The first address of a prefix is no target.
        int ground = image.getRGB(24 + 8, 24 + 14 + 10 + 3 * 14 + 10 + 14 + 28) & 0xffffff;
        assertThat(ground).isEqualTo(0xe6e9ef);
    }

    @Test
    void interruptedSweepHasAPictureOfWhatIsKnown() throws Exception {
        Path file = dir.resolve("report.html");
        try (Program program = Program.start(
                dir,
                Program.command("sweep", "--socket=raw", "--rate=100", "--report", file.toString(), "127.0.0.0/16"))) {
            Await.until("results", Await.LIMIT, () -> program.out().lines().count() > 5);
            program.signal(Signal.INT);

            assertThat(program.exitCode()).isEqualTo(130);
        }
        assertThat(Files.readString(file)).contains("of 65534 targets alive, stopped early", ">no verdict ");
        assertThat(files()).containsExactly("report.html");
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeTheSweep() {
        Path file = dir.resolve("none").resolve("report.png");
        try (Program program = Program.start(
                dir, Program.command("sweep", "--socket=raw", "--report", file.toString(), "127.0.0.1"))) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .isEqualTo(
                            "nettyping: --report " + file + ": no such directory; name a file that can be written\n");
        }
    }

    @Test
    void anotherEndingIsABadArgument() {
        String file = dir.resolve("report.svg").toString();
        try (Program program = Program.start(dir, Program.command("sweep", "--report", file, "127.0.0.1"))) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).contains(file).contains("expected: a file name that ends in .html or .png");
        }
    }
}
