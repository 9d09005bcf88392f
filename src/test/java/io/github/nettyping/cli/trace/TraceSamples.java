package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.ExtensionObject;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopAnswer;
import io.github.nettyping.trace.HopTimes;
import io.github.nettyping.trace.TraceResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Hops and the ways they make. */
final class TraceSamples {

    static final IpAddress TARGET = SampleOutcomes.address("198.51.100.7");

    static final HopTimes TIMES = new HopTimes(3, 240_000, 160_000, 213_333.4, 260_000, 38_586.6);

    static final TraceResult.Refusal NO_ROUTE = new TraceResult.Refusal(
            NotSent.Reason.REFUSED_BY_KERNEL,
            Optional.of(new SystemCallException("sendmmsg", 101, "ENETUNREACH", "this machine has no route there")));

    private TraceSamples() {}

    /** A hop of three probes, all answered. */
    static Hop hop(int number, String... from) {
        return new Hop(
                number,
                Arrays.stream(from).map(SampleOutcomes::address).toList(),
                3,
                3,
                0,
                Optional.of(TIMES),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                answers(from));
    }

    private static List<HopAnswer> answers(String... from) {
        return IntStream.range(0, 3)
                .mapToObj(i -> new HopAnswer(
                        from.length == 0
                                ? Optional.empty()
                                : Optional.of(SampleOutcomes.address(from[Math.min(i, from.length - 1)])),
                        OptionalLong.of(160_000 + 50_000 * i)))
                .toList();
    }

    /** A hop of three probes, one of them answered. */
    static Hop lossy(int number, String from) {
        HopTimes once = new HopTimes(1, 1_234_560_000, 1_234_560_000, 1_234_560_000, 1_234_560_000, 0);
        Hop full = hop(number, from);
        HopAnswer lost = new HopAnswer(Optional.empty(), OptionalLong.empty());
        HopAnswer late = new HopAnswer(Optional.of(full.from().get(0)), OptionalLong.of(1_234_560_000));
        return new Hop(
                number,
                full.from(),
                3,
                1,
                0,
                Optional.of(once),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                List.of(lost, late, lost));
    }

    static Hop silent(int number) {
        HopAnswer lost = new HopAnswer(Optional.empty(), OptionalLong.empty());
        return new Hop(
                number,
                List.of(),
                3,
                0,
                0,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                List.of(lost, lost, lost));
    }

    static Hop withMtu(Hop hop, int mtu) {
        return new Hop(
                hop.number(),
                hop.from(),
                hop.sent(),
                hop.received(),
                hop.sentInVain(),
                hop.times(),
                OptionalInt.of(mtu),
                hop.extensions(),
                hop.error(),
                hop.newest());
    }

    static Hop withError(Hop hop, IcmpError error) {
        return new Hop(
                hop.number(),
                hop.from(),
                hop.sent(),
                hop.received(),
                hop.sentInVain(),
                hop.times(),
                hop.mtu(),
                hop.extensions(),
                Optional.of(error),
                hop.newest());
    }

    static Hop withLabels(Hop hop, MplsLabelStack.Label... labels) {
        List<ExtensionObject> extensions = List.of(new MplsLabelStack(List.of(labels)));
        return new Hop(
                hop.number(),
                hop.from(),
                hop.sent(),
                hop.received(),
                hop.sentInVain(),
                hop.times(),
                hop.mtu(),
                extensions,
                hop.error(),
                hop.newest());
    }

    static ErrorReport error(IpFamily family, int type, int code) {
        Optional<IpAddress> from =
                Optional.of(SampleOutcomes.address(family == IpFamily.IPV4 ? "198.18.1.2" : "fd00:18:1::2"));
        return new ErrorReport(family, type, code, from, Optional.empty(), 0, OptionalLong.empty());
    }

    static IcmpError hostUnreachable() {
        return new DestinationUnreachableMessage(error(IpFamily.IPV4, 3, 1), OptionalInt.empty());
    }

    static IcmpError fragmentationNeeded(int mtu) {
        return new DestinationUnreachableMessage(error(IpFamily.IPV4, 3, 4), OptionalInt.of(mtu));
    }

    /** The way to {@link #TARGET}. */
    static TraceResult reached(Hop... hops) {
        return result(TraceResult.Ending.REACHED, hops);
    }

    static TraceResult result(TraceResult.Ending ending, Hop... hops) {
        return new TraceResult(TARGET, List.of(hops), ending, OptionalInt.empty(), Optional.empty());
    }

    static TraceResult withPathMtu(TraceResult result, int pathMtu) {
        return new TraceResult(
                result.target(), result.hops(), result.ending(), OptionalInt.of(pathMtu), result.refusal());
    }

    static TraceResult withRefusal(TraceResult result, TraceResult.Refusal refusal) {
        return new TraceResult(result.target(), result.hops(), result.ending(), result.pathMtu(), Optional.of(refusal));
    }
}
