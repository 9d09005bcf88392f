package io.github.nettyping;

import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.util.List;

/**
 * What became of a probe to a group of hosts. Immutable.
 *
 * @param outcome the first reply, or why there is none
 * @param replies all replies, one for each host, in the order they came; unmodifiable
 */
public record GroupOutcome(ProbeOutcome outcome, List<Replied> replies) {}
