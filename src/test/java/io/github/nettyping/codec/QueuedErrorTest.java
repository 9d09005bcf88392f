package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.QueuedError.Origin;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors from the error queue: the quoted message without an IP header, type and code beside it. */
class QueuedErrorTest {

    /** {@code EHOSTUNREACH} of {@code asm-generic/errno.h}; the decoder does not look at it. */
    private static final int EHOSTUNREACH = 113;

    private static final byte[] PAYLOAD = Packets.hex("1122334455667788 99");

    private static byte[] request(IpFamily family) {
        return Packets.concat(Packets.hex(family == IpFamily.IPV4 ? "08" : "80", "00 9abc 1234 5678"), PAYLOAD);
    }

    private static IpAddress target(IpFamily family) {
        return family == IpFamily.IPV4 ? Packets.TARGET : Packets.TARGET_V6;
    }

    private static IpAddress router(IpFamily family) {
        return family == IpFamily.IPV4 ? Packets.ROUTER : Packets.ROUTER_V6;
    }

    private static QueuedError entry(IpFamily family, int type, int code, int info) {
        Origin origin = family == IpFamily.IPV4 ? Origin.ICMP : Origin.ICMPV6;
        return new QueuedError(EHOSTUNREACH, origin, type, code, info, Optional.of(router(family)));
    }

    private static IcmpMessage queued(SocketKind kind, QueuedError entry, byte[] bytes) {
        IcmpPacket packet = Packets.packet(target(kind.family()), bytes)
                .received(11, 22, 33)
                .queuedError(entry);
        ByteBuf content = packet.content();
        IcmpMessage message = Packets.decode(kind, packet);
        assertThat(content.refCnt()).isZero();
        return message;
    }

    private static <T extends IcmpMessage> T queued(Class<T> as, SocketKind kind, int type, int code, int info) {
        return as.cast(queued(kind, entry(kind.family(), type, code, info), request(kind.family())));
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void tellsReporterTimesAndTheQuotedProbe(SocketKind kind) {
        IpFamily family = kind.family();
        int type = family == IpFamily.IPV4 ? 3 : 1;

        IcmpError error = queued(DestinationUnreachableMessage.class, kind, type, 3, 0);

        assertThat(error.family()).isEqualTo(family);
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.code()).isEqualTo(3);
        assertThat(error.from()).contains(router(family));
        assertThat(error.kernelReceiveNanos()).hasValue(11);
        assertThat(error.readNanos()).isEqualTo(22);
        assertThat(error.quote()).contains(Quote.of(target(family), Optional.empty(), 0x1234, 0x5678, PAYLOAD));
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_DGRAM, 3, 1, host_unreachable, DestinationUnreachableMessage",
        "IPV4_DGRAM, 11, 0, ttl_exceeded, TimeExceededMessage",
        "IPV4_DGRAM, 12, 0, parameter_problem, ParameterProblemMessage",
        "IPV4_DGRAM, 4, 0, source_quench, SourceQuenchMessage",
        "IPV4_DGRAM, 5, 1, redirect_host, RedirectMessage",
        "IPV6_DGRAM, 1, 0, no_route, DestinationUnreachableMessage",
        "IPV6_DGRAM, 2, 0, packet_too_big, PacketTooBigMessage",
        "IPV6_DGRAM, 3, 0, ttl_exceeded, TimeExceededMessage",
        "IPV6_DGRAM, 4, 1, unrecognized_next_header, ParameterProblemMessage"
    })
    void everyTypeIsTheMessageItWouldBeAsAPacket(SocketKind kind, int type, int code, String name, String message) {
        IcmpError error = queued(IcmpError.class, kind, type, code, 0);

        assertThat(error.getClass().getSimpleName()).isEqualTo(message);
        assertThat(error.name()).isEqualTo(name);
    }

    @Test
    void infoIsWhatTheTypeMakesOfIt() {
        SocketKind v4 = SocketKind.IPV4_DGRAM;
        SocketKind v6 = SocketKind.IPV6_DGRAM;

        assertThat(queued(DestinationUnreachableMessage.class, v4, 3, 4, 1400).nextHopMtu())
                .hasValue(1400);
        assertThat(queued(DestinationUnreachableMessage.class, v4, 3, 4, 0).nextHopMtu())
                .isEmpty();
        assertThat(queued(DestinationUnreachableMessage.class, v4, 3, 4, 65_535).nextHopMtu())
                .hasValue(65_535);
        assertThat(queued(DestinationUnreachableMessage.class, v4, 3, 4, 65_536).nextHopMtu())
                .isEmpty();
        assertThat(queued(DestinationUnreachableMessage.class, v4, 3, 4, -1).nextHopMtu())
                .isEmpty();
        assertThat(queued(ParameterProblemMessage.class, v4, 12, 0, 20).pointer())
                .isEqualTo(20);
        assertThat(queued(RedirectMessage.class, v4, 5, 1, 0xc63364fe).gateway())
                .hasToString("198.51.100.254");
        assertThat(queued(PacketTooBigMessage.class, v6, 2, 0, 1280).mtu()).isEqualTo(1280);
        assertThat(queued(ParameterProblemMessage.class, v6, 4, 0, -2).pointer())
                .isEqualTo(0xffff_fffeL);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void quoteTruncatedAtAnyLengthIsReadOrEmpty(SocketKind kind) {
        byte[] whole = request(kind.family());
        int type = kind.family() == IpFamily.IPV4 ? 11 : 3;
        for (int length = 0; length <= whole.length; length++) {
            IcmpError error = (IcmpError) queued(kind, entry(kind.family(), type, 0, 0), Arrays.copyOf(whole, length));

            assertThat(error.quote().map(Quote::payloadBytes))
                    .isEqualTo(length < 8 ? Optional.empty() : Optional.of(length - 8));
        }
    }

    @Test
    void quoteOfAnythingButAnEchoRequestIsEmpty() {
        IcmpError error = (IcmpError)
                queued(SocketKind.IPV4_RAW, entry(IpFamily.IPV4, 3, 1, 0), Packets.hex("00 00 0000 1234 5678"));

        assertThat(error.quote()).isEmpty();
    }

    @Test
    void unknownReporterIsEmpty() {
        QueuedError entry = new QueuedError(EHOSTUNREACH, Origin.ICMP, 3, 1, 0, Optional.empty());

        IcmpError error = (IcmpError) queued(SocketKind.IPV4_DGRAM, entry, request(IpFamily.IPV4));

        assertThat(error.from()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPV4_DGRAM, 2", "IPV4_DGRAM, 0", "IPV4_DGRAM, 300", "IPV6_DGRAM, 137", "IPV6_DGRAM, 129"})
    void typeThatIsNoErrorIsNamedByNumber(SocketKind kind, int type) {
        assertThat(queued(kind, entry(kind.family(), type, 9, 0), request(kind.family())))
                .isEqualTo(new OtherMessage(kind.family(), type, 9, router(kind.family())));
    }

    @ParameterizedTest
    @CsvSource({"IPV4_RAW, LOCAL", "IPV6_RAW, LOCAL", "IPV4_DGRAM, OTHER"})
    void errorOfThisHostIsLocal(SocketKind kind, Origin origin) {
        // EMSGSIZE, with the MTU of the route in ee_info.
        QueuedError entry = new QueuedError(90, origin, 0, 0, 1500, Optional.empty());
        Quote quote = Quote.of(target(kind.family()), Optional.empty(), 0x1234, 0x5678, PAYLOAD);

        assertThat(queued(kind, entry, request(kind.family()))).isEqualTo(new LocalError(entry, Optional.of(quote)));
        assertThat(queued(kind, entry, new byte[0])).isEqualTo(new LocalError(entry, Optional.empty()));
    }
}
