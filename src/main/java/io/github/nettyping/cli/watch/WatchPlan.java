package io.github.nettyping.cli.watch;

import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.packet.IpFamily;
import java.time.Duration;
import java.util.Optional;

/**
 * What is watched, and how that is shown. Immutable.
 *
 * @param targets    the targets as typed, read again when told to
 * @param family     the only one names are resolved to; empty for both
 * @param deadline   after which it ends
 * @param every      how often summaries are written in a pipe
 * @param exec       run by a shell on each change of state
 * @param json       whether lines are JSON
 * @param allResults whether every probe has a line
 * @param quiet      whether changes have none
 */
record WatchPlan(
        TargetArguments targets,
        Optional<IpFamily> family,
        MonitorOptions options,
        Optional<Duration> deadline,
        Optional<Duration> every,
        Optional<String> exec,
        boolean json,
        boolean allResults,
        boolean quiet,
        Colour colour) {}
