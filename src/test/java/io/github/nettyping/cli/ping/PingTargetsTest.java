package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.target.Excludes;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PingTargetsTest {

    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TempDir
    Path dir;

    private static PingTargets read(Excludes excludes, List<String> files, InputStream input, String... words) {
        TargetSelection selection = new TargetSelection(excludes, TargetSelection.Groups.ASKED, false);
        return PingTargets.read(
                new TargetArguments(List.of(words), files, false, selection), PingSamples.ANY_PACKETS, input);
    }

    private static List<String> words(String... words) {
        return read(Excludes.NONE, List.of(), NOTHING, words).words();
    }

    private static List<String> left(Excludes excludes, String... addresses) {
        List<PingHost> hosts = List.of(addresses).stream()
                .map(address -> PingSamples.host(address, address))
                .toList();
        try (NameLookup names = new NameLookup(Optional.empty())) {
            return read(excludes, List.of(), NOTHING, "host.example").without(hosts, names).stream()
                    .map(PingHost::word)
                    .toList();
        }
    }

    @Test
    void setsStandForTheirHostsInTheOrderOfTyping() {
        assertThat(words("192.0.2.9", "host.example", "192.0.2.0/30", "2001:db8::1-2001:db8::2", "192.0.2.1"))
                .containsExactly("192.0.2.9", "host.example", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2");
        assertThat(words("192.0.2.7/32")).containsExactly("192.0.2.7");
        assertThat(words("192.0.2.10-11")).containsExactly("192.0.2.10", "192.0.2.11");
    }

    @Test
    void filesFollowTheWords() throws IOException {
        Path file = Files.writeString(dir.resolve("hosts"), "# none\n 192.0.2.9 more\n\nb.example\n192.0.2.4/31\n");
        InputStream input = new ByteArrayInputStream("a.example\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read(Excludes.NONE, List.of(file.toString(), "-"), input, "z.example")
                        .words())
                .containsExactly("z.example", "192.0.2.9", "b.example", "192.0.2.4", "192.0.2.5", "a.example");
    }

    @Test
    void aLineThatIsNoHostIsNamedWithItsPlace() throws IOException {
        Path file = Files.writeString(dir.resolve("hosts"), "192.0.2.9\n10.1\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Excludes.NONE, List.of(file.toString()), NOTHING))
                .withMessageContaining(file + ", line 2: ")
                .withMessageContaining("10.1");
        Files.writeString(file, "# nobody\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Excludes.NONE, List.of(file.toString()), NOTHING))
                .withMessage("no host in " + file + "; expected one a line");
    }

    @Test
    void moreThanCanBeAskedAgainAndAgainAreRefused() {
        assertThat(words("10.0.0.0/18")).hasSize(16_382);
        for (String many : new String[] {"10.0.0.0/8", "2001:db8::/64"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> words(many))
                    .withMessageStartingWith("too many hosts with \"" + many + "\"");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> words("10.0.0.0/18", "10.1.0.0/24"));
    }

    @Test
    void excludesHoldWhateverNamedTheHost() {
        Excludes excludes = new Excludes(List.of("192.0.2.0/24"), List.of(), true);
        assertThat(left(excludes, "192.0.2.9", "8.8.8.8", "127.0.0.1")).containsExactly("8.8.8.8");
        assertThat(left(Excludes.NONE, "127.0.0.1")).containsExactly("127.0.0.1");
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> left(excludes, "192.0.2.9"))
                .withMessage("no host left: all of them are excluded");
    }

    @Test
    void anExcludedNameThatIsNotFoundEndsItBeforeAnybodyIsAsked() {
        Excludes excludes = new Excludes(List.of("nosuch.invalid"), List.of(), false);
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> left(excludes, "192.0.2.9"))
                .withMessageStartingWith("excluded name nosuch.invalid: ")
                .withMessageEndingWith("nothing is asked, since its addresses cannot be left out");
    }
}
