package io.github.nettyping.cli.sweep;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where results go. Immutable.
 *
 * @param file       empty for standard output
 * @param checkpoint the file that says how far they have come; only beside another one
 */
record OutputChoice(Optional<Path> file, Optional<Path> checkpoint) {}
