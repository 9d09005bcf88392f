package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.FakeIcmpChannel.Reply;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.Unreachable;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel's stamp of a departing packet does to its round trip, and what it must not. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorStampTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final ProbeOptions OPTIONS = ProbeOptions.builder()
            .timeout(Duration.ofMillis(100))
            .attempts(2)
            .backoff(1)
            .build();

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Sent send() {
        return send(OPTIONS);
    }

    private Sent send(ProbeOptions options) {
        channel.writeAndFlush(new Probe(TARGET, options));
        return channel.lastSent();
    }

    private Replied replyTo(Sent packet) {
        return replyTo(packet, reply -> reply);
    }

    private Replied replyTo(Sent packet, UnaryOperator<Reply> change) {
        channel.writeInbound(change.apply(channel.reply(packet)).build());
        return channel.outcome(Replied.class);
    }

    private static void assertMeasured(Replied outcome, long rttNanos, RttSource source) {
        assertThat(outcome.rttSource()).isEqualTo(source);
        assertThat(outcome.rttNanos()).isEqualTo(rttNanos);
    }

    @Test
    void aRoundTripLastsFromStampToStamp() {
        Sent packet = send();
        long sentAt = channel.wall();
        channel.stamp(packet, sentAt + 30_000);
        channel.advanceMillis(1);
        Replied outcome = replyTo(packet);

        assertMeasured(outcome, 970_000, RttSource.KERNEL_TX_RX);
        assertThat(outcome.sentAtNanos()).isEqualTo(sentAt);
    }

    @Test
    void aRoundTripOfNothingIsPossible() {
        Sent packet = send();
        channel.stamp(packet, channel.wall());

        assertMeasured(replyTo(packet), 0, RttSource.KERNEL_TX_RX);
    }

    @Test
    void anErrorsRoundTripLastsFromStampToStamp() {
        Sent packet = send(OPTIONS.toBuilder().failFast(true).build());
        channel.stamp(packet, channel.wall() + 30_000);
        channel.advanceMillis(1);
        channel.writeInbound(channel.unreachable(packet, 0));

        IcmpErrorOutcome outcome = channel.outcome(Unreachable.class);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.KERNEL_TX_RX);
        assertThat(outcome.rttNanos()).isEqualTo(970_000);
    }

    @Test
    void aLostStampLeavesTheTimeOfTheCall() {
        Sent stamped = send();
        Sent packet = send();
        channel.stamp(stamped, channel.wall() + 1);
        channel.advanceMillis(1);

        assertMeasured(replyTo(packet), 1_000_000, RttSource.USER_TX_KERNEL_RX);
    }

    @Test
    void aStampThatComesAfterTheVerdictIsNoLongerOfUse() {
        Sent packet = send();
        channel.advanceMillis(1);
        assertMeasured(replyTo(packet), 1_000_000, RttSource.USER_TX_KERNEL_RX);
        channel.stamp(packet, channel.wall());

        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void withoutAStampOfTheReplyThatOfTheProbeIsNotUsed() {
        Sent packet = send();
        channel.stamp(packet, channel.wall() + 30_000);
        channel.advanceMillis(1);

        assertMeasured(replyTo(packet, Reply::unstamped), 1_000_000, RttSource.USER_CLOCK);
    }

    // Several packets of a probe, several probes of a slot.

    @Test
    void everyTryHasItsOwnStamp() {
        Sent first = send();
        channel.stamp(first, channel.wall() + 10_000);
        channel.advanceMillis(102);
        Sent second = channel.lastSent();
        assertThat(second).isNotSameAs(first);
        channel.stamp(second, channel.lastSent().monotonicNanos() + channel.wallOffset + 20_000);

        Replied late = replyTo(first);
        assertThat(late.attempt()).isOne();
        assertMeasured(late, channel.now() - first.monotonicNanos() - 10_000, RttSource.KERNEL_TX_RX);
    }

    @Test
    void theStampOfAnEarlierTryIsNotThatOfTheNext() {
        Sent first = send();
        channel.stamp(first, channel.wall() + 10_000);
        channel.advanceMillis(102);
        Sent second = channel.lastSent();
        Replied outcome = replyTo(second);

        assertThat(outcome.attempt()).isEqualTo(2);
        assertMeasured(outcome, channel.now() - second.monotonicNanos(), RttSource.USER_TX_KERNEL_RX);
    }

    @Test
    void theStampOfAnEarlierTryMayComeAfterTheNext() {
        Sent first = send();
        channel.stamp(send(), channel.wall());
        long stamp = channel.wall() + 10_000;
        channel.advanceMillis(102);
        channel.stamp(first, stamp);

        assertMeasured(replyTo(first), channel.wall() - stamp, RttSource.KERNEL_TX_RX);
    }

    @Test
    void aStampForAProbeThatHasLeftItsSlotIsNotThatOfTheNext() {
        Sent old = send();
        replyTo(old);
        Sent packet = old;
        for (int i = 0; i < 2_048 && (packet == old || packet.sequence() != old.sequence()); i++) {
            packet = send();
            if (packet.sequence() != old.sequence()) {
                replyTo(packet);
            }
        }
        assertThat(packet.sequence()).as("the slot comes round").isEqualTo(old.sequence());
        channel.stamp(old, channel.wall());
        channel.advanceMillis(1);

        assertMeasured(replyTo(packet), 1_000_000, RttSource.USER_TX_KERNEL_RX);
    }

    @Test
    void theStampOfASlotsLastProbeIsNotThatOfTheNext() {
        Sent old = send();
        channel.stamp(old, channel.wall());
        replyTo(old);
        Sent packet = old;
        for (int i = 0; i < 2_048 && (packet == old || packet.sequence() != old.sequence()); i++) {
            packet = send();
            if (packet.sequence() != old.sequence()) {
                replyTo(packet);
            }
        }
        assertThat(packet.sequence()).as("the slot comes round").isEqualTo(old.sequence());

        assertMeasured(replyTo(packet), 0, RttSource.USER_TX_KERNEL_RX);
    }

    // Clocks.

    @ParameterizedTest
    @ValueSource(longs = {-1, -3_600_000_000_000L, 1_000_001, 3_600_000_000_000L})
    void aStampThatCannotBeIsNotBelieved(long afterSending) {
        Sent packet = send();
        channel.stamp(packet, channel.wall() + afterSending);
        channel.advanceMillis(1);

        assertMeasured(replyTo(packet), 1_000_000, RttSource.USER_TX_KERNEL_RX);
    }

    /** When somebody sets the clock, by how much, and whether he sets it back before the reply is read. */
    static Stream<Arguments> steps() {
        return Stream.of(2_000_000L, -2_000_000L, 3_600_000_000_000L, -3_600_000_000_000L, 400_000L, -400_000L)
                .flatMap(step -> Stream.of("before the stamp", "after the stamp", "after the reply")
                        .flatMap(when -> Stream.of(Arguments.of(step, when, false), Arguments.of(step, when, true))));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void noStepOfTheClockMakesARoundTripAbsurd(long step, String when, boolean back) {
        Sent packet = send();
        channel.advanceMillis(1);
        stepIf(when.equals("before the stamp"), step);
        channel.stamp(packet, channel.wall());
        stepIf(when.equals("after the stamp"), step);
        channel.advanceMillis(5);
        long arrived = channel.now();
        long ahead = back && !when.equals("after the reply") ? step : 0;
        stepIf(when.equals("after the reply") && !back, step);
        long stampAhead = when.equals("after the reply") && !back ? -step : ahead;
        channel.wallOffset -= ahead;
        channel.advanceMillis(1);
        Replied outcome = replyTo(
                packet, reply -> reply.arrived(arrived).stampedAhead(stampAhead).read(channel.now()));

        // It took 5 ms between the stamps, 7 ms from the call to the reading. Nobody can tell that the clock was wrong
        // only
        // in between; still no round trip is longer than it took.
        long least = back ? 0 : 5_000_000 - ReplyMatcher.MAX_CLOCK_SHIFT_NANOS;
        assertThat(outcome.rttNanos())
                .as("%s", outcome.rttSource())
                .isBetween(least, 7_000_000 + ReplyMatcher.MAX_CLOCK_SHIFT_NANOS);
        if (Math.abs(step) > ReplyMatcher.MAX_CLOCK_SHIFT_NANOS && !back) {
            assertMeasured(outcome, 7_000_000, RttSource.USER_CLOCK);
        }
    }

    private void stepIf(boolean now, long step) {
        if (now) {
            channel.wallOffset += step;
        }
    }
}
