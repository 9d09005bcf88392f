package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.RequiresLocalhost;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Tool;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same command lines for the ping of iputils, release 20221126, and for ours: options alone, repeated, joined, with odd
 * numbers. Streams and exit codes are equal, apart from times and from what docs/ping.md says.
 */
@RequiresNamespaces
@RequiresTun
@RequiresTool(Tool.PING)
@Execution(ExecutionMode.SAME_THREAD)
class IputilsCommandLinesIT {

    private static final int AT_ONCE = 6;

    /** On a busy machine one of two programs may be late; what differs for other reasons differs every time. */
    private static final int RUNS = 4;

    private static PingLab lab;
    private static ExecutorService threads;

    @BeforeAll
    static void build() {
        lab = new PingLab();
        threads = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void tearDown() {
        threads.shutdownNow();
        lab.close();
    }

    @Test
    void optionsAloneJoinedAndRepeated() throws Exception {
        compare(Stream.of(
                "-c1 127.0.0.1",
                "-c 1 127.0.0.1",
                "127.0.0.1 -c1",
                "127.0.0.1 -c 1 -q",
                "-c1 -- 127.0.0.1",
                "-nqc1 127.0.0.1",
                "-qnc 1 127.0.0.1",
                "-c3 -c1 127.0.0.1",
                "-c1 -c2 -i.1 198.19.0.1",
                "-n -n -c1 198.19.0.1",
                "-q -q -c1 198.19.0.1",
                "-v -v -c1 198.19.0.1",
                "-D -D -c1 198.19.0.1",
                "-aa -c1 198.19.0.1",
                "-OO -c2 -i.1 -W.2 198.19.0.20",
                "-i 5 -i .1 -c2 198.19.0.1",
                "-s 8 -s 24 -c1 198.19.0.1",
                "-t 3 -t 9 -c1 198.19.0.1",
                "-Q 4 -Q 8 -c1 198.19.0.1",
                "-W 9 -W .2 -c1 198.19.0.20",
                "-w 9 -w 1 -i .6 198.19.0.20",
                "-p ff -c1 198.19.0.1",
                "-M do -M want -c1 198.19.0.1",
                "-l 2 -l 1 -c2 -i.1 198.19.0.1",
                "-4 -4 -c1 127.0.0.1",
                "-6 -6 -c1 ::1",
                "-I lo -I lo -c1 127.0.0.1",
                "-bb -c1 198.19.0.1",
                "-c1 -m 7 198.19.0.1",
                "-c1 -a -D -n -O -v -A 198.19.0.1",
                "-c1 -a -b -D -n -O -q -v -A 198.19.0.1",
                "-fc 1 127.0.0.1",
                "-fqc2 198.19.0.1",
                "-Ac1 198.19.0.1",
                "-c1 -4 ::1",
                "-c1 -6 127.0.0.1",
                "-c1 nosuch-1.invalid",
                "-c1 203.0.113.1",
                "-c1 2001:db8::1",
                "-c1 0.0.0.0"));
    }

    @Test
    void oddNumbers() throws Exception {
        compare(Stream.of(
                "-c1 -W 0 198.19.0.1",
                "-c1 -W 0.0001 198.19.0.1",
                "-c1 -W 0.001 198.19.0.1",
                "-c1 -W .2 198.19.0.20",
                "-c1 -W 2e-1 198.19.0.20",
                "-c1 -W 0x.4 198.19.0.20",
                "-c1 -W 0.2000001 198.19.0.20",
                "-c1 -W +0.2 198.19.0.20",
                "-c1 -W 2147483 198.19.0.1",
                "-w 0 -c1 198.19.0.1",
                "-w 0 -c2 -i .1 -W .2 198.19.0.20",
                "-w 01 -i .6 198.19.0.20",
                "-w 1 -c 2 -i .6 198.19.0.20",
                "-w 5 -c 2 -i .1 198.19.0.1",
                "-c2 -i 1e-1 198.19.0.1",
                "-c2 -i 0x.2 198.19.0.1",
                "-c2 -i .1 198.19.0.1",
                "-c2 -i 0.1000 198.19.0.1",
                "-c2 -i 1e-1 -W 1e-1 198.19.0.20",
                "-c2 -i 0x1p-3 198.19.0.1",
                "-c3 -i 0 198.19.0.1",
                "-c3 -i 0.0 -q 198.19.0.1",
                "-c3 -i 0.0001 -q 198.19.0.1",
                "-c3 -i 0.01 198.19.0.1",
                "-c1 -i 86400 198.19.0.1",
                "-c 02 -i .1 198.19.0.1",
                "-c +2 -i .1 198.19.0.1",
                "-c 9223372036854775807 -w1 -i.6 198.19.0.20",
                "-c1 -s 0 198.19.0.1",
                "-c1 -s 1 198.19.0.1",
                "-c1 -s 15 198.19.0.1",
                "-c1 -s 16 198.19.0.1",
                "-c1 -s 017 198.19.0.1",
                "-c1 -s 1400 198.19.0.1",
                "-c1 -s 65507 127.0.0.1",
                "-c1 -t 255 198.19.0.1",
                "-c1 -t 064 198.19.0.1",
                "-c1 -Q 0 198.19.0.1",
                "-c1 -Q 255 198.19.0.1",
                "-c1 -Q 0xFF 198.19.0.1",
                "-c1 -m 0 198.19.0.1",
                "-c1 -m 4294967295 198.19.0.1",
                "-c1 -p 0 198.19.0.1",
                "-c1 -p 0123456789abcdef0123456789ABCDEF 198.19.0.1",
                "-c1 -p 01 -s 3 198.19.0.1"));
    }

    @Test
    void optionsOfHeadersAndSockets() throws Exception {
        compare(Stream.of(
                "-c1 -R 127.0.0.1",
                "-c3 -i.1 -R 127.0.0.1",
                "-c1 -R -R 127.0.0.1",
                "-c1 -R ::1",
                "-c1 -R -q 127.0.0.1",
                "-c2 -f -R 127.0.0.1",
                "-c1 -a -R 127.0.0.1",
                "-c1 -D -R 127.0.0.1",
                "-c1 -R -s 4 127.0.0.1",
                "-c1 -R -p ff 127.0.0.1",
                "-c1 -R 198.19.0.1",
                "-c1 -T tsonly 127.0.0.1",
                "-c2 -i.1 -T tsonly 127.0.0.1",
                "-c1 -T tsandaddr 127.0.0.1",
                "-c1 -T tsonly -T tsandaddr 127.0.0.1",
                "-c1 -T tsonly ::1",
                "-c1 -T tsprespec 127.0.0.1 127.0.0.2",
                "-c1 -T tsprespec 127.0.0.1 127.0.0.2 127.0.0.1 127.0.0.2 127.0.0.3",
                "-c1 -F 5 127.0.0.1",
                "-c1 -F 0 ::1",
                "-c1 -B 127.0.0.1",
                "-c1 -B ::1",
                "-c1 -B -I 127.0.0.5 127.0.0.1",
                "-c1 -B -I lo 127.0.0.1",
                "-c1 -B 198.19.0.1",
                "-c1 -I lo -B ::1",
                "-c1 -e 77 127.0.0.1",
                "-c1 -e 76 ::1",
                "-c1 -e 0 127.0.0.1",
                "-c1 -e 5 -e 78 -q 127.0.0.1",
                "-c1 -r 127.0.0.1",
                "-c1 -r ::1",
                "-c1 -r 198.19.0.1",
                "-c1 -L 127.0.0.1",
                "-c1 -L ::1",
                "-c1 -W.2 -L -I lo 224.0.0.1",
                "-c1 -d 127.0.0.1",
                "-c1 -d ::1",
                "-c1 -U 127.0.0.1",
                "-c1 -U ::1",
                "-c1 -S 1 127.0.0.1",
                "-c1 -S 4096 ::1",
                "-c1 -S 1000000 198.19.0.1",
                "-c1 -S 5 -S 8192 198.19.0.1"));
    }

    @Test
    void preloads() throws Exception {
        compare(Stream.of(
                "-c5 -l3 -i.1 198.19.0.1",
                "-c2 -l10 -i.1 198.19.0.1",
                "-c1 -l100 198.19.0.1",
                "-c3 -l 3 -W.3 198.19.0.20",
                "-c4 -l 2 -i .2 198.19.0.50",
                "-c5 -l 4 -f 127.0.0.1",
                "-c5 -l 4 -i 0 127.0.0.1",
                "-c3 -l 3 -q ::1",
                "-c4 -l4 -O -i.1 198.19.0.50"));
    }

    @Test
    void hostsThatMisbehave() throws Exception {
        compare(Stream.of(
                "-c2 -i.1 198.19.0.40",
                "-c1 -W.3 198.19.0.31",
                "-c1 -q 198.19.0.30",
                "-w3 -i.1 198.19.0.30",
                "-c2 -i.1 -O 198.19.0.30",
                "-c1 -D 198.19.0.34",
                "-c1 -n 198.19.0.42",
                "-c1 -p ff 198.19.0.42",
                "-c1 -a 198.19.0.42",
                "-c3 -i.1 198.19.0.50",
                "-c3 -i.1 -O 198.19.0.50",
                "-c2 -i.3 -A 198.19.0.50",
                "-c1 fd00:19::1",
                "-c1 -W.2 fd00:19::20",
                "-c1 fd00:19::30",
                "-c2 -i.1 -v fd00:19::1",
                "-c1 -t7 -Q9 -s99 fd00:19::2"));
    }

    @Test
    void aReplyFromAnotherAddressCountsIfThatIsWanted() throws Exception {
        List<String> arguments = PingLab.words("-c1 -W.4 198.19.0.41");
        List<String> wanted = PingLab.words("--any-source -c1 -W.4 198.19.0.41");
        PingLab.Result theirs = lab.theirs(arguments).normalised();

        assertThat(theirs.out())
                .contains("64 bytes from 198.19.0.201: icmp_seq=1 ttl=64 time=# ms (DIFFERENT ADDRESS!)");
        assertThat(lab.ours(wanted).normalised()).isEqualTo(theirs);
        assertThat(lab.ours(arguments).normalised()).satisfies(ours -> {
            assertThat(ours.code()).isEqualTo(1);
            assertThat(ours.out()).contains("1 packets transmitted, 0 received, 100% packet loss");
            assertThat(ours.err())
                    .isEqualTo("nettyping: a reply came from 198.19.0.201, instead of 198.19.0.41;"
                            + " --any-source accepts such replies\n");
        });
    }

    /** Lines written by what the sources of release 20240905 say: Debian's is older. */
    @Test
    @RequiresLocalhost
    void optionsOfLaterReleases() throws Exception {
        assertThat(lab.ours(PingLab.words("-3 -c1 198.19.0.50")).out())
                .containsPattern(
                        "(?m)^64 bytes from 198\\.19\\.0\\.50: icmp_seq=1 ttl=64 time=1[5-9][0-9]\\.[0-9]{3} ms$");
        assertThat(lab.ours(PingLab.words("-H -c1 127.0.0.1")).out())
                .contains("PING 127.0.0.1 (127.0.0.1) 56(84)", "\n64 bytes from localhost (127.0.0.1): icmp_seq=1 ");
        assertThat(lab.ours(PingLab.words("-n -H -c1 127.0.0.1")).out()).contains("\n64 bytes from localhost (127");
        assertThat(lab.ours(PingLab.words("-H -n -c1 127.0.0.1")).out()).contains("\n64 bytes from 127.0.0.1: ");
        assertThat(lab.ours(PingLab.words("-c1 -M probe 198.19.0.1")).code()).isZero();
        for (String option : List.of("-C", "-Nname", "-Nhelp")) {
            PingLab.Result result = lab.ours(List.of(option, "-c1", "198.19.0.1"));
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("nettyping: " + option.substring(0, 2) + ": ")
                    .containsOnlyOnce("\n");
        }
    }

    /** Both say so in their own words, and send nothing. Theirs ends with 1 or 2, ours with 3. */
    @Test
    void badValuesAreRefusedByBoth() throws Exception {
        List<String> differences = new ArrayList<>();
        for (String line : List.of(
                "",
                "-c",
                "-c1",
                "-z 127.0.0.1",
                "-c0 127.0.0.1",
                "-c -1 127.0.0.1",
                "-c 0x2 127.0.0.1",
                "-c 2x 127.0.0.1",
                "-c 99999999999999999999 127.0.0.1",
                "-i inf -c1 127.0.0.1",
                "-i nan -c1 127.0.0.1",
                "-i 1e99 -c1 127.0.0.1",
                "-W -1 -c1 127.0.0.1",
                "-W 2147484 -c1 127.0.0.1",
                "-w x -c1 127.0.0.1",
                "-w -1 -c1 127.0.0.1",
                "-w 2147483648 -c1 127.0.0.1",
                "-s x -c1 127.0.0.1",
                "-s 0x10 -c1 127.0.0.1",
                "-s -1 -c1 127.0.0.1",
                "-t 256 -c1 127.0.0.1",
                "-t 0 -c1 127.0.0.1",
                "-t 0x10 -c1 127.0.0.1",
                "-Q 256 -c1 127.0.0.1",
                "-Q 0x100 -c1 127.0.0.1",
                "-Q ff -c1 127.0.0.1",
                "-m x -c1 127.0.0.1",
                "-m -1 -c1 127.0.0.1",
                "-m 4294967296 -c1 127.0.0.1",
                "-l 0 -c1 127.0.0.1",
                "-l 65537 -c1 127.0.0.1",
                "-T x -c1 127.0.0.1",
                "-R -T tsonly -c1 127.0.0.1",
                "-T tsonly -R -c1 127.0.0.1",
                "-T tsprespec -c1 1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5 127.0.0.1",
                "-F x -c1 ::1",
                "-F 0x100000 -c1 ::1",
                "-F -1 -c1 ::1",
                "-e x -c1 127.0.0.1",
                "-e 65536 -c1 127.0.0.1",
                "-S 0 -c1 127.0.0.1",
                "-S x -c1 127.0.0.1",
                "-M x -c1 127.0.0.1",
                "-p xy -c1 127.0.0.1",
                "-4 -6 -c1 127.0.0.1",
                "-6 -4 -c1 127.0.0.1")) {
            PingLab.Result theirs = lab.theirs(PingLab.words(line));
            PingLab.Result ours = lab.ours(PingLab.words(line));
            boolean same = (theirs.code() == 1 || theirs.code() == 2)
                    && theirs.out().isEmpty()
                    && ours.code() == 3
                    && ours.out().isEmpty()
                    && ours.err().lines().count() == 1;
            if (!same) {
                differences.add(difference(line, theirs, ours));
            }
        }
        assertThat(differences).isEmpty();
    }

    // The comparison.

    private static void compare(Stream<String> lines) throws Exception {
        List<Callable<Optional<String>>> tasks = new ArrayList<>();
        lines.forEach(line -> tasks.add(() -> difference(line)));
        List<String> differences = new ArrayList<>();
        for (Future<Optional<String>> future : threads.invokeAll(tasks)) {
            future.get().ifPresent(differences::add);
        }
        assertThat(differences).as(tasks.size() + " command lines").isEmpty();
    }

    private static Optional<String> difference(String line) throws Exception {
        String difference = "";
        for (int run = 0; run < RUNS; run++) {
            PingLab.Result theirs = lab.theirs(PingLab.words(line)).normalised();
            PingLab.Result ours = lab.ours(PingLab.words(line)).normalised();
            if (theirs.equals(ours)) {
                return Optional.empty();
            }
            difference = difference(line, theirs, ours);
        }
        return Optional.of(difference);
    }

    private static String difference(String line, PingLab.Result theirs, PingLab.Result ours) {
        return "ping " + line + "\n  theirs " + theirs + "\n  ours   " + ours;
    }
}
