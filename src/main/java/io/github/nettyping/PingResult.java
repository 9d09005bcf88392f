package io.github.nettyping;

import io.github.nettyping.probe.ProbeOutcome;

/**
 * What became of one probe of a series. Immutable.
 *
 * @param sequence its number in the series, from 1
 * @param outcome  its outcome
 */
public record PingResult(long sequence, ProbeOutcome outcome) {}
