package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.OtherIcmpError;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What the tests of ping need. */
public final class PingSamples {

    public static final PingPlan ENDLESS = plan(OptionalLong.empty(), Pace.every(Duration.ofSeconds(1)), false);

    static final PingView TEXT = new PingView(
            ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, false, false, false, false, false, Colour.NONE);

    /** Whatever the kernel likes. */
    static final PingPacketSettings ANY_PACKETS = new PingPacketSettings(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            List.of(),
            OptionalInt.empty(),
            false,
            false,
            OptionalInt.empty(),
            Optional.empty());

    /** Nothing is told of the packets. */
    static final IputilsLines.Wire UNTOLD =
            new IputilsLines.Wire(false, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false);

    private PingSamples() {}

    static PingPlan plan(OptionalLong count, Pace pace, boolean flood) {
        return new PingPlan(
                count,
                pace,
                flood,
                Optional.of(Duration.ofSeconds(10)),
                Optional.empty(),
                56,
                Optional.empty(),
                false,
                1,
                false);
    }

    static PingPlan count(long count) {
        return plan(OptionalLong.of(count), ENDLESS.pace(), false);
    }

    static PingPlan flood(long count) {
        return plan(OptionalLong.of(count), Pace.asAnswered(PingPlan.SILENCE), true);
    }

    static PingPlan withDeadline(PingPlan plan, Duration deadline) {
        return new PingPlan(
                plan.count(),
                plan.pace(),
                plan.flood(),
                plan.timeout(),
                Optional.of(deadline),
                plan.payloadBytes(),
                plan.pattern(),
                false,
                1,
                false);
    }

    public static PingPlan withSize(int payloadBytes) {
        return new PingPlan(
                ENDLESS.count(),
                ENDLESS.pace(),
                false,
                ENDLESS.timeout(),
                ENDLESS.deadline(),
                payloadBytes,
                ENDLESS.pattern(),
                false,
                1,
                false);
    }

    public static PingHost host(String word, String address) {
        return new PingHost(word, SampleOutcomes.address(address), Optional.empty(), false);
    }

    static PingHost group(String address) {
        return new PingHost(address, SampleOutcomes.address(address), Optional.empty(), true);
    }

    static PingView verbose() {
        return new PingView(
                ResultFormat.Name.TEXT, false, PingView.Names.AS_TYPED, false, false, false, true, false, Colour.NONE);
    }

    /** Returns where a host's lines go, with an MTU of 1,280 for whatever is too long. */
    static IputilsPing.Console console(PingLines lines, PrintWriter err) {
        return new IputilsPing.Console(
                lines, err, "", InstantSource.fixed(Instant.EPOCH), UNTOLD, address -> OptionalInt.of(1_280));
    }

    public static Replied reply(String from, long rttNanos) {
        return reply(from, rttNanos, OptionalInt.of(64), 64, ReplyFlag.setOf(0));
    }

    public static Replied reply(String from, long rttNanos, OptionalInt hopLimit, int icmpBytes, Set<ReplyFlag> flags) {
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

    static IcmpErrorOutcome redirect(String target, String from, String gateway) {
        ErrorReport report = new ErrorReport(
                IpFamily.IPV4,
                5,
                1,
                Optional.of(SampleOutcomes.address(from)),
                Optional.empty(),
                0,
                OptionalLong.empty());
        RedirectMessage message = new RedirectMessage(report, SampleOutcomes.address(gateway));
        Probe probe = new Probe(SampleOutcomes.address(target), ProbeOptions.defaults());
        return new OtherIcmpError(probe, 1, 1, message, 0, 1, RttSource.USER_CLOCK);
    }

    /** Returns an output that is written into a buffer whenever it is flushed. */
    public static Output output(StringBuilder text) {
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
