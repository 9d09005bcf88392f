package io.github.nettyping.probe;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.packet.IpFamily;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalInt;

/** Which outcome becomes which exception, with which words. Stateless. */
final class ProbeExceptions {

    private ProbeExceptions() {}

    private static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString() + " s";
    }

    /**
     * Returns the exception that stands for an outcome.
     *
     * @throws IllegalArgumentException if it is a reply
     */
    static ProbeException of(ProbeOutcome outcome) {
        if (outcome instanceof IcmpErrorOutcome error) {
            return ofError(error);
        } else if (outcome instanceof TimedOut timedOut) {
            return new ProbeTimeoutException(
                    target(outcome) + "no reply to " + tries(outcome) + ", of which the first waited "
                            + seconds(outcome.probe().options().timeout()),
                    timedOut);
        } else if (outcome instanceof NotSent notSent) {
            return new NotSentException(target(outcome) + reason(notSent), notSent);
        } else if (outcome instanceof DroppedLocally dropped) {
            return new DroppedLocallyException(
                    target(outcome) + "no reply to " + tries(outcome)
                            + dropped.lostInterface()
                                    .map(name -> ", but the interface " + name
                                            + " lost its carrier or changed its MTU meanwhile")
                                    .orElse(
                                            ", but this host dropped received packets meanwhile; a larger receive buffer"
                                                    + " helps (see nettyping doctor)"),
                    dropped);
        }
        throw new IllegalArgumentException("outcome: " + outcome + " (expected: no reply)");
    }

    private static IcmpErrorException ofError(IcmpErrorOutcome outcome) {
        IcmpError error = outcome.error();
        String message = target(outcome) + text(error);
        if (error instanceof PacketTooBigMessage) {
            return new FragmentationNeededException(message, outcome);
        } else if (error instanceof DestinationUnreachableMessage) {
            return error.family() == IpFamily.IPV4 ? ofCode(message, outcome) : ofCodeV6(message, outcome);
        } else if (error instanceof TimeExceededMessage) {
            return switch (error.code()) {
                case 0 -> new HopLimitExceededException(message, outcome);
                case 1 -> new ReassemblyTimeoutException(message, outcome);
                default -> new TimeExceededException(message, outcome);
            };
        }
        return new IcmpErrorException(message, outcome);
    }

    // RFC 792, page 4; RFC 1122, section 3.2.2.1; RFC 1812, section 5.2.7.1. 14 and 15: operators do not permit this
    // precedence, RFC 1812, section 5.3.3.3. 8, "source host isolated", is none of these.
    private static DestinationUnreachableException ofCode(String message, IcmpErrorOutcome outcome) {
        return switch (outcome.error().code()) {
            case 0, 6, 11 -> new NetworkUnreachableException(message, outcome);
            case 1, 7, 12 -> new HostUnreachableException(message, outcome);
            case 2 -> new ProtocolUnreachableException(message, outcome);
            case 3 -> new PortUnreachableException(message, outcome);
            case 4 -> new FragmentationNeededException(message, outcome);
            case 5 -> new SourceRouteFailedException(message, outcome);
            case 9, 10, 13, 14, 15 -> new CommunicationProhibitedException(message, outcome);
            default -> new DestinationUnreachableException(message, outcome);
        };
    }

    // RFC 4443, section 3.1, which calls 5 and 6 more informative subsets of 1; 7 is of RFC 6554.
    private static DestinationUnreachableException ofCodeV6(String message, IcmpErrorOutcome outcome) {
        return switch (outcome.error().code()) {
            case 0 -> new NetworkUnreachableException(message, outcome);
            case 1, 5, 6 -> new CommunicationProhibitedException(message, outcome);
            case 3 -> new HostUnreachableException(message, outcome);
            case 4 -> new PortUnreachableException(message, outcome);
            case 7 -> new SourceRouteFailedException(message, outcome);
            default -> new DestinationUnreachableException(message, outcome);
        };
    }

    private static String target(ProbeOutcome outcome) {
        return outcome.probe().target() + ": ";
    }

    private static String text(IcmpError error) {
        OptionalInt mtu = FragmentationNeededException.nextHopMtu(error);
        return error.name() + (mtu.isPresent() ? ", the next hop takes " + mtu.getAsInt() + " bytes" : "") + " ("
                + (error.family() == IpFamily.IPV4 ? "ICMP" : "ICMPv6") + " type " + error.type() + ", code "
                + error.code() + ')'
                + error.from().map(from -> ", reported by " + from).orElse("");
    }

    private static String tries(ProbeOutcome outcome) {
        return outcome.attempts() == 1 ? "1 try" : outcome.attempts() + " tries";
    }

    private static String reason(NotSent outcome) {
        return switch (outcome.reason()) {
            case REFUSED_BY_KERNEL ->
                "not sent: " + outcome.cause().map(Throwable::getMessage).orElse("refused by the kernel");
            case NO_FREE_SLOT -> "not sent: as many probes are in flight as may be";
            case UNSUPPORTED_OPTION ->
                "not sent: the socket cannot give a single packet these options; set them for the channel";
            case WRITE_FAILED -> "not sent: a handler or the channel did not take the packet";
            case CHANNEL_CLOSED ->
                outcome.attempts() == 0
                        ? "not sent: the channel is closed"
                        : "the channel was closed after " + tries(outcome);
        };
    }
}
