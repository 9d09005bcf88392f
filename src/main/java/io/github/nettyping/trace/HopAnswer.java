package io.github.nettyping.trace;

import io.github.nettyping.packet.IpAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of one probe to a hop. Immutable.
 *
 * @param from     who answered; empty if nobody did, or the kernel told no address
 * @param rttNanos how long the answer took; empty if there was none
 */
public record HopAnswer(Optional<IpAddress> from, OptionalLong rttNanos) {}
