/**
 * What a host is asked and what became of it: a {@link io.github.nettyping.probe.Probe} goes in, exactly one
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
 * <p>Network results are values here; {@link io.github.nettyping.probe.ProbeOutcome#orThrow} turns what is no reply
 * into an exception. Read {@link io.github.nettyping.probe.ProbeOutcome} first: what can happen. Then
 * {@link io.github.nettyping.probe.ProbeOptions}: how a host is asked. Then
 * {@link io.github.nettyping.probe.ProbeObserver}: what one outcome cannot tell.
 */
@NullMarked
package io.github.nettyping.probe;

import org.jspecify.annotations.NullMarked;
