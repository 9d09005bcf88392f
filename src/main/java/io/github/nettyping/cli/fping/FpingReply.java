package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.TimestampReply;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the lines tell it. Immutable.
 *
 * @param index        number of the probe, from 0
 * @param icmpBytes    length of the ICMP message
 * @param rttNanos     the round trip
 * @param arrivedNanos when it came: {@code CLOCK_REALTIME} in nanoseconds since 1970
 * @param from         who sent it, null for the target
 * @param hopLimit     empty if the kernel did not tell
 * @param trafficClass empty if the kernel did not tell
 * @param times        the clocks of the target, null for an echo reply
 */
record FpingReply(
        long index,
        int icmpBytes,
        long rttNanos,
        long arrivedNanos,
        @Nullable IpAddress from,
        OptionalInt hopLimit,
        OptionalInt trafficClass,
        @Nullable TimestampReply times) {

    static FpingReply of(long index, Replied reply) {
        return new FpingReply(
                index,
                reply.icmpBytes(),
                reply.rttNanos(),
                reply.arrivedAtNanos(),
                reply.flags().contains(ReplyFlag.OTHER_SOURCE) ? reply.from() : null,
                reply.hopLimit(),
                reply.trafficClass(),
                null);
    }
}
