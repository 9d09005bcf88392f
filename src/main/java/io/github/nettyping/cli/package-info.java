/**
 * The command line: commands, formats, exit codes. Programs parse what it prints, so every shape here is an interface.
 *
 * <p>Read {@code Main} first, which knows the commands and what becomes of errors; then {@code SweepCommand}, the options
 * of {@code sweep}, and {@code SweepRun}, which does it; {@code PingCommand}, {@code PingRun} and {@code TextPing}, one
 * host under way; {@code TraceCommand}, {@code TraceRun} and {@code TraceText}; {@code DoctorCommand}, which only writes
 * down a diagnosis. The other classes are one format or one part of a run each.
 */
@NullMarked
package io.github.nettyping.cli;

import org.jspecify.annotations.NullMarked;
