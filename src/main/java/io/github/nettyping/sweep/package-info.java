/**
 * Which hosts of a network answer: every target asked once, at a pace.
 *
 * <p>Read {@link io.github.nettyping.sweep.Sweep} first, then {@code SweepSession}, which begins and ends it, and {@code SweepWorker},
 * which sends on one event loop. {@code AutoPacer} finds the rate where none is given.
 */
@NullMarked
package io.github.nettyping.sweep;

import org.jspecify.annotations.NullMarked;
