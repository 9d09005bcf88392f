package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors that arrive as ordinary packets, on raw sockets. */
class IcmpErrorTest {

    /** A router's report, worked out by hand from RFC 791 and RFC 792. */
    private static final byte[] HOST_UNREACHABLE = Packets.hex(
            "45", // version 4, header of 5 words
            "c0", // type of service: internetwork control
            "0038", // total length: 56
            "1234 0000", // identification, flags and fragment offset
            "3f", // time to live: 63
            "01", // protocol: ICMP
            "7c9b", // header checksum
            "c6336401", // source 198.51.100.1
            "c0000201", // destination 192.0.2.1
            "03", // type: destination unreachable
            "01", // code: host unreachable
            "f195", // checksum
            "00000000", // unused
            "45", // quoted: version 4, header of 5 words
            "00", // type of service
            "0054", // total length: 84, of which 28 are quoted
            "abcd 4000", // identification, don't fragment
            "05", // time to live: 5
            "01", // protocol: ICMP
            "41c3", // header checksum
            "c0000201", // source 192.0.2.1
            "c6120005", // destination 198.18.0.5
            "08", // type: echo request
            "00", // code
            "9abc", // checksum
            "1234", // identifier
            "5678"); // sequence

    private static final byte[] REQUEST_V4 = Packets.hex("08 00 0000 1234 5678");
    private static final byte[] REQUEST_V6 = Packets.hex("80 00 0000 1234 5678");

    private static IcmpPacket error(SocketKind kind, int type, int code, String rest, byte[] quote) {
        byte[] header = Packets.hex("0000 0000", rest);
        header[IcmpHeader.TYPE] = (byte) type;
        header[IcmpHeader.CODE] = (byte) code;
        IpAddress from = kind.family() == IpFamily.IPV4 ? Packets.ROUTER : Packets.ROUTER_V6;
        return Packets.delivered(kind, from, Packets.concat(header, quote));
    }

    private static byte[] quoteFor(SocketKind kind) {
        return kind.family() == IpFamily.IPV4
                ? Packets.ipv4(Packets.US, Packets.TARGET, REQUEST_V4)
                : Packets.ipv6(Packets.US_V6, Packets.TARGET_V6, Ipv6Header.ICMPV6, REQUEST_V6);
    }

    @Test
    void decodesAGoldenReport() {
        IcmpPacket packet = Packets.packet(Packets.ROUTER, HOST_UNREACHABLE).received(11, 22, 33);
        ByteBuf content = packet.content();

        DestinationUnreachableMessage error =
                Packets.decode(DestinationUnreachableMessage.class, SocketKind.IPV4_RAW, packet);

        assertThat(error.family()).isEqualTo(IpFamily.IPV4);
        assertThat(error.type()).isEqualTo(3);
        assertThat(error.code()).isEqualTo(1);
        assertThat(error.name()).isEqualTo("host_unreachable");
        assertThat(error.from()).contains(Packets.ROUTER);
        assertThat(error.nextHopMtu()).isEmpty();
        assertThat(error.kernelReceiveNanos()).hasValue(11);
        assertThat(error.readNanos()).isEqualTo(22);
        Quote quote = error.quote().orElseThrow();
        assertThat(quote.destination()).isEqualTo(Packets.TARGET);
        assertThat(quote.source()).contains(Packets.US);
        assertThat(quote.type()).isEqualTo(8);
        assertThat(quote.identifier()).isEqualTo(0x1234);
        assertThat(quote.sequence()).isEqualTo(0x5678);
        assertThat(quote.payloadBytes()).isZero();
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void receiveTimeIsEmptyWithoutAStamp() {
        IcmpPacket packet = Packets.packet(Packets.ROUTER, HOST_UNREACHABLE).received(0, 22, 33);

        assertThat(Packets.decode(IcmpError.class, SocketKind.IPV4_RAW, packet).kernelReceiveNanos())
                .isEmpty();
    }

    @Test
    void errorTruncatedAtAnyLengthQuotesNothing() {
        for (int length = 28; length < HOST_UNREACHABLE.length; length++) {
            byte[] icmp = Arrays.copyOfRange(HOST_UNREACHABLE, 20, length);
            IcmpPacket packet = Packets.delivered(SocketKind.IPV4_RAW, Packets.ROUTER, icmp);
            ByteBuf content = packet.content();

            IcmpError error = Packets.decode(IcmpError.class, SocketKind.IPV4_RAW, packet);

            assertThat(error.name()).isEqualTo("host_unreachable");
            assertThat(error.quote()).isEmpty();
            assertThat(content.refCnt()).isZero();
        }
    }

    /** Names by RFC; what every error has is the same for all. */
    @ParameterizedTest
    @CsvSource({
        // RFC 792, page 4
        "IPV4_RAW, 3, 0, net_unreachable",
        "IPV4_RAW, 3, 1, host_unreachable",
        "IPV4_RAW, 3, 2, protocol_unreachable",
        "IPV4_RAW, 3, 3, port_unreachable",
        "IPV4_RAW, 3, 4, fragmentation_needed",
        "IPV4_RAW, 3, 5, source_route_failed",
        // RFC 1122, section 3.2.2.1
        "IPV4_RAW, 3, 6, net_unknown",
        "IPV4_RAW, 3, 7, host_unknown",
        "IPV4_RAW, 3, 8, source_host_isolated",
        "IPV4_RAW, 3, 9, net_prohibited",
        "IPV4_RAW, 3, 10, host_prohibited",
        "IPV4_RAW, 3, 11, net_unreachable_for_tos",
        "IPV4_RAW, 3, 12, host_unreachable_for_tos",
        // RFC 1812, section 5.2.7.1
        "IPV4_RAW, 3, 13, admin_prohibited",
        "IPV4_RAW, 3, 14, host_precedence_violation",
        "IPV4_RAW, 3, 15, precedence_cutoff",
        "IPV4_RAW, 3, 16, destination_unreachable_code_16",
        "IPV4_RAW, 3, 255, destination_unreachable_code_255",
        // RFC 792, pages 6 to 12
        "IPV4_RAW, 11, 0, ttl_exceeded",
        "IPV4_RAW, 11, 1, reassembly_timeout",
        "IPV4_RAW, 11, 2, time_exceeded_code_2",
        "IPV4_RAW, 12, 0, parameter_problem",
        "IPV4_RAW, 12, 1, required_option_missing",
        "IPV4_RAW, 12, 2, bad_length",
        "IPV4_RAW, 12, 3, parameter_problem_code_3",
        "IPV4_RAW, 4, 0, source_quench",
        "IPV4_RAW, 4, 1, source_quench_code_1",
        "IPV4_RAW, 5, 0, redirect_net",
        "IPV4_RAW, 5, 1, redirect_host",
        "IPV4_RAW, 5, 2, redirect_tos_net",
        "IPV4_RAW, 5, 3, redirect_tos_host",
        "IPV4_RAW, 5, 4, redirect_code_4",
        // RFC 4443, section 3.1; RFC 6554; RFC 8883; RFC 9914
        "IPV6_RAW, 1, 0, no_route",
        "IPV6_RAW, 1, 1, admin_prohibited",
        "IPV6_RAW, 1, 2, beyond_scope",
        "IPV6_RAW, 1, 3, address_unreachable",
        "IPV6_RAW, 1, 4, port_unreachable",
        "IPV6_RAW, 1, 5, source_policy_failed",
        "IPV6_RAW, 1, 6, reject_route",
        "IPV6_RAW, 1, 7, source_routing_header_error",
        "IPV6_RAW, 1, 8, headers_too_long",
        "IPV6_RAW, 1, 9, p_route_error",
        "IPV6_RAW, 1, 10, destination_unreachable_code_10",
        // RFC 4443, sections 3.2 and 3.3
        "IPV6_RAW, 2, 0, packet_too_big",
        "IPV6_RAW, 2, 9, packet_too_big",
        "IPV6_RAW, 3, 0, ttl_exceeded",
        "IPV6_RAW, 3, 1, reassembly_timeout",
        "IPV6_RAW, 3, 2, time_exceeded_code_2",
        // RFC 4443, section 3.4; RFC 7112; RFC 8754; RFC 8883
        "IPV6_RAW, 4, 0, erroneous_header_field",
        "IPV6_RAW, 4, 1, unrecognized_next_header",
        "IPV6_RAW, 4, 2, unrecognized_option",
        "IPV6_RAW, 4, 3, incomplete_header_chain",
        "IPV6_RAW, 4, 4, sr_upper_layer_header_error",
        "IPV6_RAW, 4, 5, unrecognized_next_header_by_router",
        "IPV6_RAW, 4, 6, extension_header_too_big",
        "IPV6_RAW, 4, 7, extension_header_chain_too_long",
        "IPV6_RAW, 4, 8, too_many_extension_headers",
        "IPV6_RAW, 4, 9, too_many_options_in_extension_header",
        "IPV6_RAW, 4, 10, option_too_big",
        "IPV6_RAW, 4, 11, parameter_problem_code_11"
    })
    void namesEveryTypeAndCode(SocketKind kind, int type, int code, String name) {
        IcmpError error = Packets.decode(IcmpError.class, kind, error(kind, type, code, "00000000", quoteFor(kind)));

        assertThat(error.name()).isEqualTo(name);
        assertThat(error.family()).isEqualTo(kind.family());
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.quote().orElseThrow().sequence()).isEqualTo(0x5678);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 000005dc, 1500", // RFC 1191: the lower 16 bits
        "4, ffff0400, 1024",
        "4, 00000000, ", // a router older than RFC 1191
        "3, 000005dc, " // another code: those bits are unused
    })
    void nextHopMtuIsToldByFragmentationNeededAlone(int code, String rest, Integer mtu) {
        DestinationUnreachableMessage error = Packets.decode(
                DestinationUnreachableMessage.class,
                SocketKind.IPV4_RAW,
                error(SocketKind.IPV4_RAW, 3, code, rest, quoteFor(SocketKind.IPV4_RAW)));

        assertThat(error.nextHopMtu().stream().boxed().findAny().orElse(null)).isEqualTo(mtu);
    }

    @Test
    void nextHopMtuIsNotReadFromIpv6() {
        DestinationUnreachableMessage error = Packets.decode(
                DestinationUnreachableMessage.class,
                SocketKind.IPV6_RAW,
                error(SocketKind.IPV6_RAW, 1, 4, "000005dc", quoteFor(SocketKind.IPV6_RAW)));

        assertThat(error.nextHopMtu()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"00000500, 1280", "7fffffff, 2147483647", "ffffffff, 2147483647"})
    void packetTooBigTellsTheMtu(String rest, int mtu) {
        PacketTooBigMessage error = Packets.decode(
                PacketTooBigMessage.class,
                SocketKind.IPV6_RAW,
                error(SocketKind.IPV6_RAW, 2, 0, rest, quoteFor(SocketKind.IPV6_RAW)));

        assertThat(error.mtu()).isEqualTo(mtu);
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_RAW, 12, ff000000, 255", // the first byte
        "IPV6_RAW, 4, fffffffe, 4294967294" // all four, unsigned
    })
    void parameterProblemPointsAtTheByteAtFault(SocketKind kind, int type, String rest, long pointer) {
        ParameterProblemMessage error =
                Packets.decode(ParameterProblemMessage.class, kind, error(kind, type, 0, rest, quoteFor(kind)));

        assertThat(error.pointer()).isEqualTo(pointer);
    }

    @Test
    void redirectNamesTheOtherRouter() {
        RedirectMessage error = Packets.decode(
                RedirectMessage.class,
                SocketKind.IPV4_RAW,
                error(SocketKind.IPV4_RAW, 5, 1, "c63364fe", quoteFor(SocketKind.IPV4_RAW)));

        assertThat(error.gateway()).hasToString("198.51.100.254");
    }
}
