package io.github.nettyping.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.ParameterProblemMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeExceptionTest {

    private static final IpAddress IPV4 = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress IPV6 = new IpAddress(0x2001_0db8_0000_0000L, 1, 0);
    private static final IpAddress ROUTER = IpAddress.ofIpv4(0xc633_6401);

    private static Probe probe(IpFamily family) {
        return new Probe(
                family == IpFamily.IPV4 ? IPV4 : IPV6,
                ProbeOptions.builder().timeout(Duration.ofMillis(200)).build());
    }

    private static ErrorReport report(IpFamily family, int type, int code) {
        return new ErrorReport(family, type, code, Optional.of(ROUTER), Optional.empty(), 0, OptionalLong.empty());
    }

    private static ProbeException thrown(ProbeOutcome outcome) {
        return catchThrowableOfType(ProbeException.class, outcome::orThrow);
    }

    private static IcmpErrorException unreachable(IpFamily family, int code, OptionalInt mtu) {
        IcmpError error = new DestinationUnreachableMessage(report(family, family == IpFamily.IPV4 ? 3 : 1, code), mtu);
        return (IcmpErrorException)
                thrown(new Unreachable(probe(family), 1, 1, error, 0, 5, RttSource.USER_TX_KERNEL_RX));
    }

    private static IcmpErrorException unreachable(IpFamily family, int code) {
        return unreachable(family, code, OptionalInt.empty());
    }

    private static IcmpErrorException other(IpFamily family, IcmpError error) {
        return (IcmpErrorException)
                thrown(new OtherIcmpError(probe(family), 1, 1, error, 0, 5, RttSource.USER_TX_KERNEL_RX));
    }

    @Test
    void replyIsReturnedAsItIs() {
        Replied reply = new Replied(
                probe(IpFamily.IPV4),
                1,
                1,
                IPV4,
                0,
                5,
                RttSource.USER_CLOCK,
                OptionalInt.empty(),
                OptionalInt.empty(),
                64,
                Set.of());

        assertThat(reply.orThrow()).isSameAs(reply);
    }

    // The names of the codes are the IANA's; RFC 792, RFC 1122, RFC 1812.
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0, NetworkUnreachableException, net_unreachable",
        "1, HostUnreachableException, host_unreachable",
        "2, ProtocolUnreachableException, protocol_unreachable",
        "3, PortUnreachableException, port_unreachable",
        "4, FragmentationNeededException, fragmentation_needed",
        "5, SourceRouteFailedException, source_route_failed",
        "6, NetworkUnreachableException, net_unknown",
        "7, HostUnreachableException, host_unknown",
        "8, DestinationUnreachableException, source_host_isolated",
        "9, CommunicationProhibitedException, net_prohibited",
        "10, CommunicationProhibitedException, host_prohibited",
        "11, NetworkUnreachableException, net_unreachable_for_tos",
        "12, HostUnreachableException, host_unreachable_for_tos",
        "13, CommunicationProhibitedException, admin_prohibited",
        "14, CommunicationProhibitedException, host_precedence_violation",
        "15, CommunicationProhibitedException, precedence_cutoff",
        "16, DestinationUnreachableException, destination_unreachable_code_16",
        "255, DestinationUnreachableException, destination_unreachable_code_255"
    })
    void everyCodeOfIcmpUnreachableHasItsClass(int code, String type, String name) {
        IcmpErrorException exception = unreachable(IpFamily.IPV4, code);

        assertThat(exception).isInstanceOf(DestinationUnreachableException.class);
        assertThat(exception.getClass().getSimpleName()).isEqualTo(type);
        assertThat(exception)
                .hasMessage("192.0.2.1: " + name + " (ICMP type 3, code " + code + "), reported by 198.51.100.1");
    }

    // RFC 4443, RFC 6554, RFC 8883, RFC 9914.
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0, NetworkUnreachableException, no_route",
        "1, CommunicationProhibitedException, admin_prohibited",
        "2, DestinationUnreachableException, beyond_scope",
        "3, HostUnreachableException, address_unreachable",
        "4, PortUnreachableException, port_unreachable",
        "5, CommunicationProhibitedException, source_policy_failed",
        "6, CommunicationProhibitedException, reject_route",
        "7, SourceRouteFailedException, source_routing_header_error",
        "8, DestinationUnreachableException, headers_too_long",
        "9, DestinationUnreachableException, p_route_error",
        "10, DestinationUnreachableException, destination_unreachable_code_10"
    })
    void everyCodeOfIcmpv6UnreachableHasItsClass(int code, String type, String name) {
        IcmpErrorException exception = unreachable(IpFamily.IPV6, code);

        assertThat(exception).isInstanceOf(DestinationUnreachableException.class);
        assertThat(exception.getClass().getSimpleName()).isEqualTo(type);
        assertThat(exception)
                .hasMessage("2001:db8::1: " + name + " (ICMPv6 type 1, code " + code + "), reported by 198.51.100.1");
    }

    @Test
    void everySubclassIsReached() {
        Set<Class<?>> reached = new HashSet<>();
        for (IpFamily family : IpFamily.values()) {
            IntStream.range(0, 256).forEach(code -> {
                reached.add(unreachable(family, code).getClass());
                reached.add(timeExceeded(family, code).getClass());
            });
        }
        assertThat(reached)
                .containsAll(permitted(DestinationUnreachableException.class))
                .containsAll(permitted(TimeExceededException.class))
                .contains(DestinationUnreachableException.class, TimeExceededException.class);
    }

    private static List<Class<?>> permitted(Class<?> type) {
        return Arrays.asList(type.getPermittedSubclasses());
    }

    @Test
    void fragmentationNeededTellsTheMtuOfTheNextHop() {
        IcmpErrorException exception = unreachable(IpFamily.IPV4, 4, OptionalInt.of(1280));

        assertThat(((FragmentationNeededException) exception).nextHopMtu()).hasValue(1280);
        assertThat(exception)
                .hasMessage("192.0.2.1: fragmentation_needed, the next hop takes 1280 bytes (ICMP type 3, code 4),"
                        + " reported by 198.51.100.1");
        assertThat(((FragmentationNeededException) unreachable(IpFamily.IPV4, 4)).nextHopMtu())
                .isEmpty();
    }

    @Test
    void packetTooBigOfIcmpv6IsFragmentationNeeded() {
        IcmpErrorException exception = other(IpFamily.IPV6, new PacketTooBigMessage(report(IpFamily.IPV6, 2, 0), 1280));

        assertThat(((FragmentationNeededException) exception).nextHopMtu()).hasValue(1280);
        assertThat(exception.outcome().kind()).isEqualTo(ProbeOutcome.Kind.OTHER_ICMP_ERROR);
        assertThat(exception)
                .hasMessage("2001:db8::1: packet_too_big, the next hop takes 1280 bytes (ICMPv6 type 2, code 0),"
                        + " reported by 198.51.100.1");
        exception = other(IpFamily.IPV6, new PacketTooBigMessage(report(IpFamily.IPV6, 2, 0), 0));
        assertThat(((FragmentationNeededException) exception).nextHopMtu()).isEmpty();
    }

    private static IcmpErrorException timeExceeded(IpFamily family, int code) {
        IcmpError error = new TimeExceededMessage(report(family, family == IpFamily.IPV4 ? 11 : 3, code));
        return (IcmpErrorException)
                thrown(new TimeExceeded(probe(family), 1, 1, error, 0, 5, RttSource.USER_TX_KERNEL_RX));
    }

    @ParameterizedTest
    @EnumSource
    void timeExceededTellsHopsFromFragments(IpFamily family) {
        IcmpErrorException exception = timeExceeded(family, 0);
        assertThat(exception)
                .isExactlyInstanceOf(HopLimitExceededException.class)
                .isInstanceOf(TimeExceededException.class)
                .hasMessageContaining(": ttl_exceeded (ICMP" + (family == IpFamily.IPV4 ? " type 11" : "v6 type 3"));
        assertThat(timeExceeded(family, 1))
                .isExactlyInstanceOf(ReassemblyTimeoutException.class)
                .hasMessageContaining(": reassembly_timeout (");
        assertThat(timeExceeded(family, 2))
                .isExactlyInstanceOf(TimeExceededException.class)
                .hasMessageContaining(": time_exceeded_code_2 (");
    }

    @Test
    void anyOtherErrorIsAnIcmpErrorException() {
        IcmpError error = new ParameterProblemMessage(report(IpFamily.IPV4, 12, 0), 20);
        IcmpErrorException exception = other(IpFamily.IPV4, error);

        assertThat(exception)
                .isExactlyInstanceOf(IcmpErrorException.class)
                .hasMessage("192.0.2.1: parameter_problem (ICMP type 12, code 0), reported by 198.51.100.1");
        assertThat(exception.error()).isSameAs(error);
        assertThat(exception.outcome().rttNanos()).isEqualTo(5);
    }

    @Test
    void reporterIsLeftOutWhereTheKernelDidNotTell() {
        ErrorReport report =
                new ErrorReport(IpFamily.IPV4, 3, 1, Optional.empty(), Optional.empty(), 0, OptionalLong.empty());
        IcmpError error = new DestinationUnreachableMessage(report, OptionalInt.empty());

        assertThat(thrown(new Unreachable(probe(IpFamily.IPV4), 1, 1, error, 0, 5, RttSource.USER_CLOCK)))
                .hasMessage("192.0.2.1: host_unreachable (ICMP type 3, code 1)");
    }

    @Test
    void silenceTellsHowOftenItWasTried() {
        TimedOut outcome = new TimedOut(probe(IpFamily.IPV4), 2, 0);
        ProbeException exception = thrown(outcome);

        assertThat(exception)
                .isExactlyInstanceOf(ProbeTimeoutException.class)
                .hasMessage("192.0.2.1: no reply to 2 tries, of which the first waited 0.2 s");
        assertThat(exception.outcome()).isSameAs(outcome);
        assertThat(thrown(new TimedOut(probe(IpFamily.IPV4), 1, 0))).hasMessageContaining("no reply to 1 try");
    }

    @Test
    void localDropsAreNoSilence() {
        ProbeException exception = thrown(new DroppedLocally(probe(IpFamily.IPV4), 1, 0));

        assertThat(exception)
                .isExactlyInstanceOf(DroppedLocallyException.class)
                .hasMessageStartingWith("192.0.2.1: no reply to 1 try, but this host dropped received packets");
        assertThat(((DroppedLocallyException) exception).outcome().attempts()).isOne();
    }

    @Test
    void refusalOfTheKernelIsTheCause() {
        SystemCallException refusal = new SystemCallException("sendmmsg", 1, "EPERM", "a firewall");
        NotSentException exception = (NotSentException)
                thrown(new NotSent(probe(IpFamily.IPV4), 1, NotSent.Reason.REFUSED_BY_KERNEL, Optional.of(refusal)));

        assertThat(exception).hasCause(refusal).hasMessage("192.0.2.1: not sent: sendmmsg: EPERM; a firewall");
        assertThat(exception.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED_BY_KERNEL, 1, not sent: refused by the kernel",
        "NO_FREE_SLOT, 0, not sent: as many probes are in flight as may be",
        "UNSUPPORTED_OPTION, 1, not sent: the socket cannot give a single packet these options; set them for the channel",
        "WRITE_FAILED, 0, not sent: a handler or the channel did not take the packet",
        "CHANNEL_CLOSED, 0, not sent: the channel is closed",
        "CHANNEL_CLOSED, 2, the channel was closed after 2 tries"
    })
    void everyReasonNotToSendHasItsWords(NotSent.Reason reason, int attempts, String words) {
        assertThat(thrown(new NotSent(probe(IpFamily.IPV4), attempts, reason, Optional.empty())))
                .isExactlyInstanceOf(NotSentException.class)
                .hasNoCause()
                .hasMessage("192.0.2.1: " + words);
    }

    @Test
    void everyKindOfOutcomeButRepliedThrows() {
        Set<Class<?>> bases = Set.of(
                IcmpErrorException.class,
                ProbeTimeoutException.class,
                NotSentException.class,
                DroppedLocallyException.class);

        assertThat(Stream.of(ProbeException.class.getPermittedSubclasses())).containsExactlyInAnyOrderElementsOf(bases);
        assertThat(ProbeException.class).isAbstract();
        assertThat(RuntimeException.class).isAssignableFrom(ProbeException.class);
    }

    @Test
    void ofASerialisedExceptionTheMessageIsLeft() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(unreachable(IpFamily.IPV4, 1));
        }
        IcmpErrorException copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (IcmpErrorException) in.readObject();
        }

        assertThat(copy).isExactlyInstanceOf(HostUnreachableException.class).hasMessageContaining("host_unreachable");
        assertThatIllegalStateException().isThrownBy(copy::outcome).withMessageContaining("serialised");
        assertThatIllegalStateException().isThrownBy(copy::error);
    }
}
