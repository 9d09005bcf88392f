package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.SummaryForm;
import java.nio.file.Path;
import java.util.Optional;

/** What a benchmark shows, and how. Immutable. */
record BenchView(SummaryForm summary, Optional<Path> histogram, Optional<Path> report, String command) {}
