/**
 * The command {@code serve}: its options, its start and its end.
 *
 * <p>Read {@code ServeCommand} first. What it starts is in {@code io.github.nettyping.server}.
 */
@NullMarked
package io.github.nettyping.cli.serve;

import org.jspecify.annotations.NullMarked;
