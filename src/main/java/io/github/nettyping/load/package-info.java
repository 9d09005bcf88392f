/**
 * Loss and latency at a rate, counted from the moment each probe was due.
 *
 * <p>Read {@link io.github.nettyping.load.Load} first, then {@code LoadWorker}, which sends on one event loop, and
 * {@link io.github.nettyping.load.LoadSearch}, which looks for the highest rate without loss.
 */
@NullMarked
package io.github.nettyping.load;

import org.jspecify.annotations.NullMarked;
