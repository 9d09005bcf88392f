package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.Wire;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads of all sizes and fillings, which come back from the kernel as they were sent. */
@RequiresNamespaces
class PayloadIT {

    private static final int[] SIZES = {0, 15, 16, 17, 1_472, 8_000, 65_507};
    private static final PayloadFiller[] FILLERS = {
        PayloadFiller.offsets(), PayloadFiller.pattern((byte) 0xde, (byte) 0xad, (byte) 0xbf), PayloadFiller.random()
    };

    /** Of the kernel's default: what is longer than this goes in fragments there. */
    private static final int LINK_BYTES = 1_500;

    private static Namespace whole;
    private static Namespace fragmenting;

    @BeforeAll
    static void open() {
        whole = Namespace.create();
        fragmenting = Namespace.create();
        fragmenting.ip("link", "set", "lo", "mtu", Integer.toString(LINK_BYTES));
    }

    @AfterAll
    static void close() {
        fragmenting.close();
        whole.close();
    }

    static Stream<Arguments> kindsAndFillers() {
        return Stream.of(SocketKind.values())
                .flatMap(kind -> Stream.of(FILLERS).map(filler -> Arguments.of(kind, filler)));
    }

    private static Pinger open(Namespace where, SocketKind kind) throws Exception {
        SocketPolicy policy = kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM;
        return where.call(() ->
                Pinger.builder().socketPolicy(policy).families(kind.family()).open());
    }

    private static InetAddress loopback(SocketKind kind) {
        return Packets.address(kind.family() == IpFamily.IPV4 ? "127.0.0.1" : "::1");
    }

    private static ProbeOptions options(int payloadBytes, PayloadFiller filler) {
        return ProbeOptions.builder()
                .attempts(1)
                .timeout(Duration.ofSeconds(5))
                .payloadBytes(payloadBytes)
                .filler(filler)
                .build();
    }

    private static ProbeOutcome get(CompletableFuture<ProbeOutcome> outcome) throws Exception {
        return outcome.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("kindsAndFillers")
    void everySizeComesBackWholeAndVerifiedFrom16BytesOn(SocketKind kind, PayloadFiller filler) throws Exception {
        for (Namespace where : List.of(whole, fragmenting)) {
            try (Pinger pinger = open(where, kind)) {
                // All at once: small ones between large ones.
                List<CompletableFuture<ProbeOutcome>> outcomes = new ArrayList<>();
                for (int size : SIZES) {
                    outcomes.add(pinger.ping(loopback(kind), options(size, filler)));
                }
                for (int i = 0; i < SIZES.length; i++) {
                    int size = SIZES[i];
                    assertThat(get(outcomes.get(i)))
                            .as("%d bytes", size)
                            .isInstanceOfSatisfying(Replied.class, reply -> {
                                assertThat(reply.icmpBytes()).isEqualTo(8 + size);
                                if (size < 16) {
                                    assertThat(reply.flags()).containsExactly(ReplyFlag.UNVERIFIED);
                                } else {
                                    assertThat(reply.flags()).isEmpty();
                                }
                            });
                }
            }
        }
    }

    /** Returns what stands behind the part of a payload that authenticates the reply. */
    private static byte[] filling(ProbePacket probe) {
        int start = probe.icmpOffset() + 8 + (probe.payloadBytes() < 16 ? 0 : 16);
        byte[] filling = new byte[probe.length() - start];
        probe.bytes().get(start, filling);
        return filling;
    }

    private static byte[] sent(Pinger pinger, Wire wire, SocketKind kind, int size, PayloadFiller filler)
            throws Exception {
        assertThat(get(pinger.ping(loopback(kind), options(size, filler)))).isInstanceOf(Replied.class);
        ProbePacket probe = wire.awaitProbe();
        // Over loopback each is seen twice.
        wire.awaitProbe();
        assertThat(probe.payloadBytes()).isEqualTo(size);
        return filling(probe);
    }

    @ParameterizedTest
    @EnumSource
    void fillersStandOnTheWireBehindWhatAuthenticates(SocketKind kind) throws Exception {
        try (Pinger pinger = open(whole, kind);
                Wire wire = Wire.of(whole)) {
            byte[] offsets = sent(pinger, wire, kind, 600, PayloadFiller.offsets());
            for (int i = 0; i < offsets.length; i++) {
                assertThat(offsets[i]).isEqualTo((byte) (16 + i));
            }
            assertThat(sent(pinger, wire, kind, 15, PayloadFiller.offsets()))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
            assertThat(sent(pinger, wire, kind, 23, PayloadFiller.pattern((byte) 0xde, (byte) 0xad, (byte) 0xbf)))
                    .containsExactly(0xde, 0xad, 0xbf, 0xde, 0xad, 0xbf, 0xde);
            byte[] random = sent(pinger, wire, kind, 1_016, PayloadFiller.random());
            assertThat(sent(pinger, wire, kind, 1_016, PayloadFiller.random())).isNotEqualTo(random);
            int[] counts = new int[256];
            for (byte b : random) {
                counts[b & 0xff]++;
            }
            // 1,000 of 256 sorts: about 3.9 of each.
            assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(20);
        }
    }
}
