package io.github.nettyping.testing;

import static io.github.nettyping.testing.Packets.address;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a behaviour answers instead of sending it. One thread. */
final class CollectedAnswers implements Answers {

    static final int IDENTIFIER = 0x1234;
    static final int SEQUENCE = 0x5678;
    private static final int BUFFER_BYTES = 70_000;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final List<ByteBuffer> packets = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Duration delay = Duration.ZERO;

    /** Returns what a behaviour answers to a probe of 192.0.2.1 or fd00:2::1. */
    static CollectedAnswers of(Behaviour behaviour, String destination, byte... payload) {
        CollectedAnswers answers = new CollectedAnswers();
        behaviour.answer(probe(destination, payload), answers);
        return answers;
    }

    static ProbePacket probe(String destination, byte... payload) {
        boolean ipv6 = destination.contains(":");
        byte[] message = Packets.echoRequest(ipv6, IDENTIFIER, SEQUENCE, payload);
        ByteBuffer packet = Packets.packet(address(ipv6 ? "fd00:2::1" : "192.0.2.1"), address(destination), message);
        ProbePacket probe = new ProbePacket(packet);
        if (!probe.parse(packet.limit())) {
            throw new AssertionError("no probe");
        }
        return probe;
    }

    /** Returns an array of 1, 2, 3 and so on. */
    static byte[] payload(int bytes) {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) (i + 1);
        }
        return payload;
    }

    List<ByteBuffer> packets() {
        return packets;
    }

    List<Duration> delays() {
        return delays;
    }

    /** Returns the only packet. */
    ByteBuffer packet() {
        if (packets.size() != 1) {
            throw new AssertionError(packets.size() + " packets");
        }
        return packets.get(0);
    }

    @Override
    public ByteBuffer buffer() {
        return buffer.clear();
    }

    @Override
    public void send(ByteBuffer packet) {
        byte[] copy = new byte[packet.limit()];
        packet.get(0, copy);
        packets.add(ByteBuffer.wrap(copy));
        delays.add(delay);
    }

    @Override
    public Answers after(Duration later) {
        CollectedAnswers outer = this;
        return new Answers() {
            @Override
            public ByteBuffer buffer() {
                return outer.buffer();
            }

            @Override
            public void send(ByteBuffer packet) {
                delay = later;
                outer.send(packet);
                delay = Duration.ZERO;
            }

            @Override
            public Answers after(Duration more) {
                return outer.after(later.plus(more));
            }
        };
    }
}
