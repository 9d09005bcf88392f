package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What the tests of ping need. */
final class PingSamples {

    static final PingPlan ENDLESS =
            new PingPlan(OptionalLong.empty(), Duration.ofSeconds(1), Duration.ofSeconds(10), Optional.empty(), 56);

    static final PingView TEXT = new PingView(ResultFormat.Name.TEXT, false, false, false, false, false);

    private PingSamples() {}

    static PingPlan count(long count) {
        return new PingPlan(OptionalLong.of(count), ENDLESS.interval(), ENDLESS.timeout(), Optional.empty(), 56);
    }

    static PingPlan withDeadline(PingPlan plan, Duration deadline) {
        return new PingPlan(plan.count(), plan.interval(), plan.timeout(), Optional.of(deadline), plan.payloadBytes());
    }

    static PingPlan withSize(int payloadBytes) {
        return new PingPlan(ENDLESS.count(), ENDLESS.interval(), ENDLESS.timeout(), ENDLESS.deadline(), payloadBytes);
    }

    static PingHost host(String word, String address) {
        return new PingHost(word, SampleOutcomes.address(address));
    }

    static Replied reply(String from, long rttNanos) {
        return reply(from, rttNanos, OptionalInt.of(64), 64, ReplyFlag.setOf(0));
    }

    static Replied reply(String from, long rttNanos, OptionalInt hopLimit, int icmpBytes, Set<ReplyFlag> flags) {
        IpAddress address = SampleOutcomes.address(from);
        return new Replied(
                new Probe(address, ProbeOptions.defaults()),
                1,
                1,
                address,
                SampleOutcomes.SENT_AT,
                rttNanos,
                RttSource.USER_TX_KERNEL_RX,
                hopLimit,
                OptionalInt.empty(),
                icmpBytes,
                flags);
    }

    static IcmpErrorOutcome hostUnreachable(String target, String from) {
        return (IcmpErrorOutcome) SampleOutcomes.hostUnreachable(target, from);
    }

    /** Returns an output that is written into a buffer whenever it is flushed. */
    static Output output(StringBuilder text) {
        return new Output(
                (bytes, position, limit) -> {
                    byte[] copy = new byte[limit - position];
                    bytes.get(position, copy);
                    text.append(new String(copy, StandardCharsets.UTF_8));
                    return copy.length;
                },
                task -> {},
                () -> {});
    }
}
