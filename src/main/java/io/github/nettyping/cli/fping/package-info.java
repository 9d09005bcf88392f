/**
 * The command {@code fping}, which stands in for fping 5.5: its options, lines, streams and exit codes over this
 * project's engine.
 *
 * <p>Read {@link io.github.nettyping.cli.fping.FpingCommand} first, then {@code FpingSession}. Where it differs from
 * fping is told in {@code docs/fping.md}.
 */
@NullMarked
package io.github.nettyping.cli.fping;

import org.jspecify.annotations.NullMarked;
