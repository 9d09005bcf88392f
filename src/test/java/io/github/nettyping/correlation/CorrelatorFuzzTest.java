package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.QueuedError.Origin;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to probes in flight, changed at random, with checksum and token mostly made right again: none ends a probe but
 * the one whose token, sequence number and address it has, each is counted once, and all are released. More of them by
 * {@code -Dnettyping.fuzz.packets=1000000}.
 */
class CorrelatorFuzzTest {

    private static final int PACKETS =
            Integer.getInteger("nettyping.fuzz.packets", 100_000) / SocketKind.values().length;
    private static final long SEED = Long.getLong("nettyping.fuzz.seed", 792_4443);
    private static final int PROBES = 64;
    private static final int TOKEN_BYTES = 16;
    private static final long WALL = 1_800_000_000_000_000_000L;
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofHours(1)).failFast(true).build();

    private static final ProbeOptions THRICE = OPTIONS.toBuilder()
            .timeout(Duration.ofSeconds(1))
            .attempts(3)
            .backoff(1)
            .build();

    private final Random random = new Random(SEED);
    private final MockTicker ticker = new OffsetTicker();
    private ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private ProbeOptions options = OPTIONS;
    /** The packets of the probe to host number n, which is in flight. */
    private final List<List<byte[]>> sent = Stream.generate(() -> (List<byte[]>) new ArrayList<byte[]>())
            .limit(PROBES)
            .toList();

    private int endedWhileDue;

    private int repaired;
    private int replies;
    private int errors;

    private static IpAddress host(IpFamily family, int number) {
        return family == IpFamily.IPV4
                ? IpAddress.ofIpv4(0xc633_6400 | number)
                : new IpAddress(0x2001_0db8_0000_0000L, number, 0);
    }

    private void send(EmbeddedChannel channel, IpFamily family, int number) {
        sent.get(number).clear();
        channel.writeOutbound(new Probe(host(family, number), options));
        takeSent(channel);
    }

    private void takeSent(EmbeddedChannel channel) {
        for (IcmpPacket packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            packet.notifySent(
                    WALL, ticker.initialNanoTime() + ticker.nanoTime(), ticker.initialNanoTime() + ticker.nanoTime());
            sent.get((int) packet.peer().low() & 0xff).add(ByteBufUtil.getBytes(packet.content()));
            packet.release();
        }
    }

    /** Returns a packet of the probe in flight to a host. */
    private byte[] sent(int number) {
        List<byte[]> packets = sent.get(number);
        return packets.get(packets.size() == 1 ? 0 : random.nextInt(packets.size()));
    }

    /** Lets deadlines pass, and writes some of the tries that are due. */
    private void goOn(EmbeddedChannel channel, IpFamily family) {
        ticker.advance(random.nextInt(50), TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
        for (ProbeOutcome outcome = channel.readInbound(); outcome != null; outcome = channel.readInbound()) {
            assertThat(outcome).isInstanceOf(TimedOut.class);
            send(channel, family, (int) outcome.probe().target().low() & 0xff);
        }
        correlator.writeTries(random.nextInt(4));
        channel.flush();
        takeSent(channel);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private byte[] mutated(byte[] bytes) {
        byte[] copy = oneIn(6) ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes.clone();
        for (int changes = random.nextInt(4); changes > 0 && copy.length > 0; changes--) {
            int index = random.nextInt(Math.min(copy.length, 28));
            copy[index] = (byte) (random.nextBoolean() ? random.nextInt() : copy[index] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    /** Returns an echo message, changed, and mostly with what authenticates it again, or another. */
    private byte[] message(int number, int type) {
        byte[] message = mutated(sent(number));
        if (message.length > 0 && !oneIn(8)) {
            message[0] = (byte) type;
        }
        if (message.length >= 8 + TOKEN_BYTES && !oneIn(4)) {
            byte[] original = sent(oneIn(8) ? random.nextInt(PROBES) : number);
            System.arraycopy(original, 8, message, 8, TOKEN_BYTES);
            repaired++;
        }
        return message;
    }

    /** Returns an address, mostly the right one. */
    private IpAddress address(IpFamily family, int number) {
        return host(family, oneIn(6) ? random.nextInt(PROBES) : number);
    }

    private IcmpPacket reply(SocketKind kind, int number) {
        IpAddress from = address(kind.family(), number);
        byte[] message = message(number, kind.family() == IpFamily.IPV4 ? 0 : 129);
        return packet(kind, from, message);
    }

    /** Returns an error as the error queue has it: the quoted message, and whom it was sent to. */
    private IcmpPacket queuedError(SocketKind kind, int number) {
        boolean v4 = kind.family() == IpFamily.IPV4;
        IpAddress to = address(kind.family(), number);
        byte[] quote = message(number, v4 ? 8 : 128);
        QueuedError error = new QueuedError(
                113,
                v4 ? Origin.ICMP : Origin.ICMPV6,
                oneIn(8) ? random.nextInt(16) : v4 ? 3 : 1,
                random.nextInt(16),
                random.nextInt(),
                Optional.of(host(kind.family(), 200)),
                OptionalInt.empty());
        return IcmpPacket.of(buffer(oneIn(2) ? Arrays.copyOf(quote, Math.min(quote.length, 8)) : quote), to)
                .queuedError(error);
    }

    /** No spare capacity, so that a read beyond it throws; but Netty's empty buffer would count nothing. */
    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    private IcmpPacket packet(SocketKind kind, IpAddress from, byte[] message) {
        if (!kind.deliversIpHeader()) {
            return IcmpPacket.of(buffer(message), from);
        }
        ByteBuffer packet = Packets.packet(from.toInetAddress(), Packets.address("192.0.2.1"), message);
        if (oneIn(16) && message.length > 3) {
            packet.put(22, (byte) ~packet.get(22));
        }
        return IcmpPacket.of(Unpooled.buffer(packet.limit()).writeBytes(packet), from);
    }

    @ParameterizedTest
    @EnumSource
    void noMutatedAnswerEndsAProbeThatItIsNotAbout(SocketKind kind) {
        answerAtRandom(kind, false);
    }

    @ParameterizedTest
    @EnumSource
    void noMutatedAnswerEndsAnotherProbeWhileTriesAreDue(SocketKind kind) {
        correlator = FakeIcmpChannel.correlator().triesOnDemand(true).build();
        options = THRICE;
        answerAtRandom(kind, true);

        assertThat(correlator.statistics().furtherTries()).isGreaterThan(PACKETS / 100);
        assertThat(endedWhileDue).isGreaterThan(PACKETS / 100);
    }

    private void answerAtRandom(SocketKind kind, boolean timePasses) {
        EmbeddedChannel channel = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new IcmpEncoder(kind), new IcmpDecoder(kind), correlator)
                .build();
        for (int number = 0; number < PROBES; number++) {
            send(channel, kind.family(), number);
        }
        for (int i = 0; i < PACKETS; i++) {
            if (timePasses) {
                goOn(channel, kind.family());
            }
            int due = correlator.triesDue();
            int number = random.nextInt(PROBES);
            IcmpPacket packet = oneIn(3) ? queuedError(kind, number) : reply(kind, number);
            ByteBuf content = packet.content();
            // Before it is released, and made another packet.
            byte[] bytes = ByteBufUtil.getBytes(content);
            IpAddress peer = packet.peer();
            channel.writeInbound(packet);

            if (content.refCnt() != 0) {
                fail("packet " + i + " leaked");
            }
            Object read = channel.readInbound();
            // Messages of types that are not the correlator's business pass it.
            if (read instanceof ProbeOutcome outcome) {
                int answered = (int) outcome.probe().target().low() & 0xff;
                check(kind, outcome, sent.get(answered), peer, bytes);
                endedWhileDue += due - correlator.triesDue();
                send(channel, kind.family(), answered);
            }
            if (channel.readInbound() != null) {
                fail("packet " + i + " ended two probes");
            }
        }
        assertCountedOnce(correlator.statistics());
        assertThat(repaired).isGreaterThan(PACKETS / 2);
        assertThat(replies).isGreaterThan(PACKETS / 20);
        assertThat(errors).isGreaterThan(PACKETS / 20);
        channel.finishAndReleaseAll();
    }

    /** Checks that the bytes are about the probe that they have ended. */
    private void check(SocketKind kind, ProbeOutcome outcome, List<byte[]> packets, IpAddress peer, byte[] bytes) {
        boolean v4 = kind.family() == IpFamily.IPV4;
        byte[] message = bytes;
        int type;
        if (outcome instanceof Replied) {
            replies++;
            type = v4 ? 0 : 129;
            if (kind.deliversIpHeader()) {
                ByteBuffer packet = ByteBuffer.wrap(bytes);
                assertThat(Packets.checksum(packet, 20, bytes.length, 0))
                        .as("checksum")
                        .isZero();
                message = Arrays.copyOfRange(bytes, 20, bytes.length);
            }
        } else {
            errors++;
            type = v4 ? 8 : 128;
            assertThat(outcome).isInstanceOf(IcmpErrorOutcome.class);
        }
        assertThat(peer).isEqualTo(outcome.probe().target());
        assertThat(message[0]).isEqualTo((byte) type);
        assertThat(message).hasSizeGreaterThanOrEqualTo(8);
        // Identifier and sequence number; the token, slot and generation of a reply, and of an error that quotes them.
        int compared = outcome instanceof Replied || message.length >= 8 + TOKEN_BYTES ? 8 + TOKEN_BYTES : 8;
        byte[] end = message;
        assertThat(packets).anyMatch(packet -> Arrays.equals(packet, 4, compared, end, 4, compared));
    }

    private static void assertCountedOnce(CorrelatorStatistics counted) {
        CorrelatorStatistics.Rejected rejected = counted.rejected();
        long all = counted.replies()
                + counted.duplicates()
                + counted.late()
                + counted.icmpErrors()
                + counted.lateErrors()
                + counted.notices()
                + rejected.token()
                + rejected.identifier()
                + rejected.type()
                + rejected.checksum()
                + rejected.malformed()
                + rejected.wrongSource()
                + rejected.quote();
        assertThat(all).isEqualTo(PACKETS);
        assertThat(rejected.token()).isPositive();
        assertThat(rejected.identifier()).isPositive();
        assertThat(rejected.type()).isPositive();
        assertThat(rejected.malformed()).isPositive();
        assertThat(rejected.wrongSource()).isPositive();
        assertThat(rejected.quote()).isPositive();
        assertThat(counted.inFlight()).isEqualTo(PROBES);
    }
}
