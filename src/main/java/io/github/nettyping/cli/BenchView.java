package io.github.nettyping.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a benchmark shows, and how. Immutable.
 *
 * @param summary   form of the summary
 * @param histogram where the distribution of latency goes
 * @param report    where the page goes
 * @param command   the argument line
 */
record BenchView(SummaryForm summary, Optional<Path> histogram, Optional<Path> report, String command) {}
