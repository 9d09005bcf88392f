package io.github.nettyping.cli;

import io.github.nettyping.LoadOptions;
import io.github.nettyping.LoadSearchOptions;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;

/**
 * What a benchmark does. Immutable.
 *
 * @param targets as typed
 * @param family  the only one names are resolved to, empty for both
 * @param mode    who decides the rate
 * @param options how; with the rate, if that is fixed
 * @param search  which rates a search tries
 */
record BenchPlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        BenchRate.Mode mode,
        LoadOptions options,
        LoadSearchOptions search) {}
