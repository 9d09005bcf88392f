package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.nettyping.codec.UndecodablePacket.Reason;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes: one message a packet, no exception, nothing leaked. More packets, or others, by
 * {@code -Dnettyping.fuzz.packets=1000000} and {@code -Dnettyping.fuzz.seed=1}.
 */
class DecoderRobustnessTest {

    private static final int PACKETS = Integer.getInteger("nettyping.fuzz.packets", 100_000);

    /** Fixed, so that a failure comes back. */
    private static final long SEED = Long.getLong("nettyping.fuzz.seed", 792_4443);

    private static final List<SocketKind> KINDS = List.of(SocketKind.values());

    private final Map<String, Integer> seen = new HashMap<>();

    private static Map<SocketKind, EmbeddedChannel> decoders() {
        Map<SocketKind, EmbeddedChannel> channels = new EnumMap<>(SocketKind.class);
        for (SocketKind kind : KINDS) {
            channels.put(kind, new EmbeddedChannel(new IcmpDecoder(kind)));
        }
        return channels;
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    /** Decodes a packet, asks the message for all it can tell, and releases it. */
    private void decode(EmbeddedChannel channel, IcmpPacket packet) {
        ByteBuf content = packet.content();
        channel.writeInbound(packet);
        IcmpMessage message = channel.readInbound();
        if (message == null || channel.readInbound() != null) {
            fail("not one message");
        }
        inspect(message, content);
        message.release();
        if (content.refCnt() != 0) {
            fail("leaked by " + message);
        }
    }

    private void inspect(IcmpMessage message, ByteBuf content) {
        assertThat(message.toString()).isNotEmpty();
        assertThat(message.hashCode()).isEqualTo(message.hashCode());
        if (message instanceof EchoMessage echo) {
            count("echo");
            assertThat(content.refCnt()).isEqualTo(1);
            assertThat(echo.payload().readableBytes()).isBetween(0, content.capacity() - IcmpHeader.BYTES);
            echo.ipv4Header().ifPresent(header -> {
                header.options()
                        .recordRoute()
                        .ifPresent(route -> count("route of " + route.recorded().size()));
                header.options()
                        .list()
                        .forEach(option -> count(option.getClass().getSimpleName()));
            });
        } else if (message instanceof IcmpError error) {
            assertThat(error.name()).matches("[a-z0-9_]+");
            error.quote().ifPresent(quote -> count("quote"));
            error.extensions().forEach(object -> count(object.getClass().getSimpleName()));
            count(error.extensionsMalformed() ? "malformed extensions" : "error");
        } else if (message instanceof UndecodablePacket undecodable) {
            count(undecodable.reason().name());
        } else {
            count(message.getClass().getSimpleName());
        }
    }

    @Test
    void everyMutatedPacketBecomesOneMessageAndIsReleased() {
        PacketMutator mutator = new PacketMutator(SEED);
        Map<SocketKind, EmbeddedChannel> channels = decoders();
        for (int i = 0; i < PACKETS; i++) {
            SocketKind kind = KINDS.get(i % KINDS.size());
            decode(channels.get(kind), mutator.packet(kind));
        }
        channels.values().forEach(EmbeddedChannel::finish);

        // The mutations are worth something only if they reach every branch.
        assertThat(mutator.repaired()).isGreaterThan(PACKETS / 2);
        for (String often : List.of("echo", "error", "quote", Reason.MALFORMED.name(), Reason.CHECKSUM.name())) {
            assertThat(seen.getOrDefault(often, 0)).as(often).isGreaterThan(PACKETS / 50);
        }
        for (String sometimes : List.of(
                "malformed extensions",
                "MplsLabelStack",
                "InterfaceInformation",
                "ByName",
                "ByIndex",
                "ByAddress",
                "ByOtherAddress",
                "OtherExtension",
                "TimestampRequest",
                "TimestampReply",
                "ExtendedEchoRequest",
                "ExtendedEchoReply",
                "OtherMessage",
                "LocalError",
                "RouteOption",
                "route of 2",
                "TimestampOption",
                "RouterAlert")) {
            assertThat(seen.getOrDefault(sometimes, 0)).as(sometimes).isGreaterThan(PACKETS / 1_000);
        }
        assertThat(seen).containsKeys("Malformed", "Other", "NoOperation");
    }

    @Test
    void randomBytesBecomeOneMessageEach() {
        PacketMutator mutator = new PacketMutator(SEED);
        decoders().forEach((kind, channel) -> {
            for (int i = 0; i < PACKETS / 10; i++) {
                decode(channel, mutator.noise(kind));
            }
            channel.finish();
        });
        assertThat(seen).containsKey(Reason.MALFORMED.name());
    }
}
