package io.github.nettyping.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * What a network does to answers on their way, whatever they are; the same seed does the same. Each behaviour is to be
 * used by one responder.
 */
public final class Disturbances {

    private Disturbances() {}

    /**
     * Returns hosts behind a way that loses packets.
     *
     * @param share     of the answers that are lost, 0 to 1
     * @param seed      chooses which
     * @param behaviour what the hosts do
     * @return answers less
     */
    public static Behaviour lossy(double share, long seed, Behaviour behaviour) {
        Random random = new Random(seed);
        return onTheWay(behaviour, (packet, next) -> {
            if (random.nextDouble() >= share) {
                next.send(packet);
            }
        });
    }

    /**
     * Returns hosts behind a way that doubles packets.
     *
     * @param share     of the answers that come twice, 0 to 1
     * @param seed      chooses which
     * @param behaviour what the hosts do
     * @return answers more
     */
    public static Behaviour doubling(double share, long seed, Behaviour behaviour) {
        Random random = new Random(seed);
        return onTheWay(behaviour, (packet, next) -> {
            next.send(packet);
            if (random.nextDouble() < share) {
                next.send(packet);
            }
        });
    }

    /**
     * Returns hosts behind a way that is sometimes longer, so that answers overtake each other.
     *
     * @param most      each answer is late by any time up to this
     * @param seed      chooses how much
     * @param behaviour what the hosts do
     * @return answers later
     */
    public static Behaviour jittery(Duration most, long seed, Behaviour behaviour) {
        Random random = new Random(seed);
        return onTheWay(behaviour, (packet, next) -> {
            Duration delay = Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
            next.after(delay).send(packet);
        });
    }

    /**
     * Returns hosts behind a way that turns the order of packets round: the first comes last.
     *
     * @param packets   how many are turned round together; fewer wait for more, and a delay they had is forgotten
     * @param behaviour what the hosts do
     * @return answers in another order
     */
    public static Behaviour reversed(int packets, Behaviour behaviour) {
        List<ByteBuffer> held = new ArrayList<>();
        return onTheWay(behaviour, (packet, next) -> {
            byte[] copy = new byte[packet.limit()];
            packet.get(0, copy);
            held.add(ByteBuffer.wrap(copy));
            if (held.size() == packets) {
                for (int i = packets - 1; i >= 0; i--) {
                    next.send(held.get(i));
                }
                held.clear();
            }
        });
    }

    /**
     * Returns hosts behind a way that flips a bit of the ICMP message, which its checksum does not follow.
     *
     * @param share     of the answers that are hit, 0 to 1
     * @param seed      chooses which, and which bit
     * @param behaviour what the hosts do
     * @return answers of which only a raw IPv4 socket gets to see those that were hit
     */
    public static Behaviour corrupting(double share, long seed, Behaviour behaviour) {
        return flipping(share, seed, false, behaviour);
    }

    /**
     * Returns hosts behind a router with bad memory, which flips a bit of the ICMP message and then makes the checksum.
     *
     * @param share     of the answers that are hit, 0 to 1
     * @param seed      chooses which, and which bit
     * @param behaviour what the hosts do
     * @return answers of which any part may be wrong
     */
    public static Behaviour corruptingUnnoticed(double share, long seed, Behaviour behaviour) {
        return flipping(share, seed, true, behaviour);
    }

    private static Behaviour flipping(double share, long seed, boolean repair, Behaviour behaviour) {
        Random random = new Random(seed);
        return onTheWay(behaviour, (packet, next) -> {
            int icmp = Packets.icmpOffset(packet);
            if (random.nextDouble() < share && packet.limit() > icmp) {
                int index = random.nextInt(icmp, packet.limit());
                packet.put(index, (byte) (packet.get(index) ^ 1 << random.nextInt(8)));
                if (repair) {
                    Packets.finish(packet);
                }
            }
            next.send(packet);
        });
    }

    /** Takes every answer through a step, which passes it to the next, or does not. */
    private static Behaviour onTheWay(Behaviour behaviour, BiConsumer<ByteBuffer, Answers> step) {
        return (probe, answers) -> behaviour.answer(probe, new TracedPath(answers, step));
    }

    private record TracedPath(Answers next, BiConsumer<ByteBuffer, Answers> step) implements Answers {

        @Override
        public ByteBuffer buffer() {
            return next.buffer();
        }

        @Override
        public void send(ByteBuffer packet) {
            step.accept(packet, next);
        }

        @Override
        public Answers after(Duration delay) {
            return new TracedPath(next.after(delay), step);
        }
    }
}
