/**
 * Which answer belongs to which probe, and when to stop waiting: one handler between the session that writes
 * {@link io.github.nettyping.probe.Probe probes} and the codec.
 *
 * <p>Read {@link io.github.nettyping.correlation.ProbeCorrelator} first: it is the only class with a public life. Then
 * {@code Correlation}, which follows one probe out and back; {@code ReplyMatcher} and {@code ErrorMatcher}, which judge
 * what arrives; {@code Expiry} and {@code Verdicts}, which end the wait. The state is in {@code SlotTable}, a row of
 * primitive arrays for each thing known of a probe, and {@code DeadlineQueue}, a timing wheel over the same slots.
 * {@code Observation} tells an observer what happens, if there is one.
 * What authenticates a reply is in {@code ProbeToken}, where it stands in the packet in {@code EchoPayload}.
 */
@NullMarked
package io.github.nettyping.correlation;

import org.jspecify.annotations.NullMarked;
