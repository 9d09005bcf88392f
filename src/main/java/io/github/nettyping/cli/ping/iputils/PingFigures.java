package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.statistics.PingStatistics;

/**
 * What there is to say about a host at the end. Immutable.
 *
 * @param corrupted    packets with a wrong checksum
 * @param late         replies to probes that were lost by then
 * @param elapsedNanos from the first probe to the last
 * @param pipe         the most probes that were out when one of them was answered
 */
public record PingFigures(
        String host,
        PingStatistics statistics,
        long corrupted,
        long late,
        long elapsedNanos,
        long pipe,
        boolean timed,
        long smoothedMicros,
        boolean gapTold) {}
