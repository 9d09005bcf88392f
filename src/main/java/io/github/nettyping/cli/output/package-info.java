/**
 * Where a command writes and how it ends: standard output, files, terminal, signals, exit codes.
 *
 * <p>Read {@code ExitCode} and {@code Output} first.
 */
@NullMarked
package io.github.nettyping.cli.output;

import org.jspecify.annotations.NullMarked;
