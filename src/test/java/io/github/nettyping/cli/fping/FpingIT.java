package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same command lines for Debian's fping 5.1 and for ours: streams and exit codes are equal, apart from times. Where 5.5
 * differs from 5.1, {@link FpingGoldenIT} has the lines.
 */
@RequiresNamespaces
@RequiresTun
@RequiresTool(Tool.FPING)
@Execution(ExecutionMode.SAME_THREAD)
class FpingIT {

    private static final int AT_ONCE = 6;

    private static FpingLab lab;
    private static ExecutorService threads;

    @TempDir
    Path dir;

    private record Case(String line, String input) {}

    @BeforeAll
    static void build() {
        lab = new FpingLab();
        threads = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void tearDown() {
        threads.shutdownNow();
        lab.close();
    }

    @Test
    void countsAndRepeats() throws Exception {
        List<String> modes = List.of(
                "-c1",
                "-c 3 -p 63",
                "-C 2 -p 63",
                "--count=2 -p 67",
                "--vcount 3 --period=27",
                "-qC3 -p19",
                "-c2 -C3 -p 71");
        List<String> extras = List.of(
                "",
                "-q",
                "-s",
                "-D",
                "-o",
                "-A",
                "-e",
                "-q -s",
                "-qsD",
                "-q -o",
                "-R",
                "-b 12",
                "-b 1400 -q",
                "-i 1",
                "-i 0 -t 61",
                "-t 61",
                "-H 5",
                "-O 0x10",
                "-M -b 100",
                "-b 0",
                "-T 5",
                "-B 1.1 -r 2");
        compare(modes.stream().flatMap(mode -> extras.stream()
                .map(extra -> join(mode, extra, "198.19.0.1 198.19.0.20 198.19.0.50"))));
    }

    @Test
    void asksUntilThereIsAnAnswer() throws Exception {
        List<String> paces = List.of("-r0 -t 70", "-r 1 -t 40 -B 1.5", "--retry=2 --timeout=55 -B1 -i 1");
        List<String> views = List.of(
                "",
                "-a",
                "-u",
                "-e",
                "-ae",
                "-q",
                "-s",
                "-A",
                "-d",
                "-n",
                "-An",
                "-dA",
                "-aq",
                "-uq",
                "-x 1",
                "-x 5 -a",
                "--reachable=2",
                "-D",
                "-ue -s");
        compare(paces.stream().flatMap(pace -> views.stream()
                .map(view -> join(view, pace, "198.19.0.1 198.19.0.2 198.19.0.20 198.19.0.50 127.0.0.1"))));
    }

    @Test
    void tellsOfErrorsCopiesAndOtherSources() throws Exception {
        List<String> hosts = List.of(
                "198.19.0.30",
                "198.19.0.31",
                "198.19.0.32",
                "198.19.0.33",
                "198.19.0.34",
                "198.19.0.35",
                "198.19.0.36",
                "198.19.0.41",
                "203.0.113.1",
                "198.19.0.30 203.0.113.1 198.19.0.1");
        List<String> views = List.of(
                "-r0 -t40",
                "-a -r 0 -t 40",
                "-c 2 -p 31",
                "-q -c 1 -t 40 -s",
                "-s -r1 -t 30",
                "-C1 -t 50",
                "-A -q -r0 -t 40 -u");
        compare(Stream.concat(
                hosts.stream().flatMap(host -> views.stream().map(view -> join(view, host))),
                Stream.of(
                        "-t 90 -r0 198.19.0.40 198.19.0.20",
                        "-c 2 -p 40 198.19.0.40",
                        "-a -s -t 90 -r0 198.19.0.40 198.19.0.20")));
    }

    @Test
    void aLateAnswerCountsAsLongAsTheNewestTryMayBeAsSlow() throws Exception {
        // One after the other: an answer that comes at the end of a pause of this process is excused, theirs is not.
        for (String line : List.of(
                // The first try's answer is too slow for the second's wait, and the second's is not for the third's.
                "-t 40 -r 3 -B 2 198.19.0.51",
                "-t 60 -r 3 -B 2 -s 198.19.0.51",
                "-t 60 -r 2 -B 1 -s 198.19.0.51",
                "-t 130 -r 3 -B 2.0 -a 198.19.0.52",
                "-c 3 -p 50 -t 40 198.19.0.51",
                "-c 3 -p 50 -t 130 198.19.0.51",
                "-C 3 -p 50 -t 130 -q 198.19.0.51 198.19.0.52")) {
            compare(Stream.of(line));
        }
    }

    @Test
    void findsTargetsEverywhere() throws Exception {
        Path file =
                Files.writeString(dir.resolve("hosts"), "198.19.0.1\n# none\n\n  198.19.0.2 more words\n127.0.0.1#x\n");
        Path empty = Files.writeString(dir.resolve("empty"), "\n# nothing\n");
        compareCases(Stream.concat(
                Stream.of(
                                "-f " + file + " -r0 -t 50",
                                "--file=" + file + " -c 1",
                                "-f " + empty,
                                "-f " + dir,
                                "-f " + dir.resolve("missing"),
                                "-f " + file + " 127.0.0.1",
                                "-g -f " + file,
                                "-g 198.19.0.0/29 -a -i 1",
                                "-g 198.19.0.1 198.19.0.5 -a -i 1 -e",
                                "-g 198.19.0.4/30 -i1",
                                "-g 198.19.0.4/31 -i1",
                                "-g 198.19.0.4/32",
                                "-g 198.19.0.9 198.19.0.4",
                                "-g",
                                "-g 198.19.0.1",
                                "-g 198.19.0.0/33",
                                "-g 198.19.0.0/0",
                                "-g nonsense/24",
                                "-g 198.19.0.1 nonsense",
                                "-g nonsense 198.19.0.1",
                                "-g 127.0.0.1 127.0.0.2 127.0.0.3",
                                "-ag -i1 198.19.0.17/29",
                                "-g 127.1 127.3 -i1",
                                "127.1",
                                "0x7f.1",
                                "0177.0.0.1",
                                "2130706433",
                                "-A 127.1",
                                "-m -A 198.19.0.1",
                                "-4 198.19.0.1",
                                "-4 -4 127.0.0.1",
                                "-6 198.19.0.1",
                                "-4 ::1",
                                "-4 nosuch-1.invalid",
                                "-6 fd00:19::1 fd00:19::20 -r0 -t 40",
                                "fd00:19::1 198.19.0.1",
                                "-A fd00:19:0::1",
                                "-c 1 fd00:19::1",
                                "-C2 -p 20 -q ::1 127.0.0.1",
                                "nosuch-2.invalid",
                                "-q nosuch-3.invalid",
                                "nosuch-4.invalid 127.0.0.1",
                                "-a nosuch-5.invalid nosuch-5.invalid 127.0.0.1",
                                "-s nosuch-6.invalid 127.0.0.1",
                                "-x 1 nosuch-7.invalid 127.0.0.1",
                                "-c 1 -q nosuch-8.invalid 127.0.0.1",
                                "-n 127.0.0.1",
                                "-d 127.0.0.1 198.19.0.1",
                                "-d -A 127.0.0.1",
                                "-n -A 198.19.0.1",
                                "127.0.0.1 127.0.0.1",
                                "-c 1 127.0.0.1 127.0.0.1",
                                "- -r0",
                                "-r0 -t30 256.1.1.1",
                                "-r0 -- 127.0.0.1 -a",
                                "127.0.0.1 -a -- 127.0.0.2",
                                "127.0.0.1 -c 1 127.0.0.2 -q",
                                "-S 127.0.0.1 127.0.0.9",
                                "-S 127.0.0.3 -c1 127.0.0.9",
                                "-I lo -c1 127.0.0.9",
                                "-S ::1 ::1 -c1",
                                "-I lo 127.0.0.1")
                        .map(line -> new Case(line, "")),
                Stream.of(
                        new Case("", "198.19.0.1\n198.19.0.2\n"),
                        new Case("-c 1", "198.19.0.1 # x\n\t198.19.0.20\n"),
                        new Case("-f -", "127.0.0.1"),
                        new Case("-f - -r0 -t 40", "#127.0.0.1\n\n 127.0.0.2\r\n127.0.0.3\n"),
                        new Case("-f - 127.0.0.1", "127.0.0.2"),
                        new Case("-a", ""),
                        new Case("", "\n\n"),
                        new Case("-q", "nosuch-9.invalid\n"))));
    }

    @Test
    void refusesWhatFpingRefuses() throws Exception {
        compare(Stream.of(
                "-z",
                "-y 127.0.0.1",
                "--nosuch",
                "--nosuch=1",
                "--coun=1 127.0.0.1",
                "--aliv",
                "--alive=1",
                "--quiet=",
                "-c",
                "--count",
                "-aqc",
                "-C",
                "--vcount",
                "-b",
                "-B",
                "-f",
                "-H",
                "-i",
                "-I",
                "-O",
                "-p",
                "-Q",
                "-r",
                "-S",
                "-t",
                "-T",
                "-x",
                "--size",
                "--timeout",
                "--a-name-that-is-much-longer-than-fping-has-room-for-in-a-message-of-its",
                "-c 0 127.0.0.1",
                "-C 0 127.0.0.1",
                "--count=0",
                "-c x 127.0.0.1",
                "-C x",
                "-H 0",
                "-H x",
                "-H 256 127.0.0.1",
                "-H 300 127.0.0.1",
                "-x 0",
                "-x x",
                "-B 0.5 127.0.0.1",
                "-B 5.1 127.0.0.1",
                "-B 9 127.0.0.1",
                "-B x",
                "-a -u 127.0.0.1",
                "-ua",
                "-c 1 -l 127.0.0.1",
                "-lC1 127.0.0.1",
                "-4 -6 127.0.0.1",
                "-6 -4 127.0.0.1",
                "-d -n 127.0.0.1",
                "-n -d 127.0.0.1",
                "-nd",
                "-S nonsense 127.0.0.1",
                "-S 127.0.0.256 127.0.0.1",
                "-S 192.0.2.77 127.0.0.1",
                "-O x",
                "-r x",
                "-t x",
                "-p x",
                "-i x",
                "-Q x",
                "-b x",
                "-h",
                "--help",
                "-a -h",
                "-hz",
                "-zh",
                "-f x -h"));
    }

    @Test
    void printsStatisticsInBetween() throws Exception {
        compare(Stream.of(
                "-c 5 -p 60 -Q 0.15 198.19.0.1 198.19.0.20",
                "-c 5 -p 60 -Q 0.15 -o 198.19.0.1 198.19.0.20",
                "-c 3 -p 50 -Q 0 198.19.0.1",
                "-C 5 -p 60 -Q 0.15 198.19.0.1",
                "-Q 0.15 -r0 -t 20 198.19.0.1 198.19.0.20",
                "-c 5 -p 60 -Q 0.15 -s 198.19.0.1"));
    }

    // The comparison.

    private static String join(String... parts) {
        return String.join(" ", Stream.of(parts).filter(part -> !part.isEmpty()).toList());
    }

    private static void compare(Stream<String> lines) throws Exception {
        compareCases(lines.map(line -> new Case(line, "")));
    }

    private static void compareCases(Stream<Case> cases) throws Exception {
        List<Case> all = cases.toList();
        List<Callable<Optional<String>>> tasks = new ArrayList<>();
        all.forEach(one -> tasks.add(() -> difference(one)));
        List<Future<Optional<String>>> done = threads.invokeAll(tasks);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (done.get(i).get().isPresent()) {
                // Once more with nothing beside it.
                difference(all.get(i)).ifPresent(differences::add);
            }
        }
        assertThat(differences).as(all.size() + " command lines").isEmpty();
    }

    private static Optional<String> difference(Case one) throws Exception {
        return lab.difference(FpingLab.words(one.line), one.input);
    }
}
