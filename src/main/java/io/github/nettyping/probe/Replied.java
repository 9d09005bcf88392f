package io.github.nettyping.probe;

import io.github.nettyping.packet.IpAddress;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The target answered. Immutable.
 *
 * @param probe       the probe
 * @param attempts    tries made until the answer came
 * @param attempt     the try it answers, from 1; times are that try's
 * @param from        who sent the reply: the target, unless {@link ReplyFlag#OTHER_SOURCE} is set or the probe takes
 *                    {@linkplain ProbeOptions#severalReplies() several replies}
 * @param sentAtNanos when that try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970
 * @param rttNanos    round trip in nanoseconds
 * @param rttSource   the clocks the round trip was measured with
 * @param hopLimit    time to live or hop limit the reply arrived with, 0 to 255, if the kernel told
 * @param trafficClass type of service or traffic class the reply arrived with, 0 to 255, if the channel tells it:
 *                     {@link io.github.nettyping.packet.IcmpPacket#trafficClass()}
 * @param icmpBytes   length of the reply: ICMP message, header included
 * @param flags       what is unusual about it; unmodifiable
 */
public record Replied(
        Probe probe,
        int attempts,
        int attempt,
        IpAddress from,
        long sentAtNanos,
        long rttNanos,
        RttSource rttSource,
        OptionalInt hopLimit,
        OptionalInt trafficClass,
        int icmpBytes,
        Set<ReplyFlag> flags)
        implements ProbeOutcome {

    @Override
    public Kind kind() {
        return Kind.REPLIED;
    }
}
