package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.OtherMessage;
import io.github.nettyping.codec.UndecodablePacket;
import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.correlation.FakeIcmpChannel.Reply;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which replies count, and what is measured: the table "Answers that lie", row by row. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorReplyTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress OTHER = IpAddress.ofIpv4(0xc000_0299);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Sent send(ProbeOptions options) {
        channel.writeAndFlush(new Probe(TARGET, options));
        return channel.lastSent();
    }

    /** Sends a probe, receives one reply at once, and returns what the probe comes to. */
    private Replied replied(ProbeOptions options, UnaryOperator<Reply> change) {
        Sent packet = send(options);
        channel.writeInbound(change.apply(channel.reply(packet)).build());
        return channel.outcome(Replied.class);
    }

    /** Sends a probe, receives one reply that must not count, and returns what was rejected. */
    private Rejected rejected(ProbeOptions options, UnaryOperator<Reply> change) {
        Sent packet = send(options);
        channel.writeInbound(change.apply(channel.reply(packet)).build());
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().replies()).isZero();
        channel.receiveReply(packet);
        assertThat(channel.inboundMessages()).as("the probe waits on").hasSize(1);
        return correlator.statistics().rejected();
    }

    private static Rejected token() {
        return new Rejected(1, 0, 0, 0, 0, 0, 0);
    }

    private static Rejected identifier() {
        return new Rejected(0, 1, 0, 0, 0, 0, 0);
    }

    private static Rejected wrongSource() {
        return new Rejected(0, 0, 0, 0, 0, 1, 0);
    }

    @Test
    void trueReplyIsTheOutcome() {
        Probe probe = new Probe(TARGET, OPTIONS, "context");
        channel.writeAndFlush(probe);
        long sentAt = channel.now() + channel.wallOffset;
        channel.advanceMillis(30);
        channel.receiveReply(channel.lastSent());

        assertThat(channel.outcome(Replied.class))
                .isEqualTo(new Replied(
                        probe,
                        1,
                        1,
                        TARGET,
                        sentAt,
                        30_000_000,
                        RttSource.USER_TX_KERNEL_RX,
                        OptionalInt.of(57),
                        OptionalInt.empty(),
                        64,
                        ReplyFlag.setOf(0)));
        assertThat(probe.context()).contains("context");
        assertThat(probe.isInFlight()).isFalse();
        assertThat(correlator.statistics().replies()).isEqualTo(1);
        assertThat(correlator.statistics().outcomes().replied()).isEqualTo(1);
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void requestCarriesIdentifierSequenceAndToken() {
        Sent packet = send(OPTIONS);

        // Slot 0, generation 1.
        long token = new ProbeToken(FakeIcmpChannel.SECRET_HIGH, FakeIcmpChannel.SECRET_LOW)
                .of(TARGET.high(), TARGET.low(), 0, 1);
        assertThat(packet.destination()).isEqualTo(TARGET);
        assertThat(packet.identifier()).isEqualTo(FakeIcmpChannel.IDENTIFIER);
        assertThat(packet.sequence()).isZero();
        assertThat(packet.payload()).hasSize(56);
        assertThat(Unpooled.wrappedBuffer(packet.payload()).getLong(0)).isEqualTo(token);
    }

    @Test
    void matchesMoreProbesThanThereAreSequenceNumbers() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        for (int i = 0; i < 70_000; i++) {
            wide.write(new Probe(IpAddress.ofIpv4(0x0a00_0000 + i), OPTIONS), wide.voidPromise());
        }
        wide.flush();
        assertThat(large.statistics().inFlight()).isEqualTo(70_000);
        assertThat(wide.sent.get(69_999).sequence()).isEqualTo(69_999 - 65_536);

        for (int i = 69_999; i >= 0; i--) {
            wide.receiveReply(wide.sent.get(i));
            assertThat(wide.outcome(Replied.class).probe().target())
                    .isEqualTo(wide.sent.get(i).destination());
        }
        assertThat(large.statistics().rejected()).isEqualTo(new Rejected(0, 0, 0, 0, 0, 0, 0));
        wide.finishAndReleaseAll();
    }

    @Test
    void replyFromAnotherSourceIsRejected() {
        assertThat(rejected(OPTIONS, reply -> reply.source(OTHER))).isEqualTo(wrongSource());
    }

    @Test
    void replyFromAnotherSourceIsAcceptedOnRequest() {
        ProbeOptions anySource = OPTIONS.toBuilder().anySource(true).build();

        Replied outcome = replied(anySource, reply -> reply.source(OTHER));

        assertThat(outcome.from()).isEqualTo(OTHER);
        assertThat(outcome.flags()).containsExactly(ReplyFlag.OTHER_SOURCE);
    }

    @Test
    void multicastTargetAloneDoesNotChangeTheRule() {
        channel.writeAndFlush(new Probe(IpAddress.ofIpv4(0xe000_0001), OPTIONS));
        channel.writeInbound(channel.reply(channel.lastSent()).source(OTHER).build());

        assertThat(correlator.statistics().rejected()).isEqualTo(wrongSource());
    }

    @Test
    void changedDataIsDamage() {
        assertThat(replied(OPTIONS, reply -> reply.xor(16, 0x40)).flags()).containsExactly(ReplyFlag.DAMAGED);
        assertThat(correlator.statistics().damaged()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 55, 57, 1000})
    void shortenedOrLengthenedDataIsDamage(int bytes) {
        Replied outcome = replied(
                OPTIONS, reply -> reply.payload(Arrays.copyOf(channel.lastSent().payload(), bytes)));

        assertThat(outcome.flags()).containsExactly(ReplyFlag.DAMAGED);
        assertThat(outcome.icmpBytes()).isEqualTo(8 + bytes);
    }

    @Test
    void codeOtherThanZeroIsDamage() {
        assertThat(replied(OPTIONS, reply -> reply.code(1)).flags()).containsExactly(ReplyFlag.DAMAGED);
    }

    @Test
    void intactReplyIsNotCountedAsDamaged() {
        assertThat(replied(OPTIONS, reply -> reply).flags()).isEmpty();
        assertThat(correlator.statistics().damaged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 11, 12, 15})
    void changedTokenSlotOrGenerationIsRejected(int offset) {
        assertThat(rejected(OPTIONS, reply -> reply.xor(offset, 0x01))).isEqualTo(token());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12})
    void slotOrGenerationOutOfAllRangesIsRejected(int offset) {
        assertThat(rejected(OPTIONS, reply -> reply.xor(offset, 0x80))).isEqualTo(token());
    }

    @Test
    void zeroedPayloadIsRejected() {
        assertThat(rejected(OPTIONS, reply -> reply.payload(new byte[56]))).isEqualTo(token());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15})
    void replyTooShortForTheTokenIsRejected(int bytes) {
        assertThat(rejected(
                        OPTIONS,
                        reply -> reply.payload(Arrays.copyOf(channel.lastSent().payload(), bytes))))
                .isEqualTo(token());
    }

    @Test
    void otherIdentifierIsRejected() {
        assertThat(rejected(OPTIONS, reply -> reply.identifier(0x4321))).isEqualTo(identifier());
    }

    @Test
    void otherSequenceWithTheRightTokenIsRejected() {
        assertThat(rejected(OPTIONS, reply -> reply.sequence(1))).isEqualTo(identifier());
    }

    @Test
    void tokenOfAnotherProbeIsRejected() {
        Sent neighbour = send(OPTIONS);
        channel.writeAndFlush(new Probe(OTHER, OPTIONS));
        Sent packet = channel.lastSent();
        byte[] mixed = packet.payload().clone();
        System.arraycopy(neighbour.payload(), 0, mixed, 0, 8);

        channel.writeInbound(channel.reply(packet).payload(mixed).build());

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(token());
    }

    @Test
    void echoRequestIsRejectedByType() {
        send(OPTIONS);
        channel.writeInbound(EchoRequest.of(
                IcmpPacket.of(Unpooled.wrappedBuffer(channel.lastSent().payload()), TARGET),
                FakeIcmpChannel.IDENTIFIER,
                0));

        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void otherMessageIsRejectedByType() {
        channel.writeInbound(new OtherMessage(IpFamily.IPV4, 14, 0, TARGET));

        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void wrongChecksumIsCounted() {
        channel.writeInbound(new UndecodablePacket(UndecodablePacket.Reason.CHECKSUM, TARGET));

        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void brokenLengthsAreCounted() {
        channel.writeInbound(new UndecodablePacket(UndecodablePacket.Reason.MALFORMED, TARGET));

        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void secondCopyIsADuplicate() {
        Sent packet = send(OPTIONS);
        channel.receiveReply(packet);
        channel.receiveReply(packet);

        assertThat(channel.inboundMessages()).hasSize(1);
        assertThat(correlator.statistics().duplicates()).isEqualTo(1);
        assertThat(correlator.statistics().replies()).isEqualTo(1);
    }

    @Test
    void duplicateFromAnotherSourceIsRejected() {
        Sent packet = send(OPTIONS);
        channel.receiveReply(packet);
        channel.writeInbound(channel.reply(packet).source(OTHER).build());

        assertThat(correlator.statistics().rejected()).isEqualTo(wrongSource());
        assertThat(correlator.statistics().duplicates()).isZero();
    }

    @Test
    void duplicateFromAnotherSourceIsADuplicateWhereAnySourceIsAccepted() {
        Sent packet = send(OPTIONS.toBuilder().anySource(true).build());
        channel.writeInbound(channel.reply(packet).source(OTHER).build());
        channel.writeInbound(channel.reply(packet).source(OTHER).build());

        assertThat(correlator.statistics().duplicates()).isEqualTo(1);
    }

    @Test
    void forgedReplyAfterTheAnswerIsNoDuplicate() {
        Sent packet = send(OPTIONS);
        channel.receiveReply(packet);
        channel.writeInbound(channel.reply(packet).xor(3, 1).build());

        assertThat(correlator.statistics().duplicates()).isZero();
        assertThat(correlator.statistics().rejected()).isEqualTo(token());
    }

    @Test
    void replyAfterTheVerdictIsLate() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(1002);
        channel.outcome(TimedOut.class);
        channel.receiveReply(packet);

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().late()).isEqualTo(1);
    }

    @Test
    void lateReplyIsNotCreditedToTheNextProbeInItsSlot() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(1002);
        channel.outcome(TimedOut.class);
        Sent next = packet;
        do {
            channel.writeAndFlush(new Probe(OTHER, OPTIONS));
            next = channel.lastSent();
            if (next.sequence() != packet.sequence()) {
                channel.writeInbound(channel.reply(next).build());
                channel.outcome(Replied.class);
            }
        } while (next.sequence() != packet.sequence());

        channel.receiveReply(packet);

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().late()).isEqualTo(1);
        channel.receiveReply(next);
        assertThat(channel.outcome(Replied.class).from()).isEqualTo(OTHER);
    }

    @Test
    void replyOfAnEarlierUseOfTheSlotIsCheckedAgainstItsSource() {
        Sent packet = send(OPTIONS);
        channel.receiveReply(packet);
        Sent next;
        do {
            channel.writeAndFlush(new Probe(OTHER, OPTIONS));
            next = channel.lastSent();
            channel.receiveReply(next);
        } while (next.sequence() != packet.sequence());

        channel.writeInbound(channel.reply(packet).source(OTHER).build());

        assertThat(correlator.statistics().late()).isZero();
        assertThat(correlator.statistics().rejected()).isEqualTo(token());
    }

    @Test
    void slotsRestBeforeTheyAreUsedAgain() {
        int first = send(OPTIONS).sequence();
        channel.receiveReply(channel.lastSent());
        for (int i = 1; i < 2048; i++) {
            assertThat(send(OPTIONS).sequence()).isNotEqualTo(first);
            channel.receiveReply(channel.lastSent());
        }
        assertThat(send(OPTIONS).sequence()).isEqualTo(first);
    }

    // Payloads too short for a token.

    private static final ProbeOptions SHORT =
            OPTIONS.toBuilder().payloadBytes(8).build();

    @Test
    void shortReplyIsUnverified() {
        Replied outcome = replied(SHORT, reply -> reply);

        assertThat(outcome.flags()).containsExactly(ReplyFlag.UNVERIFIED);
        assertThat(outcome.icmpBytes()).isEqualTo(16);
    }

    @Test
    void shortReplyFromAnotherSourceIsRejected() {
        assertThat(rejected(SHORT, reply -> reply.source(OTHER))).isEqualTo(token());
    }

    @Test
    void shortReplyWithAnotherSequenceIsRejected() {
        assertThat(rejected(SHORT, reply -> reply.sequence(77))).isEqualTo(token());
    }

    @Test
    void shortReplyWithAnotherIdentifierIsRejected() {
        assertThat(rejected(SHORT, reply -> reply.identifier(77))).isEqualTo(identifier());
    }

    @Test
    void lengthenedShortReplyIsDamaged() {
        Replied outcome = replied(
                SHORT, reply -> reply.payload(Arrays.copyOf(channel.lastSent().payload(), 40)));

        assertThat(outcome.flags()).containsExactlyInAnyOrder(ReplyFlag.UNVERIFIED, ReplyFlag.DAMAGED);
    }

    @Test
    void shortReplyThatFitsTwoProbesIsRejected() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        for (int i = 0; i < 65_537; i++) {
            wide.write(new Probe(TARGET, SHORT), wide.voidPromise());
        }
        wide.flush();

        wide.receiveReply(wide.lastSent());
        assertThat(wide.inboundMessages()).isEmpty();
        assertThat(large.statistics().rejected()).isEqualTo(token());
        wide.receiveReply(wide.sent.get(5));
        assertThat(wide.outcome(Replied.class).attempt()).isEqualTo(1);
        wide.finishAndReleaseAll();
    }

    @Test
    void shortReplyToAPacketNotSentYetIsRejected() {
        Sent packet = send(SHORT);
        channel.receiveReply(packet);
        channel.outcome(Replied.class);
        channel.kernel = FakeIcmpChannel.Kernel.BLOCKS;
        channel.writeAndFlush(new Probe(TARGET, SHORT));
        channel.writeInbound(
                channel.reply(packet).sequence(packet.sequence() + 1).build());

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(token());
    }

    @Test
    void shortReplyPrefersTheProbeInFlightToOneThatIsOver() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        Probe inFlight = new Probe(TARGET, SHORT);
        wide.writeAndFlush(inFlight);
        Sent packet = wide.lastSent();
        Probe over = inFlight;
        for (int i = 0; i < 65_536; i++) {
            over = new Probe(TARGET, SHORT);
            wide.write(over, wide.voidPromise());
            large.cancel(over);
        }
        wide.flush();
        assertThat(wide.lastSent().sequence()).isEqualTo(packet.sequence());
        wide.receiveReply(packet);

        assertThat(wide.outcome(Replied.class).probe()).isSameAs(inFlight);
        wide.finishAndReleaseAll();
    }

    @Test
    void secondCopyOfAShortReplyIsADuplicate() {
        Sent packet = send(SHORT);
        channel.receiveReply(packet);
        channel.receiveReply(packet);

        assertThat(correlator.statistics().duplicates()).isEqualTo(1);
    }

    @Test
    void lateShortReplyIsLate() {
        Sent packet = send(SHORT);
        channel.advanceMillis(1002);
        channel.receiveReply(packet);

        assertThat(correlator.statistics().late()).isEqualTo(1);
    }

    @Test
    void emptyPayloadIsPossible() {
        Replied outcome = replied(OPTIONS.toBuilder().payloadBytes(0).build(), reply -> reply);

        assertThat(outcome.icmpBytes()).isEqualTo(8);
    }

    // What is measured.

    @Test
    void roundTripIsTakenFromTheKernelsStamp() {
        Sent packet = send(OPTIONS);
        long arrived = channel.now() + 41_250;
        channel.advanceMillis(3);
        channel.writeInbound(channel.reply(packet).arrived(arrived).build());

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttNanos()).isEqualTo(41_250);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_TX_KERNEL_RX);
    }

    @Test
    void roundTripWithoutStampIsTakenFromTheMonotonicClock() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(3);
        channel.writeInbound(channel.reply(packet).unstamped().build());

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttNanos()).isEqualTo(3_000_000);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_CLOCK);
        assertThat(outcome.flags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_001, -1_000_001, 3_600_000_000_000L, -3_600_000_000_000L})
    void roundTripIsTakenFromTheMonotonicClockIfSomebodySetTheOther(long step) {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(3);
        channel.wallOffset += step;
        channel.receiveReply(packet);

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttNanos()).isEqualTo(3_000_000);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_CLOCK);
    }

    @Test
    void slewedClockIsStillGood() {
        Sent packet = send(OPTIONS);
        channel.advanceMillis(3);
        channel.wallOffset += 1_000_000;
        channel.receiveReply(packet);

        assertThat(channel.outcome(Replied.class).rttSource()).isEqualTo(RttSource.USER_TX_KERNEL_RX);
    }

    @Test
    void stampBeforeTheSendingIsNotUsed() {
        Sent packet = send(OPTIONS);
        long arrived = channel.now() - 1;
        channel.writeInbound(channel.reply(packet).arrived(arrived).build());

        Replied outcome = channel.outcome(Replied.class);
        assertThat(outcome.rttNanos()).isZero();
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_CLOCK);
    }

    @Test
    void buffersAreReleased() {
        Sent packet = send(OPTIONS);
        var reply = channel.reply(packet).build();
        var payload = reply.payload();
        channel.writeInbound(reply);

        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void messagesOfOtherTypesPass() {
        channel.writeInbound("up");
        assertThat(channel.<String>readInbound()).isEqualTo("up");
    }
}
