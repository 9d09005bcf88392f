package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.sweep.SweepOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sweep of the command line is to do. Immutable.
 *
 * @param family  the only family names are resolved to, empty for both
 * @param report  where a picture is written; empty for none
 */
record SweepPlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        TargetOrder order,
        SweepBounds bounds,
        SweepOptions options,
        SweepView view,
        OutputChoice output,
        Optional<Path> report) {

    /**
     * Checks what does not go together.
     *
     * @throws IllegalArgumentException if a picture is wanted of a sweep that may have earlier parts
     */
    SweepPlan {
        if (report.isPresent() && output.checkpoint().isPresent()) {
            throw new IllegalArgumentException(
                    "--report with --checkpoint: a picture would show only the last part of a sweep"
                            + " that was interrupted; leave one of them out");
        }
    }
}
