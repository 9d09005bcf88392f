package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.LocalError;
import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.ErrqueueHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.ExtensionStructure;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whatever the kernel puts beside what an error quotes: each entry of the error queue becomes one packet and one message,
 * and is released. More entries by {@code -Dnettyping.fuzz.packets=1000000}.
 */
@Isolated("an error that quotes the identifier of another test's raw channel would be left to that")
class ErrorQueueFuzzTest {

    private static final int ENTRIES = Integer.getInteger("nettyping.fuzz.packets", 20_000);
    private static final long SEED = Long.getLong("nettyping.fuzz.seed", 792_4443);

    /** The channel reads a batch in one call, and the fake keeps a list of calls. */
    private static final int ENTRIES_AT_ONCE = 1_000;

    /** Control messages as a little-endian kernel writes them: stamp, then the error of either family. */
    private static final List<byte[]> CONTROL = List.of(
            hex(
                    "4000000000000000 01000000 25000000",
                    "0200000000000000 0300000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000",
                    "3000000000000000 00000000 0b000000 71000000 02 0b 00 00 00000000 6c00 00 00",
                    "0200 0000 c6120006 0000000000000000"),
            hex(
                    "3000000000000000 00000000 0b000000 5a000000 01 00 00 00 dc050000 00000000",
                    "0000 0000 00000000 0000000000000000"),
            hex(
                    "1400000000000000 29000000 34000000 39000000 00000000",
                    "3c00000000000000 29000000 19000000 71000000 03 03 00 00 00000000 5800 00 00",
                    "0a00 0000 00000000 fe800000000000000000000000000001 07000000 00000000"));

    /** Which of them is of ICMPv6. */
    private static final int IPV6 = 2;

    private static final byte[] EXTENSIONS = ExtensionStructure.of(ExtensionStructure.mpls(0x12345, 5, 63));

    private final Random random = new Random(SEED);
    private final Map<String, Integer> seen = new HashMap<>();

    private static byte[] hex(String... lines) {
        return HexFormat.of().parseHex(String.join("", lines).replace(" ", ""));
    }

    /** An echo request of 40 bytes and more, zeros up to 128 bytes with an IP header, and perhaps an MPLS object. */
    private byte[] quote(boolean ipv6) {
        byte[] quote = new byte[random.nextInt(8, 180)];
        quote[0] = (byte) (ipv6 ? 128 : 8);
        int structure = 128 - (ipv6 ? 40 : 20);
        if (quote.length >= structure + EXTENSIONS.length) {
            System.arraycopy(EXTENSIONS, 0, quote, structure, EXTENSIONS.length);
            quote = Arrays.copyOf(quote, structure + EXTENSIONS.length);
        }
        return mutated(quote);
    }

    /** Not one of a time stamp, which the channel takes for what it asked for, and drops. */
    private byte[] mutatedControl(byte[] bytes) {
        byte[] control = mutated(bytes);
        ControlMessages messages = new ControlMessages();
        messages.parse(ByteBuffer.wrap(control).order(ByteOrder.LITTLE_ENDIAN), 0, control.length);
        boolean stamp = messages.hasError() && messages.origin() == ErrqueueHeader.SO_EE_ORIGIN_TIMESTAMPING;
        return stamp ? mutatedControl(bytes) : control;
    }

    private byte[] mutated(byte[] bytes) {
        byte[] copy = random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes.clone();
        for (int changes = random.nextInt(4); changes > 0 && copy.length > 0; changes--) {
            int index = random.nextInt(copy.length);
            copy[index] = (byte) (random.nextBoolean() ? random.nextInt() : copy[index] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    private static Map<SocketKind, EmbeddedChannel> decoders() {
        Map<SocketKind, EmbeddedChannel> decoders = new EnumMap<>(SocketKind.class);
        for (SocketKind kind : SocketKind.values()) {
            decoders.put(kind, new EmbeddedChannel(new IcmpDecoder(kind)));
        }
        return decoders;
    }

    @Test
    void everyMutatedEntryBecomesOneMessageAndIsReleased() {
        Map<SocketKind, EmbeddedChannel> decoders = decoders();
        for (int done = 0; done < ENTRIES; done += ENTRIES_AT_ONCE) {
            FakeSyscalls kernel = new FakeSyscalls();
            try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW)) {
                for (int i = 0; i < ENTRIES_AT_ONCE; i++) {
                    int control = random.nextInt(CONTROL.size());
                    kernel.onErrorControl(host(9), quote(control == IPV6), mutatedControl(CONTROL.get(control)));
                }
                while (on.received.size() < ENTRIES_AT_ONCE) {
                    int before = on.received.size();
                    on.channel.drain();
                    if (!on.failures.isEmpty() || on.received.size() == before) {
                        fail("reading ended after " + before + " of " + ENTRIES_AT_ONCE + ", open: "
                                + on.channel.isOpen() + ", failures: " + on.failures + ", calls: "
                                + kernel.calls()
                                        .subList(
                                                Math.max(0, kernel.calls().size() - 9),
                                                kernel.calls().size()));
                    }
                }

                assertThat(on.received).hasSize(ENTRIES_AT_ONCE);
                on.received.forEach(packet -> decode(decoders, packet));
                on.received.clear();
            }
        }
        decoders.values().forEach(EmbeddedChannel::finish);

        for (String often : List.of("LOCAL", "ICMP", "ICMPV6", "OTHER", "error", "quote", "offender", "extensions")) {
            assertThat(seen.getOrDefault(often, 0)).as(often).isGreaterThan(ENTRIES / 200);
        }
    }

    private void decode(Map<SocketKind, EmbeddedChannel> decoders, IcmpPacket packet) {
        QueuedError error = packet.queuedError().orElseThrow();
        count(error.origin().name());
        error.offender().ifPresent(offender -> count("offender"));
        SocketKind[] kinds = SocketKind.values();
        EmbeddedChannel decoder = decoders.get(kinds[random.nextInt(kinds.length)]);
        ByteBuf content = packet.content();
        int held = content.refCnt();
        decoder.writeInbound(packet);
        IcmpMessage message = decoder.readInbound();
        if (message == null || decoder.readInbound() != null) {
            fail("not one message");
        }
        if (message instanceof IcmpError icmpError) {
            count("error");
            icmpError.quote().ifPresent(quote -> count("quote"));
            icmpError.extensions().forEach(object -> count("extensions"));
        } else if (message instanceof LocalError local) {
            local.quote().ifPresent(quote -> count("quote"));
        }
        if (message.toString().isEmpty()) {
            fail("says nothing");
        }
        message.release();
        if (content.refCnt() != held - 1) {
            fail("leaked by an entry of " + error);
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
