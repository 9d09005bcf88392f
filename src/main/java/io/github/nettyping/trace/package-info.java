/**
 * The paths to hosts: every hop asked at the same time, any number of targets at once.
 *
 * <p>Read {@link io.github.nettyping.trace.Trace} first, then {@code TraceSession} with a {@code TraceTask} for each target.
 */
@NullMarked
package io.github.nettyping.trace;

import org.jspecify.annotations.NullMarked;
