/**
 * How far a run is, on a terminal, in a file, or on SIGUSR1.
 *
 * <p>Read {@code Progress} first.
 */
@NullMarked
package io.github.nettyping.cli.progress;

import org.jspecify.annotations.NullMarked;
