package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.sweep.SweepOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sweep of the command line is to do. Immutable.
 *
 * @param family     the only family names are resolved to, empty for both
 * @param maxAlive   how many hosts that answer are enough
 * @param atLeast    how many hosts that answer make it a success, whatever the others do
 * @param deadline   how long it may take from its first probe
 * @param names      how long the reverse name of a host is looked for; empty if nobody wants it
 * @param output     where results go; empty for standard output
 * @param checkpoint the file that says how far they have come
 * @param report     where a picture is written; empty for none
 */
record SweepPlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        TargetOrder order,
        OptionalLong maxAlive,
        OptionalLong atLeast,
        Optional<Duration> deadline,
        Optional<Duration> names,
        SweepOptions options,
        SweepView view,
        Optional<Path> output,
        Optional<Path> checkpoint,
        Optional<Path> report) {

    /** A resolver usually gives up after two times five seconds: resolv.conf(5). */
    private static final Duration SHORTEST_NAMES_LIMIT = Duration.ofSeconds(10);

    /** Throws {@link IllegalArgumentException} if it does not go together. */
    SweepPlan {
        if (checkpoint.isPresent() && output.isEmpty()) {
            throw new IllegalArgumentException("--checkpoint " + checkpoint.get()
                    + " needs --output FILE: nobody could take back what standard output has got beyond it");
        }
        if (report.isPresent() && checkpoint.isPresent()) {
            throw new IllegalArgumentException(
                    "--report with --checkpoint: a picture would show only the last part of a sweep"
                            + " that was interrupted; leave one of them out");
        }
    }

    /** Returns how long names may take to be resolved, which is before the first probe. */
    Optional<Duration> namesLimit() {
        return deadline.map(limit -> limit.compareTo(SHORTEST_NAMES_LIMIT) > 0 ? limit : SHORTEST_NAMES_LIMIT);
    }
}
