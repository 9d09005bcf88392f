/**
 * What is asked of a host and what became of it: a {@link io.github.nettyping.probe.Probe} goes in, exactly one
 * {@link io.github.nettyping.probe.ProbeOutcome} comes out.
 *
 * <pre>{@code
 * private static String describe(ProbeOutcome outcome) {
 *     return switch (outcome.kind()) {
 *         case REPLIED -> "alive, " + ((Replied) outcome).rttNanos() + " ns";
 *         case UNREACHABLE, TIME_EXCEEDED, OTHER_ICMP_ERROR ->
 *             ((IcmpErrorOutcome) outcome).error().name();
 *         case TIMED_OUT -> "silent";
 *         case NOT_SENT, DROPPED_LOCALLY -> "trouble on this machine: " + outcome;
 *     };
 * }
 * }</pre>
 *
 * <p>Network results are values here; {@link io.github.nettyping.probe.ProbeOutcome#orThrow} makes an exception of what
 * is no reply, for those who ask it to. Read {@link io.github.nettyping.probe.ProbeOutcome} first, for
 * what can happen; then {@link io.github.nettyping.probe.ProbeOptions}, for what decides how long it may take; then
 * {@link io.github.nettyping.probe.ProbeObserver}, for all that one outcome cannot tell.
 */
@NullMarked
package io.github.nettyping.probe;

import org.jspecify.annotations.NullMarked;
