package io.github.nettyping.cli;

import io.github.nettyping.SweepOptions;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;

/**
 * What a sweep of the command line is to do. Immutable.
 *
 * @param targets whom to ask, as typed
 * @param family  the only family names are resolved to, empty for both
 * @param options how to ask
 * @param view    what is shown
 * @param output  where results go
 */
record SweepPlan(
        TypedTargets targets, Optional<IpFamily> family, SweepOptions options, SweepView view, OutputChoice output) {}
