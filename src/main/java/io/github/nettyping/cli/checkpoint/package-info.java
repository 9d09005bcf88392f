/**
 * What lets a sweep that was ended continue: how far it was, and whether the files still fit.
 *
 * <p>Read {@code ResumableOutput} first, then {@code Checkpoint} and {@code Ledger}.
 */
@NullMarked
package io.github.nettyping.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
