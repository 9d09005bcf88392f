package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadSearchOptions;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;

/**
 * What a benchmark does. Immutable.
 *
 * @param family  the only one names are resolved to, empty for both
 * @param options how; with the rate, if that is fixed
 */
record BenchPlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        BenchRate.Mode mode,
        LoadOptions options,
        LoadSearchOptions search) {}
