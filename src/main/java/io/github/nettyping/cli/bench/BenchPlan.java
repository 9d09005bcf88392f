package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.progress.ProgressPlace;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadSearchOptions;
import io.github.nettyping.packet.IpFamily;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a benchmark does and shows. Immutable.
 *
 * @param family  the only one names are resolved to, empty for both
 * @param options how; with the rate, if that is fixed
 * @param command the argument line, as a shell would read it
 */
record BenchPlan(
        TypedTargets targets,
        Optional<IpFamily> family,
        BenchRate.Mode mode,
        LoadOptions options,
        LoadSearchOptions search,
        SummaryForm summary,
        Optional<Path> histogram,
        Optional<Path> report,
        ProgressPlace progress,
        Colour colour,
        String command) {}
