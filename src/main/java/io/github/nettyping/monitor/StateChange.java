package io.github.nettyping.monitor;

import java.time.Instant;

/**
 * A target has another state. Immutable.
 *
 * @param target   whose
 * @param previous the state before
 * @param state    the state from now on
 * @param since    since when, by this host's wall clock
 * @param reason   why
 */
public record StateChange(
        MonitoredTarget target, TargetState previous, TargetState state, Instant since, StateReason reason) {}
