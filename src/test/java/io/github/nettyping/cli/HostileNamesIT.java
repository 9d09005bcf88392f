package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name that takes over a terminal, in every place where a name can come in: interfaces, reverse names, files, paths. Words that
 * are refused are in {@link HostileWordsTest}. In every output of every command it shows, and does nothing.
 */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class HostileNamesIT {

    /** Escape and a colour, a right-to-left override, a control of C1; short enough for an interface. */
    private static final String EVIL = "e\u001b[7m\u202e\u0085";

    /** The same for printf(1): a JVM gives its children only words that its own locale has. */
    private static final String EVIL_PRINTF = "e\\033[7m\\342\\200\\256\\302\\205";

    /** How it shows, to people and in JSON; the JDK ends a name of a file of hosts before what comes next. */
    private static final Pattern SHOWN = Pattern.compile("\\\\(x|u00)1[bB]\\[7m\\\\{1,2}u202[eE]");

    /** Letters and marks of host names that do not show; the resolver drops them. */
    private static final String BLANK_PRINTF = "a\\315\\217\\357\\270\\217.test";

    private static final Pattern BLANK_SHOWN = Pattern.compile("a\\\\u034[fF]\\\\u[fF][eE]0[fF]\\.test");

    private static Namespace namespace;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        String evil = "\"$(printf '" + EVIL_PRINTF + "')\"";
        namespace.exec(
                "sh",
                "-ec",
                "ip link add name " + evil + " type veth peer name peer; ip link set peer up; ip link set " + evil
                        + " up; ip addr add fe80::1/64 nodad dev " + evil);
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    /** Starts a line in which EVIL and BLANK stand for the names and DIR for the directory. */
    private Program start(String line) throws IOException {
        Path hosts = dir.resolve("hosts");
        Files.writeString(hosts, "127.0.0.8 " + EVIL + "\n127.0.0.8 a.test\n");
        Files.writeString(dir.resolve("list"), "127.0.0.1\n" + EVIL + "\n");
        StringBuilder script = new StringBuilder("exec \"$@\"");
        for (String word : line.split(" ", -1)) {
            script.append(" \"$(printf -- '").append(insert(word)).append("')\"");
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", script.toString(), "sh", "env", "LC_ALL=C.UTF-8"));
        words.addAll(Program.commandWithHosts(hosts));
        return Program.start(dir, Program.in(namespace, words));
    }

    private String insert(String word) {
        return word.replace("EVIL", EVIL_PRINTF).replace("BLANK", BLANK_PRINTF).replace("DIR", dir.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Interfaces: in addresses, of packets, that are not there.
                "sweep fe80::1%%EVIL",
                "sweep --format csv -o DIR/results fe80::1%%EVIL",
                "sweep --format jsonl -o DIR/results fe80::1%%EVIL",
                "sweep --report DIR/page.html -q fe80::1%%EVIL",
                "sweep --dry-run fe80::1%%EVIL",
                "sweep --dry-run --summary json fe80::1%%EVIL",
                "sweep -I xEVIL 127.0.0.1",
                "ping -c 1 fe80::1%%EVIL",
                "ping -c 1 --format jsonl fe80::1%%EVIL",
                "ping -c 1 -q fe80::1%%EVIL 127.0.0.1",
                "ping -c 1 -W 0.1 -I EVIL 127.0.0.1",
                "ping -c 1 -I xEVIL 127.0.0.1",
                "ping -c 1 -I xEVIL ::1",
                "trace fe80::1%%EVIL",
                "trace --format jsonl fe80::1%%EVIL",
                "bench --duration 100ms --report DIR/page.html fe80::1%%EVIL",
                "bench --duration 100ms --summary json fe80::1%%EVIL",
                // Reverse names.
                "ping -c 1 a.test",
                "trace 127.0.0.8",
                // Files and paths.
                "sweep -f DIR/list",
                "sweep -f DIR/EVIL",
                "sweep -o DIR/EVIL/x 127.0.0.1",
                "sweep --report DIR/EVIL/x.html 127.0.0.1",
                "sweep -o DIR/results --checkpoint DIR/EVIL/x 127.0.0.1",
                "bench --histogram DIR/EVIL/x 127.0.0.1",
            })
    void nameShowsAndDoesNothing(String line) throws IOException {
        assertShown(line, SHOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep --format csv BLANK",
                "sweep --format jsonl BLANK",
                "sweep --report DIR/page.html -q BLANK",
                "ping -c 1 BLANK",
                "trace BLANK",
                "bench --duration 100ms --report DIR/page.html BLANK",
            })
    void whatDoesNotShowInANameThatWasTypedIsWrittenOut(String line) throws IOException {
        assertShown(line, BLANK_SHOWN);
    }

    private void assertShown(String line, Pattern shown) throws IOException {
        try (Program program = start(line)) {
            program.exitCode();
            String all = outputs();
            assertHarmless(all);
            assertThat(all).containsPattern(shown).doesNotContain("internal error");
        }
    }

    /** Returns what all files have that the program has written. */
    private String outputs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : List.of("out", "err", "results", "page.html")) {
            if (Files.exists(dir.resolve(file))) {
                all.append(text(Files.readAllBytes(dir.resolve(file))));
            }
        }
        return all.toString();
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static void assertHarmless(String text) {
        List<String> harmful = Stream.of(text.split("\n", -1))
                .filter(line -> line.codePoints().anyMatch(HostileNamesIT::isHarmful))
                .toList();
        assertThat(harmful).isEmpty();
    }

    /** As ECMA-48 and UAX #9 have it, and some that do not show. */
    private static boolean isHarmful(int point) {
        return (point < ' ' && point != '\t')
                || (point >= 0x7f && point <= 0x9f)
                || point == 0x034f
                || point == 0x061c
                || (point >= 0x200b && point <= 0x200f)
                || (point >= 0x2028 && point <= 0x202e)
                || (point >= 0x2060 && point <= 0x206f)
                || (point >= 0xfe00 && point <= 0xfe0f)
                || point == 0xfeff;
    }
}
