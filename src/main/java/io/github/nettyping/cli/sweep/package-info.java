/**
 * The command {@code sweep}.
 *
 * <p>Read {@code SweepCommand} first, its options, then {@code SweepRun}, which does it, and {@code SweepResults}, which writes.
 */
@NullMarked
package io.github.nettyping.cli.sweep;

import org.jspecify.annotations.NullMarked;
