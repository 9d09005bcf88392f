package io.github.nettyping.testing;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * A network in which every other host is silent, and somebody who answers for the silent ones. He knows of each probe to
 * them all but its data, has seen whole probes to the live ones, and tries what might pass. As a {@link Behaviour} it is
 * to be used by one responder, as a {@link Flood.Forger} by one flood of that.
 */
public final class ForgedReplies implements Behaviour, Flood.Forger {

    private static final int PAYLOAD_BYTES = 56;
    private static final int SHORT_PAYLOAD_BYTES = 8;

    /** A probe's payload: token, slot, generation, then each byte its own offset. */
    private static final int SLOT = 8;

    private static final int GENERATION = 12;
    private static final int PATTERN = 16;

    /** What is put into the data, in turn. */
    private static final int WAYS = 7;

    private final int hosts;
    private final AtomicIntegerArray sequences;
    private final SplittableRandom random;
    private final Behaviour live = Replies.echo();
    private volatile byte @Nullable [] silentProbe;
    private volatile byte @Nullable [] liveProbe;
    private volatile int lastIdentifier;

    /**
     * Makes a network.
     *
     * @param hosts how many there are, a power of two: even addresses are alive
     * @param seed  of what is made up
     */
    public ForgedReplies(int hosts, long seed) {
        if (Integer.bitCount(hosts) != 1) {
            throw new IllegalArgumentException("hosts: " + hosts + " (expected: a power of two)");
        }
        this.hosts = hosts;
        this.sequences = new AtomicIntegerArray(hosts);
        this.random = new SplittableRandom(seed);
    }

    /**
     * Tells whether enough has been seen for a flood to begin.
     *
     * @return whether a silent and a live host have been probed
     */
    public boolean isReady() {
        return silentProbe != null && liveProbe != null;
    }

    @Override
    public void answer(ProbePacket probe, Answers answers) {
        lastIdentifier = probe.identifier();
        if ((probe.destinationBits() & 1) == 0) {
            liveProbe = copy(probe);
            live.answer(probe, answers);
        } else {
            sequences.set(probe.destinationBits() & hosts - 1, probe.identifier() << 16 | probe.sequence());
            if (silentProbe == null) {
                silentProbe = copy(probe);
            }
        }
    }

    private static byte[] copy(ProbePacket probe) {
        byte[] copy = new byte[probe.length()];
        probe.bytes().get(0, copy);
        return copy;
    }

    @Override
    public void forge(long number, ByteBuffer packet) {
        byte[] template = silentProbe;
        byte[] whole = liveProbe;
        if (template == null || whole == null) {
            throw new IllegalStateException("not ready");
        }
        int host = ((int) number << 1 | 1) & hosts - 1;
        boolean ipv6 = template[0] >> 4 == 6;
        int icmp = ipv6 ? Packets.IPV6_HEADER_BYTES : Packets.IPV4_HEADER_BYTES;
        int data = icmp + Packets.ICMP_HEADER_BYTES;
        packet.put(0, template);
        swapAddresses(packet, template, ipv6, host);
        packet.putInt(icmp, ipv6 ? 129 << 24 : 0);
        int sequence = sequences.get(host);
        // Of a new channel he knows the identifier before the sequence number of each silent host.
        packet.putInt(icmp + 4, lastIdentifier << 16 | sequence);
        packet.limit(data + PAYLOAD_BYTES);
        fill((int) (number / hosts % WAYS), packet, data, sequence, whole);
        Packets.finish(packet);
    }

    private void swapAddresses(ByteBuffer packet, byte[] probe, boolean ipv6, int host) {
        int bytes = ipv6 ? 16 : 4;
        int source = ipv6 ? 8 : 12;
        packet.put(source, probe, source + bytes, bytes).put(source + bytes, probe, source, bytes);
        int last = source + bytes - 4;
        packet.putInt(last, (packet.getInt(last) & -hosts) | host);
    }

    private void fill(int way, ByteBuffer packet, int data, int sequence, byte[] whole) {
        for (int i = 0; i < PAYLOAD_BYTES; i++) {
            packet.put(data + i, (byte) (i < PATTERN ? 0 : i));
        }
        switch (way) {
            case 0 -> {
                for (int i = 0; i < PAYLOAD_BYTES; i += Long.BYTES) {
                    packet.putLong(data + i, random.nextLong());
                }
            }
            case 1 -> {
                // All but the token, which is guessed.
                packet.putLong(data, random.nextLong());
                packet.putInt(data + SLOT, sequence).putInt(data + GENERATION, random.nextInt(1, 5));
            }
            case 2 -> packet.putInt(data + SLOT, sequence).putInt(data + GENERATION, 1);
            case 3 -> {
                for (int i = PATTERN; i < PAYLOAD_BYTES; i++) {
                    packet.put(data + i, (byte) 0);
                }
            }
            case 4 -> {
                for (int i = 0; i < SHORT_PAYLOAD_BYTES; i++) {
                    packet.put(data + i, (byte) i);
                }
                packet.limit(data + SHORT_PAYLOAD_BYTES);
            }
            case 5 -> packet.put(data, whole, data, PAYLOAD_BYTES); // what authenticates another host
            default -> {
                packet.put(data, whole, data, PAYLOAD_BYTES);
                packet.putShort(data - 2, ByteBuffer.wrap(whole).getShort(data - 2));
            }
        }
    }
}
