package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a sweep, and what ends it before its last target. Everything stays on the loopback device. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class SweepEndsIT {

    private static final String NET = "127.0.0.0/16";

    private static Namespace namespace;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    private static List<String> in(Namespace where, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", where.name()));
        words.addAll(command);
        return words;
    }

    private Program start(String line) {
        return Program.start(dir, in(namespace, Program.command(("sweep " + line).split(" "))));
    }

    private static List<String> hosts(Program program) {
        return program.out()
                .lines()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
    }

    @Test
    void targetsAreAskedInTheOrderOfTheSeed() {
        TargetSequence sequence = TargetSequence.of(Targets.parse(NET))
                .shuffled(-3)
                .shard(new Shard(2, 5))
                .limit(40);
        List<String> expected = LongStream.range(0, 40)
                .mapToObj(position -> sequence.get(position).toString())
                .toList();
        // So slow that each has answered before the next one is asked.
        try (Program program =
                start("--order random --seed -3 --shard 2/5 --limit 40 --rate 50 --summary json " + NET)) {
            assertThat(program.exitCode()).isZero();
            assertThat(hosts(program)).isEqualTo(expected);
            assertThat(program.err())
                    .startsWith("{\"targets\":40,\"alive\":40,")
                    .contains(",\"seed\":-3,")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void seedThatWasDrawnIsPrintedOnceAndStandsInTheSummary() {
        try (Program program = start("-q --order random --limit 5 --summary json " + NET)) {
            assertThat(program.exitCode()).isZero();
            Matcher lines = Pattern.compile("nettyping: random order, --seed ([0-9]+) repeats it\n(\\{.*}\n)")
                    .matcher(program.err());
            assertThat(lines.matches()).as(program.err()).isTrue();
            assertThat(lines.group(2)).contains(",\"seed\":" + lines.group(1) + ",");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1000", "2, 1000", "3, 33333"})
    void exactlyAsManyLinesAsHostsWanted(int loops, int alive) {
        try (Program program = start("--loops " + loops + " --max-alive " + alive + " --order random " + NET)) {
            assertThat(program.exitCode()).isZero();
            assertThat(hosts(program)).hasSize(alive).doesNotHaveDuplicates();
            assertThat(program.err()).contains("stopped early");
        }
    }

    @Test
    void summaryOfOneLoopCountsTheLines() {
        try (Program program = start("--format jsonl --summary json --max-alive 7 " + NET)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines()).hasSize(7);
            assertThat(program.err()).startsWith("{\"targets\":65534,\"alive\":7,\"timeout\":0,");
        }
    }

    @Test
    void fewerThanWantedAreNoSuccessIfSomeDidNotAnswer() {
        // The last one has no route.
        try (Program program = start("--all --max-alive 5 127.0.0.1-127.0.0.3 198.51.100.1")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.out().lines()).hasSize(4).contains("198.51.100.1\tsend_failed\tENETUNREACH");
            assertThat(program.err()).startsWith("4 targets, 3 alive, ");
        }
    }

    @Test
    void asManyAsThereAreAreNotTooFew() {
        try (Program program = start("--max-alive 14 127.0.0.0/28")) {
            assertThat(program.exitCode()).isZero();
            assertThat(hosts(program)).hasSize(14);
            assertThat(program.err()).startsWith("14 targets, 14 alive, ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void deadlineCountsFromTheFirstProbeAndEndsTheSweepWithWhatThereIs(int loops) {
        // Shorter than the JVM takes to start.
        try (Program program = start("--loops " + loops + " --format jsonl --rate 100 --deadline 100ms " + NET)) {
            assertThat(program.exitCode()).isEqualTo(1);
            long lines = program.out().lines().count();
            assertThat(lines).isBetween(1L, 1_000L);
            assertThat(program.err())
                    .startsWith("stopped early: not every target has a verdict\n65534 targets, " + lines + " alive, ");
        }
    }

    @Test
    void deadlineThatIsFarAwayChangesNothing() {
        try (Program program = start("--deadline 72h 127.0.0.1")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).startsWith("1 target, 1 alive, ");
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void dryRunNeedsNoPermission() {
        try (Namespace nothingAllowed = Namespace.createWithoutPingSockets()) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
            command.addAll(Program.command("sweep", "--dry-run", "--limit", "1000", "--rate", "100", "fd00::/64"));
            try (Program program = Program.start(dir, in(nothingAllowed, command))) {
                assertThat(program.exitCode()).isZero();
                assertThat(program.out()).startsWith("count 1000\nfirst fd00::\nlast fd00::3e7\norder sequential\n");
                assertThat(program.err()).isEmpty();
            }
        }
    }

    @Test
    void namesAreResolvedByADryRun() {
        try (Program program = start("--dry-run -4 localhost")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).startsWith("count 1\nfirst 127.0.0.1\nlast 127.0.0.1\n");
        }
    }
}
