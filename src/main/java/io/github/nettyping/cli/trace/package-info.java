/**
 * The command {@code trace}.
 *
 * <p>Read {@code TraceCommand} first, its options, then {@code TraceRun} and {@code TraceText}.
 */
@NullMarked
package io.github.nettyping.cli.trace;

import org.jspecify.annotations.NullMarked;
