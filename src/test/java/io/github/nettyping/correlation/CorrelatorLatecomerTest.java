package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an observer is told of replies and errors that are not the outcome of their probe. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorLatecomerTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress OTHER = IpAddress.ofIpv4(0xc000_0299);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();
    private static final ProbeOptions TWICE =
            OPTIONS.toBuilder().attempts(2).backoff(1).build();

    private final RecordingObserver observer = new RecordingObserver();
    private final ProbeCorrelator correlator =
            FakeIcmpChannel.correlator().observer(observer).build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        channel.releaseWaiting();
    }

    private Probe send(ProbeOptions options) {
        Probe probe = new Probe(TARGET, options);
        channel.writeAndFlush(probe);
        return probe;
    }

    private long wallNow() {
        return channel.now() + channel.wallOffset;
    }

    /** Uses every other slot, so that the next probe gets the slot of the packet. */
    private void takeAllSlotsBut(Sent packet) {
        do {
            send(OPTIONS);
            channel.receiveReply(channel.lastSent());
        } while (channel.lastSent().sequence() != (packet.sequence() + 2047) % 2048);
    }

    // Replies that are not the outcome.

    @Test
    void duplicateIsToldWithItsProbeAndItsOwnTimes() {
        Probe probe = send(OPTIONS);
        long sentAt = wallNow();
        channel.advanceMillis(10);
        channel.receiveReply(channel.lastSent());
        channel.advanceMillis(20);
        channel.receiveReply(channel.lastSent());

        assertThat(observer.duplicates)
                .containsExactly(new Replied(
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
        assertThat(observer.outcomes).hasSize(1);
        assertThat(observer.late).isEmpty();
    }

    @Test
    void answerToAnotherTryIsADuplicateOfThatTry() {
        send(TWICE);
        Sent first = channel.lastSent();
        channel.advanceMillis(1002);
        channel.receiveReply(channel.lastSent());
        channel.receiveReply(first);

        Replied duplicate = observer.duplicates.get(0);
        assertThat(duplicate.attempt()).isEqualTo(1);
        assertThat(duplicate.attempts()).isEqualTo(2);
        assertThat(duplicate.rttNanos()).isEqualTo(1_002_000_000);
    }

    @Test
    void lateReplyIsToldWithItsProbe() {
        Probe probe = send(OPTIONS);
        channel.advanceMillis(1500);
        channel.receiveReply(channel.lastSent());

        assertThat(observer.late).hasSize(1);
        assertThat(observer.late.get(0).probe()).isSameAs(probe);
        assertThat(observer.late.get(0).rttNanos()).isEqualTo(1_500_000_000);
        assertThat(observer.duplicates).isEmpty();
    }

    @Test
    void replyToACancelledProbeIsToldAsLate() {
        Probe probe = send(OPTIONS);
        correlator.cancel(probe);
        channel.receiveReply(channel.lastSent());

        assertThat(observer.late).extracting(Replied::probe).containsExactly(probe);
        assertThat(observer.outcomes).isEmpty();
    }

    @Test
    void replyThatCameAfterTheDeadlineAndWasReadBeforeTheVerdictIsToldAsLate() {
        Probe probe = send(OPTIONS);
        long sent = channel.now();
        channel.waiting.add(channel.reply(channel.lastSent())
                .arrived(sent + 1_300_000_000L)
                .read(sent + 1_500_000_000L)
                .build());
        channel.pauseMillis(1500);
        channel.advanceMillis(30);

        assertThat(observer.late).extracting(Replied::probe).containsExactly(probe);
        assertThat(observer.late.get(0).rttNanos()).isEqualTo(1_300_000_000);
        assertThat(observer.outcomes).singleElement().isInstanceOf(TimedOut.class);
    }

    @Test
    void whatIsUnusualAboutALateReplyIsToldAndNotCounted() {
        Probe probe = send(OPTIONS.toBuilder().anySource(true).build());
        correlator.cancel(probe);
        channel.writeInbound(
                channel.reply(channel.lastSent()).source(OTHER).code(1).build());

        Replied late = observer.late.get(0);
        assertThat(late.from()).isEqualTo(OTHER);
        assertThat(late.flags()).containsExactlyInAnyOrder(ReplyFlag.DAMAGED, ReplyFlag.OTHER_SOURCE);
        assertThat(observer.damaged).singleElement().satisfies(damaged -> assertThat(damaged.reply())
                .isSameAs(late));
        assertThat(correlator.statistics().damaged()).isZero();
    }

    @Test
    void replyToAnEarlierUseOfASlotIsOnlyCounted() {
        send(OPTIONS);
        Sent packet = channel.lastSent();
        channel.advanceMillis(1002);
        takeAllSlotsBut(packet);
        send(OPTIONS);
        assertThat(channel.lastSent().sequence()).isEqualTo(packet.sequence());
        channel.receiveReply(packet);

        assertThat(correlator.statistics().late()).isEqualTo(1);
        assertThat(observer.late).isEmpty();
    }

    @Test
    void shortReplyIsToldOnlyIfOneProbeFits() {
        ProbeOptions shortProbe = OPTIONS.toBuilder().payloadBytes(8).build();
        ProbeCorrelator large = FakeIcmpChannel.correlator()
                .maxInFlight(100_000)
                .observer(observer)
                .build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        Probe first = new Probe(TARGET, shortProbe);
        wide.writeAndFlush(first);
        large.cancel(first);
        wide.receiveReply(wide.lastSent());
        assertThat(observer.late).extracting(Replied::probe).containsExactly(first);
        assertThat(observer.late.get(0).flags()).containsExactly(ReplyFlag.UNVERIFIED);

        for (int i = 0; i < 65_536; i++) {
            Probe probe = new Probe(TARGET, shortProbe);
            wide.write(probe, wide.voidPromise());
            large.cancel(probe);
        }
        wide.flush();
        wide.receiveReply(wide.lastSent());
        wide.writeInbound(wide.unreachable(wide.lastSent(), 8));

        assertThat(large.statistics().late()).isEqualTo(2);
        assertThat(large.statistics().lateErrors()).isEqualTo(1);
        assertThat(observer.late).hasSize(1);
        assertThat(observer.lateErrors).isEmpty();
        wide.finishAndReleaseAll();
    }

    // Errors.

    @Test
    void provisionalErrorIsTold() {
        Probe probe = send(OPTIONS);
        long sentAt = wallNow();
        channel.advanceMillis(20);
        IcmpError error = channel.unreachable(channel.lastSent(), 0);
        channel.writeInbound(error);

        assertThat(observer.errors)
                .containsExactly(new Unreachable(probe, 1, 1, error, sentAt, 20_000_000, RttSource.USER_TX_KERNEL_RX));
        assertThat(observer.outcomes).isEmpty();
    }

    @Test
    void errorThatIsTheOutcomeIsNotToldAsAnError() {
        send(OPTIONS.toBuilder().failFast(true).build());
        channel.writeInbound(channel.unreachable(channel.lastSent(), 0));

        assertThat(observer.errors).isEmpty();
        assertThat(observer.outcomes).singleElement().isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56})
    void lateErrorIsToldWithItsProbe(int payloadBytes) {
        Probe probe = send(OPTIONS);
        long sentAt = wallNow();
        channel.receiveReply(channel.lastSent());
        channel.advanceMillis(20);
        IcmpError error = channel.unreachable(channel.lastSent(), payloadBytes);
        channel.writeInbound(error);

        assertThat(observer.lateErrors)
                .containsExactly(new Unreachable(probe, 1, 1, error, sentAt, 20_000_000, RttSource.USER_TX_KERNEL_RX));
        assertThat(correlator.statistics().lateErrors()).isEqualTo(1);
        assertThat(correlator.statistics().icmpErrors()).isZero();
    }

    @Test
    void errorAboutAnEarlierUseOfASlotIsOnlyCounted() {
        send(OPTIONS);
        Sent packet = channel.lastSent();
        channel.receiveReply(packet);
        takeAllSlotsBut(packet);
        send(OPTIONS);
        channel.receiveReply(channel.lastSent());
        channel.writeInbound(channel.unreachable(packet, 56));

        assertThat(correlator.statistics().lateErrors()).isEqualTo(1);
        assertThat(observer.lateErrors).isEmpty();
    }
}
