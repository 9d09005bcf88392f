package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ping of iputils and ours, started at the same time with the same arguments. Confined to one thread.
 *
 * <p>What they print is compared line by line; of the times in it, only how many digits stand before and behind the point,
 * and that only where asked for.
 */
final class PingPair implements AutoCloseable {

    static final String IPUTILS = "/usr/bin/ping";

    private final Program theirs;
    private final Program ours;

    private PingPair(Program theirs, Program ours) {
        this.theirs = theirs;
        this.ours = ours;
    }

    /** Starts both in a namespace, with lines for their {@code /etc/hosts}. */
    static PingPair start(Path dir, Namespace namespace, Optional<String> hosts, String... arguments) {
        List<String> prefix = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        if (hosts.isPresent()) {
            // ip-netns gives its child a mount namespace of its own: the machine's file stays as it is.
            Path file = write(dir.resolve("hosts"), hosts.get());
            prefix.addAll(List.of("sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"", file.toString()));
        }
        List<String> theirCommand = new ArrayList<>(prefix);
        // A build in the background of a shell passes ignored signals on to its children.
        theirCommand.addAll(List.of("env", "--default-signal=INT,TERM", IPUTILS));
        theirCommand.addAll(List.of(arguments));
        List<String> ourCommand = new ArrayList<>(prefix);
        ourCommand.addAll(Program.command(
                Stream.concat(Stream.of("ping"), Stream.of(arguments)).toArray(String[]::new)));
        return new PingPair(
                Program.start(directory(dir, "theirs"), theirCommand),
                Program.start(directory(dir, "ours"), ourCommand));
    }

    private static Path directory(Path parent, String name) {
        try {
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program theirs() {
        return theirs;
    }

    Program ours() {
        return ours;
    }

    /** Waits for both, and finds the same lines, streams and exit codes. */
    PingPair assertSame() {
        assertThat(ours.exitCode()).as("%s%s", ours.out(), ours.err()).isEqualTo(theirs.exitCode());
        assertThat(normal(ours.out())).isEqualTo(normal(theirs.out()));
        assertThat(ours.err()).isEqualTo(asOurs(theirs.err()));
        return this;
    }

    /** Returns what iputils says on standard error as we say it. */
    static String asOurs(String theirErr) {
        return theirErr
                // With -v, what it knows of its sockets.
                .replaceAll(IPUTILS + ": sock4\\.fd: .*\\n\\n?", "")
                .replaceAll("(?m)^" + IPUTILS + ": ", "nettyping: ");
    }

    /** Tells whether there is the same number of digits in the round trips of all lines. */
    boolean hasSameDecimals() {
        return roundTrips(ours.out()).equals(roundTrips(theirs.out()));
    }

    /** Finds the same number of digits in the round trips of all lines. */
    PingPair assertSameDecimals() {
        assertThat(roundTrips(ours.out())).isEqualTo(roundTrips(theirs.out())).isNotEmpty();
        return this;
    }

    /** Returns what theirs has printed, its times replaced; to compare with an expectation. */
    String lines() {
        return normal(theirs.out());
    }

    static String normal(String text) {
        return text.replaceAll("time=[0-9.]+ ms", "time=# ms")
                .replaceAll("time [0-9]+ms", "time #ms")
                .replaceAll("ipg/ewma [0-9.]+/[0-9.]+ ms", "ipg/ewma # ms")
                // Theirs tells it of raw sockets alone.
                .replaceAll(" ident=[0-9]+ ", " ")
                .replaceAll("ai->ai_family: .*\\n", "")
                .replaceAll("(?m)(rtt [a-z/]+ =) [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms", "$1 # ms")
                .replaceAll("(?m)^\\[[0-9]{10}\\.[0-9]{6}\\]", "[#]");
    }

    private static List<String> roundTrips(String text) {
        return text.lines()
                .filter(line -> line.contains(" time="))
                .map(line -> line.replaceAll(".* time=([0-9.]+) ms.*", "$1").replaceAll("[0-9]", "#"))
                .toList();
    }

    @Override
    public void close() {
        theirs.close();
        ours.close();
    }
}
