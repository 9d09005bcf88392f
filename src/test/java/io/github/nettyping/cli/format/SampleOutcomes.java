package io.github.nettyping.cli.format;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.SourceQuenchMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.OtherIcmpError;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimeExceeded;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One outcome of each kind. */
public final class SampleOutcomes {

    /** 2026-01-01T00:00:00.000000001Z. */
    public static final long SENT_AT = 1_767_225_600_000_000_001L;

    private SampleOutcomes() {}

    public static ProbeOutcome replied(String target, long rttNanos) {
        return new Replied(
                probe(target),
                1,
                1,
                address(target),
                SENT_AT,
                rttNanos,
                RttSource.USER_TX_KERNEL_RX,
                OptionalInt.of(64),
                OptionalInt.empty(),
                64,
                ReplyFlag.setOf(0));
    }

    static ProbeOutcome oddReply(String target) {
        return new Replied(
                probe(target),
                3,
                2,
                address("192.0.2.9"),
                SENT_AT,
                1,
                RttSource.USER_CLOCK,
                OptionalInt.empty(),
                OptionalInt.empty(),
                24,
                ReplyFlag.setOf(ReplyFlag.DAMAGED.bit() | ReplyFlag.OTHER_SOURCE.bit()));
    }

    public static ProbeOutcome timedOut(String target) {
        return new TimedOut(probe(target), 2, SENT_AT);
    }

    public static ProbeOutcome droppedLocally(String target) {
        return new DroppedLocally(probe(target), 2, SENT_AT);
    }

    public static ProbeOutcome hostUnreachable(String target, String router) {
        return new Unreachable(
                probe(target),
                2,
                1,
                new DestinationUnreachableMessage(report(IpFamily.IPV4, 3, 1, router), OptionalInt.empty()),
                SENT_AT,
                7,
                RttSource.KERNEL_TX_RX);
    }

    static ProbeOutcome fragmentationNeeded(String target, String router) {
        return new Unreachable(
                probe(target),
                2,
                2,
                new DestinationUnreachableMessage(report(IpFamily.IPV4, 3, 4, router), OptionalInt.of(1_400)),
                SENT_AT,
                7,
                RttSource.KERNEL_TX_RX);
    }

    static ProbeOutcome packetTooBig(String target, String router) {
        return new OtherIcmpError(
                probe(target),
                2,
                2,
                new PacketTooBigMessage(report(IpFamily.IPV6, 2, 0, router), 1_280),
                SENT_AT,
                7,
                RttSource.KERNEL_TX_RX);
    }

    public static ProbeOutcome ttlExceededByNobody(String target) {
        ErrorReport report =
                new ErrorReport(IpFamily.IPV4, 11, 0, Optional.empty(), Optional.empty(), 0, OptionalLong.empty());
        return new TimeExceeded(
                probe(target), 2, 2, new TimeExceededMessage(report), SENT_AT, 7, RttSource.KERNEL_TX_RX);
    }

    public static ProbeOutcome sourceQuench(String target, String router) {
        return new OtherIcmpError(
                probe(target),
                2,
                2,
                new SourceQuenchMessage(report(IpFamily.IPV4, 4, 0, router)),
                SENT_AT,
                7,
                RttSource.KERNEL_TX_RX);
    }

    public static ProbeOutcome refused(String target) {
        return new NotSent(
                probe(target),
                1,
                NotSent.Reason.REFUSED_BY_KERNEL,
                Optional.of(new SystemCallException("sendmmsg", 101, "ENETUNREACH", "")));
    }

    public static ProbeOutcome noFreeSlot(String target) {
        return new NotSent(probe(target), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty());
    }

    private static Probe probe(String target) {
        return new Probe(address(target), ProbeOptions.defaults());
    }

    private static ErrorReport report(IpFamily family, int type, int code, String from) {
        return new ErrorReport(
                family, type, code, Optional.of(address(from)), Optional.empty(), 0, OptionalLong.empty());
    }

    /** Parses a literal; a {@code %} takes an interface index. */
    public static IpAddress address(String literal) {
        int percent = literal.indexOf('%');
        try {
            IpAddress plain =
                    IpAddress.of(InetAddress.getByName(percent < 0 ? literal : literal.substring(0, percent)));
            return percent < 0
                    ? plain
                    : new IpAddress(plain.high(), plain.low(), Integer.parseInt(literal.substring(percent + 1)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
