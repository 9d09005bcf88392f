package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that ends before a socket is opened. */
class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ExitCode run(String... args) {
        return Main.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private void assertRefused(String message, String... args) {
        assertThat(run(args)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("nettyping: ")
                .contains(message)
                .containsOnlyOnce("\n")
                .endsWith("--help\n");
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(run("sweep", "--help")).isEqualTo(ExitCode.OK);
        assertThat(run("ping", "--help")).isEqualTo(ExitCode.OK);
        assertThat(run("trace", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("Usage: nettyping [-hV]")
                .contains("nettyping development\n")
                .contains("Usage: nettyping sweep [OPTIONS] [TARGET...]")
                .contains("Usage: nettyping ping [OPTIONS] [HOST...]")
                .contains("Usage: nettyping trace [OPTIONS] [HOST...]")
                .contains("fe80::1%eth0");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpThatCannotBeWrittenIsAFailure() {
        Writer full = new Writer() {
            @Override
            public void write(char[] characters, int offset, int length) throws java.io.IOException {
                throw new java.io.IOException("full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        ExitCode code = Main.run(new String[] {"--help"}, new PrintWriter(full), new PrintWriter(err));
        assertThat(code).isEqualTo(ExitCode.SYSTEM);
        assertThat(err.toString()).containsOnlyOnce("\n");
    }

    @Test
    void aPictureOfPartsIsRefused(@TempDir Path dir) {
        assertRefused(
                "--report with --checkpoint: a picture would show only the last part",
                "sweep",
                "-o",
                dir.resolve("x").toString(),
                "--checkpoint",
                dir.resolve("y").toString(),
                "--report",
                dir.resolve("z.png").toString(),
                "127.0.0.1");
    }

    @Test
    void commandsAreNamed() {
        assertRefused(
                "unknown command \"pong\" (expected: sweep, ping, trace, bench, watch, serve, doctor, completion, manual,"
                        + " fping)",
                "pong",
                "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swep 127.0.0.1 | did you mean sweep?",
                "127.0.0.1 | did you mean nettyping ping 127.0.0.1?",
                "host.example | did you mean nettyping ping host.example?",
                "127.0.0.0/24 | did you mean nettyping sweep 127.0.0.0/24?",
                "help swep | did you mean sweep?",
                "sweep --timout=1s 127.0.0.1 | Unknown option: '--timout=1s'; did you mean --timeout?",
                "trace -T 127.0.0.1 | Unknown option: '-T': nettyping traces by ICMP echo alone",
                "trace -U 127.0.0.1 | Unknown option: '-U': nettyping traces by ICMP echo alone",
                "trace --retries 2 127.0.0.1 | -q N sends N probes to each hop",
                "bench --format jsonl 127.0.0.1 | --summary json is for programs",
                "sweep -a 127.0.0.1 | hosts that answer are what text prints",
                "sweep http://example.com/ | a URL; expected its host alone, example.com",
                "trace https://a@[::1]:443/x | a URL; expected its host alone, ::1",
                "ping example.com:80 | a port, which ICMP does not have; expected its host alone, example.com",
                "sweep [::1] | an address in brackets; expected its host alone, ::1",
            })
    void whatWasMeantIsSaid(String line, String message) {
        assertRefused(message, line.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help", "--color=never --help", "--color=never help"})
    void helpOfTheProgramHasManyNames(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: nettyping [").contains("  0   ", "every target answered\n");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "ping", "trace", "bench", "watch", "serve", "doctor", "completion", "manual"})
    void helpOfACommandHasManyNamesAndVersionsTwo(String command) {
        for (String line : List.of("help " + command, command + " -h", command + " --help")) {
            out.getBuffer().setLength(0);
            assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).startsWith("Usage: nettyping " + command).contains("\nExit codes:\n  0  ");
        }
        for (String option : List.of("-V", "--version")) {
            out.getBuffer().setLength(0);
            assertThat(run(command, option)).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).startsWith("nettyping development");
        }
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sweep", "ping", "trace", "bench", "watch", "serve", "doctor", "completion", "manual"})
    void helpIsNoWiderThanItsPlace(String command) {
        run("help", command.isEmpty() ? "--color=never" : command);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void helpHasColoursOnRequest() {
        run("sweep", "--help", "--color=always");
        assertThat(out.toString()).contains("\u001b[1m--timeout\u001b[");
        out.getBuffer().setLength(0);
        run("sweep", "--help");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void doctorTakesAFormatAndNothingElse() {
        assertRefused(
                "Invalid value for option '--format': \"xml\" (expected: text or json)", "doctor", "--format=xml");
        err.getBuffer().setLength(0);
        assertRefused("Unmatched argument at index 1: '127.0.0.1'", "doctor", "127.0.0.1");
        assertThat(run("doctor", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: nettyping doctor [-hV]");
    }

    @Test
    void thereIsAManualPageOfEachCommandAndNoOther() {
        assertRefused("no command \"pong\" (expected: sweep, ping, ", "manual", "pong");
    }

    @Test
    void otherShellsAreRefused() {
        assertRefused("\"tcsh\" (expected: bash, zsh or fish)", "completion", "tcsh");
    }

    @Test
    void withoutWordsThereIsAShortUsage() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("Usage: nettyping COMMAND [OPTIONS] TARGET...\n")
                .contains("\n  sweep       Finds out which hosts answer.\n")
                .endsWith("nettyping help COMMAND lists the options of a command.\n");
    }

    @Test
    void badValueIsNamedWithItsOptionAndWhatWasExpected() {
        assertRefused(
                "Invalid value for option '--timeout': \"1h\" (expected: a duration such as 250ms",
                "sweep",
                "-t",
                "1h",
                "127.0.0.1");
    }

    @Test
    void missingValueIsNamed() {
        assertRefused("'--rate'", "sweep", "127.0.0.1", "--rate");
    }

    @Test
    void aTargetIsNeeded() {
        assertRefused("no target", "sweep");
    }

    @ParameterizedTest
    // What is refused here would not leave the machine if it were not: ff01 is interface-local (RFC 4291, section 2.7).
    @ValueSource(
            strings = {
                "127.1",
                "127.0.0.01",
                "127.0.0.9-1",
                "127.0.0.1/33",
                "::ffff:127.0.0.1",
                "two words",
                "user@host",
                "host..example",
                "0x7f.1",
                "-5",
                "@file",
                "ff01::1",
                "line\nend"
            })
    void targetThatIsNoneIsNamed(String word) {
        assertRefused(word.replace("\n", "\\x0a"), "sweep", word);
    }

    @Test
    void aNameHasPlaceAndRemedyWhereItCannotBeOne() {
        assertRefused(
                "\"user@host\", character 5: '@' cannot stand here; expected letters, digits, dots and dashes of a host"
                        + " name, or an address; see nettyping sweep --help",
                "sweep",
                "127.0.0.1",
                "user@host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4 -6", "-6 -4", "-46"})
    void bothFamiliesAloneContradictEachOther(String options) {
        List<String> words = new ArrayList<>(List.of("sweep", "localhost"));
        words.addAll(List.of(options.split(" ")));
        assertRefused("-4 and -6 together leave no address", words.toArray(String[]::new));
    }

    @Test
    void helpSaysWhatBecomesOfNames() {
        run("sweep", "--help");
        assertThat(out.toString())
                .containsPattern("-4 +Resolve host names to IPv4 addresses only.")
                .containsPattern("-6 +Resolve host names to IPv6 addresses only.")
                .contains("host.example")
                .containsPattern("(?m)^  2 +a name was not found \\(the rest goes on\\)$");
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsNoFileOfArguments() {
        assertRefused("@/dev/null", "sweep", "@/dev/null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--timeout", "--retries", "--max-in-flight", "-z", "-j"})
    void optionsThatPingDoesNotHaveAreNeitherShownNorTaken(String option) {
        run("ping", "--help");
        assertThat(out.toString()).doesNotContainPattern("(?m)^ +(-., )?" + option + "\\b");
        out.getBuffer().setLength(0);
        assertRefused("Unknown option: '" + option + "'", "ping", option, "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c",
                "-i",
                "-W",
                "-w",
                "-s",
                "-Q",
                "-p",
                "-f",
                "-A",
                "-D",
                "-n",
                "-a",
                "-t",
                "-I",
                "-M",
                "-b",
                "-O",
                "-q",
                "-v",
                "-m",
                "-4",
                "-6",
                "--size",
                "--ttl",
                "--tos",
                "--df",
                "--mark",
                "--interface",
                "--source",
                "--broadcast",
                "--socket",
                "--format",
                "--quiet",
                "-l",
                "-R",
                "-T",
                "-F",
                "-B",
                "-e",
                "-r",
                "-L",
                "-d",
                "-S",
                "-U",
                "-3",
                "-H",
                "--targets",
                "--exclude",
                "--exclude-file",
                "--exclude-reserved",
                "--all-addresses",
                "--output",
                "--summary",
                "--rcvbuf",
                "--sndbuf",
                "--any-source",
                "--loops"
            })
    void optionsOfPingStandInItsHelp(String option) {
        run("ping", "--help");
        assertThat(out.toString()).containsPattern("(?m)^ +(-., )?" + option + "\\b");
    }

    @ParameterizedTest
    @CsvSource({"-C, -C: one socket asks all hosts here", "-Nname, -N: queries for node information"})
    void whatPingCannotDoIsToldAndEndsAsInIputils(String option, String reason) {
        assertThat(run("ping", "-c1", option, "127.0.0.1")).isEqualTo(ExitCode.UNRESOLVED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("nettyping: " + reason).containsOnlyOnce("\n");
    }

    @Test
    void pingNeedsAHost() {
        assertRefused("no host", "ping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1", "127.0.0.3-1", "127.0.0.0/8", "::ffff:127.0.0.1", "ff02::1", "two words", "a\nb"})
    void hostThatIsNoneIsNamed(String word) {
        assertRefused(word.replace("\n", "\\x0a"), "ping", "-c1", "127.0.0.1", word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-c0 | '-c': \"0\" (expected: an integer, 1 or more)",
                "-i -1 | '-i': \"-1\" (expected: seconds such as 1",
                "-t 0 | '--ttl': \"0\" (expected: an integer from 1 to 255)",
                "-Q 256 | '--tos': \"256\" (expected: 0 to 255, or 0x0 to 0xff)",
                "-p xy | '-p': \"xy\" (expected: hexadecimal digits for 1 to 16 bytes)",
                "-M maybe | '-M': \"maybe\" (expected: do, want, dont or probe)",
                "-m x | '--mark': \"x\" (expected: ",
                "--df -M want | --df and -M want or dont contradict each other",
                "-I ::zz | ::zz",
                "--source 224.0.0.1 | 224.0.0.1 is no address of a machine to come from",
                "-W-1 | '-W': \"-1\" (expected: ",
                "-l 0 | '-l': \"0\" (expected: an integer from 1 to 65536)",
                "-R -T tsonly | only one of -T or -R may be used",
                "-T tsprespec | -T tsprespec wants one to four addresses before HOST",
                "-T tsprespec x | \"x\" (expected: an IPv4 address for -T tsprespec, before HOST)",
                "-F 0x100000 | '-F': \"0x100000\" (expected: 0 to 1048575, or 0x0 to 0xfffff)",
                "-e 7 --loops 2 | -e with --loops: each loop has sockets with an identifier of their own",
                "--targets /nonexistent/hosts | --targets /nonexistent/hosts: no such file; expected a readable file",
                "--targets - --exclude-file - | --exclude-file -: standard input is read by --targets",
                "--exclude 127.0.0.3-1 | --exclude \"127.0.0.3-1\"",
                "-w x | '-w': \"x\" (expected: ",
                "-s 65508 | '--size': \"65508\" (expected: an integer from 0 to 65507)",
                "--format=csv | '--format': \"csv\" (expected: text or jsonl)",
                "--socket=tcp | '--socket': \"tcp\" (expected: ",
                "-46 | -4 and -6",
            })
    void valuesOfPingAreCheckedBeforeAnythingIsSent(String options, String message) {
        assertRefused(message, ("ping " + options + " 127.0.0.1").split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--order upwards | '--order': \"upwards\" (expected: sequential or random)",
                "--order random --seed 1.5 | '--seed': \"1.5\" (expected: an integer from -9223372036854775808 to",
                "--seed 5 | --seed 5 chooses a random order; add --order random, or leave it out",
                "--shard 9/8 | '--shard': \"9/8\" (expected: I/N, I from 1 to N, such as 2/8, or auto/N",
                "--shard auto/8 | JOB_COMPLETION_INDEX",
                "--order random --shard 1/8 | --shard 1/8 of a random order needs --seed",
                "--limit 0 | '--limit': \"0\" (expected: an integer, 1 or more)",
                "--max-alive x | '--max-alive': \"x\" (expected: an integer, 1 or more)",
                "--deadline 1d | '--deadline': \"1d\" (expected: a duration such as 250ms, 30s, 10m or 1.5h",
                "--order random --limit 9 fd00::/64 | too many targets for --order random",
            })
    void optionsOfOrderAndEndAreCheckedBeforeAnythingIsSent(String options, String message) {
        assertRefused(message, ("sweep 127.0.0.1 " + options).split(" "));
    }

    @Test
    void dryRunPrintsWhatWouldBeAskedAndOpensNoSocket() {
        ExitCode code =
                run("sweep", "--dry-run", "--order", "random", "--seed", "-1", "--shard", "300/300", "127.0.0.0/24");
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("count 0\nfirst none\nlast none\norder random, seed -1\npart 300/300 of 254");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--summary=json", "--format=jsonl"})
    void dryRunForProgramsIsOneLineOfJson(String form) {
        assertThat(run("sweep", "--dry-run", form, "--limit", "3", "--rate", "3", "fd00::1/64"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("{\"count\":3,\"first\":\"fd00::\",\"last\":\"fd00::2\",\"targets\":9223372036854775807,")
                .contains(
                        "\"rate\":3,\"probes_each\":2,\"expected_duration_ns\":{\"min\":1000000000,\"max\":4500000000}")
                .containsOnlyOnce("\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rangesOfAnySizeNeedALimit() {
        assertRefused("fd00::/64", "sweep", "--dry-run", "fd00::/64");
    }

    @Test
    void seedThatWasDrawnIsToldByADryRunToo() {
        assertThat(run("sweep", "--dry-run", "--order", "random", "127.0.0.0/24"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("order random, seed [0-9]+\n");
    }

    @Test
    void dryRunNeedsTargets() {
        assertRefused("no target", "sweep", "--dry-run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seed -4", "--seed -42", "--seed=-6", "--seed -64 -4", "--seed -9223372036854775808"})
    void negativeSeedIsNoOptionThatIsADigit(String seed) {
        assertThat(run(("sweep --dry-run --order random " + seed + " 127.0.0.1").split(" ")))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("order random, seed " + seed.replaceAll("--seed[ =](\\S+).*", "$1") + "\n");
    }

    @Test
    void negativeSeedThatIsTooLargeIsShownAsTyped() {
        assertRefused(
                "'--seed': \"-9223372036854775809\" (expected: ",
                "sweep",
                "--order=random",
                "--seed",
                "-9223372036854775809",
                "127.0.0.1");
    }
}
