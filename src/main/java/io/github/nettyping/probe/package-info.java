/**
 * What is asked of a host and what became of it: a {@link io.github.nettyping.probe.Probe} goes in, exactly one
 * {@link io.github.nettyping.probe.ProbeOutcome} comes out.
 *
 * <p>Network results are values here, never exceptions. Read {@link io.github.nettyping.probe.ProbeOutcome} first, for
 * what can happen; then {@link io.github.nettyping.probe.ProbeOptions}, for what decides how long it may take.
 */
@NullMarked
package io.github.nettyping.probe;

import org.jspecify.annotations.NullMarked;
