package io.github.nettyping.cli;

import io.github.nettyping.Distribution;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.packet.SocketKind;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What there is to say about a sweep at its end. Immutable.
 *
 * @param summary    counts and times
 * @param roundTrips of all replies
 * @param command    the argument line, as a shell would read it
 * @param seed       of the random order, empty if targets were asked in ascending order
 * @param version    of this program
 * @param kernel     release of the kernel
 */
record SweepReport(
        SweepSummary summary,
        Distribution roundTrips,
        String command,
        OptionalLong seed,
        String version,
        String kernel) {

    /** Returns {@code dgram}, {@code raw}, or both if the families differ; empty if none was needed. */
    Optional<String> sockets() {
        String sockets = summary.sockets().stream()
                .map(SocketKind::isRaw)
                .distinct()
                .sorted()
                .map(raw -> raw ? "raw" : "dgram")
                .collect(Collectors.joining(","));
        return sockets.isEmpty() ? Optional.empty() : Optional.of(sockets);
    }
}
