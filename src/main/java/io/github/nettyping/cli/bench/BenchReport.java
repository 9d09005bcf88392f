package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.load.LoadSearch;
import io.github.nettyping.load.LoadSummary;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say about a benchmark at its end. Immutable.
 *
 * @param hosts   who was asked, in words
 * @param search  the search they ended, if there was one
 * @param command the argument line, as a shell would read it
 */
record BenchReport(
        String hosts, LoadSummary summary, Optional<LoadSearch.Result> search, Machine machine, String command) {

    /** Where it was measured; {@code processors} are those that the JVM may use. Immutable. */
    record Machine(String version, String jdk, String kernel, int processors) {

        static Machine ofThis() {
            // The JDK has the kernel's release from uname(2).
            return new Machine(
                    Version.text(),
                    System.getProperty("java.vm.name") + " " + Runtime.version(),
                    System.getProperty("os.version"),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    /** Returns the kinds of socket, such as {@code dgram}; empty if there was none. */
    Optional<String> sockets() {
        return Words.sockets(summary.sockets());
    }

    List<BenchNote> notes() {
        return BenchNote.of(summary);
    }
}
