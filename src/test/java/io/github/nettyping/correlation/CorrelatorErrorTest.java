package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.LocalError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.codec.ParameterProblemMessage;
import io.github.nettyping.codec.Quote;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.codec.SourceQuenchMessage;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.probe.OtherIcmpError;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimeExceeded;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ICMP errors are about a probe, and what they are worth. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorErrorTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress OTHER = IpAddress.ofIpv4(0xc000_0299);
    private static final IpAddress ROUTER = IpAddress.ofIpv4(0xc633_6401);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();
    private static final ProbeOptions FAIL_FAST =
            OPTIONS.toBuilder().failFast(true).build();

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Sent send(IpAddress target, ProbeOptions options) {
        channel.writeAndFlush(new Probe(target, options));
        return channel.lastSent();
    }

    private static Quote quote(Sent packet, int payloadBytes) {
        return Quote.of(
                packet.destination(),
                Optional.empty(),
                packet.identifier(),
                packet.sequence(),
                Arrays.copyOf(packet.payload(), payloadBytes));
    }

    private ErrorReport report(int type, int code, Quote quote) {
        return new ErrorReport(
                IpFamily.IPV4,
                type,
                code,
                Optional.of(ROUTER),
                Optional.of(quote),
                channel.now(),
                OptionalLong.of(channel.now() + channel.wallOffset));
    }

    private IcmpError unreachable(Quote quote) {
        return new DestinationUnreachableMessage(report(3, 1, quote), OptionalInt.empty());
    }

    private static Rejected rejectedQuote() {
        return new Rejected(0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void errorIsTheVerdictWhenNothingElseComes() {
        Probe probe = new Probe(TARGET, OPTIONS);
        channel.writeAndFlush(probe);
        long sentAt = channel.now() + channel.wallOffset;
        channel.advanceMillis(20);
        IcmpError error = unreachable(quote(channel.lastSent(), 0));
        channel.writeInbound(error);
        channel.advanceMillis(978);
        assertThat(channel.inboundMessages()).as("it does not end the wait").isEmpty();
        channel.advanceMillis(4);

        assertThat(channel.outcome(Unreachable.class))
                .isEqualTo(new Unreachable(probe, 1, 1, error, sentAt, 20_000_000, RttSource.USER_TX_KERNEL_RX));
        assertThat(correlator.statistics().icmpErrors()).isEqualTo(1);
        assertThat(correlator.statistics().outcomes().unreachable()).isEqualTo(1);
    }

    @Test
    void replyOutranksAnEarlierError() {
        Sent packet = send(TARGET, OPTIONS);
        channel.writeInbound(unreachable(quote(packet, 0)));
        channel.receiveReply(packet);

        assertThat(channel.inboundMessages()).singleElement().isInstanceOf(Replied.class);
    }

    @Test
    void newestErrorIsTheVerdict() {
        Sent packet = send(TARGET, OPTIONS);
        channel.writeInbound(unreachable(quote(packet, 0)));
        channel.writeInbound(new TimeExceededMessage(report(11, 0, quote(packet, 0))));
        channel.advanceMillis(1002);

        assertThat(channel.outcome(TimeExceeded.class).error().type()).isEqualTo(11);
        assertThat(correlator.statistics().outcomes().timeExceeded()).isEqualTo(1);
    }

    @Test
    void errorDoesNotEndTheRetries() {
        Sent first = send(TARGET, OPTIONS.toBuilder().attempts(2).backoff(1).build());
        channel.writeInbound(unreachable(quote(first, 0)));
        channel.advanceMillis(1002);
        assertThat(channel.sent).hasSize(2);
        channel.advanceMillis(1002);

        Unreachable outcome = channel.outcome(Unreachable.class);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.attempt()).isEqualTo(1);
    }

    @Test
    void errorDoesNotOutliveItsProbe() {
        Sent first = send(TARGET, OPTIONS);
        channel.writeInbound(unreachable(quote(first, 0)));
        channel.receiveReply(first);
        channel.outcome(Replied.class);
        Sent next;
        do {
            next = send(TARGET, OPTIONS);
            if (next.sequence() != first.sequence()) {
                channel.receiveReply(next);
                channel.outcome(Replied.class);
            }
        } while (next.sequence() != first.sequence());
        channel.advanceMillis(1002);

        channel.outcome(TimedOut.class);
    }

    @Test
    void errorEndsTheProbeAtOnceOnRequest() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(unreachable(quote(packet, 0)));

        assertThat(channel.outcome(Unreachable.class).attempts()).isEqualTo(1);
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void packetTooBigIsAnotherError() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(new PacketTooBigMessage(report(2, 0, quote(packet, 0)), 1280));

        channel.outcome(OtherIcmpError.class);
        assertThat(correlator.statistics().outcomes().otherIcmpError()).isEqualTo(1);
    }

    @Test
    void parameterProblemIsAnotherError() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(new ParameterProblemMessage(report(12, 0, quote(packet, 0)), 20));

        channel.outcome(OtherIcmpError.class);
    }

    @Test
    void redirectDecidesNothing() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(new RedirectMessage(report(5, 1, quote(packet, 0)), ROUTER));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().notices()).isEqualTo(1);
    }

    @Test
    void sourceQuenchDecidesNothing() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(new SourceQuenchMessage(report(4, 0, quote(packet, 0))));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().notices()).isEqualTo(1);
    }

    @Test
    void errorOfThisHostDecidesNothing() {
        Sent packet = send(TARGET, FAIL_FAST);
        QueuedError error = new QueuedError(90, QueuedError.Origin.LOCAL, 0, 0, 1280, Optional.empty());
        channel.writeInbound(new LocalError(error, Optional.of(quote(packet, 0))));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().notices()).isEqualTo(1);
    }

    // Which probe.

    @Test
    void longQuoteMustHoldTheToken() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(unreachable(quote(packet, 16)));

        channel.outcome(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 11, 15})
    void longQuoteWithAWrongTokenSlotOrGenerationIsRejected(int offset) {
        Sent packet = send(TARGET, FAIL_FAST);
        packet.payload()[offset] ^= 1;
        channel.writeInbound(unreachable(quote(packet, 56)));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(rejectedQuote());
    }

    @Test
    void quoteBetweenHeaderAndTokenIsMatchedByItsHeader() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.writeInbound(unreachable(quote(packet, 15)));

        channel.outcome(Unreachable.class);
    }

    @Test
    void errorWithoutQuoteIsRejected() {
        send(TARGET, FAIL_FAST);
        ErrorReport report = new ErrorReport(
                IpFamily.IPV4, 3, 1, Optional.of(ROUTER), Optional.empty(), channel.now(), OptionalLong.empty());
        channel.writeInbound(new DestinationUnreachableMessage(report, OptionalInt.empty()));

        assertThat(correlator.statistics().rejected()).isEqualTo(rejectedQuote());
    }

    private void rejects(IpAddress destination, int identifier, int sequence, int payloadBytes) {
        Sent packet = channel.sent.get(0);
        channel.writeInbound(unreachable(Quote.of(
                destination, Optional.empty(), identifier, sequence, Arrays.copyOf(packet.payload(), payloadBytes))));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().icmpErrors()).isZero();
        assertThat(correlator.statistics().rejected()).isEqualTo(rejectedQuote());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56})
    void quoteOfAnotherDestinationIsNotChargedToANeighbour(int payloadBytes) {
        Sent packet = send(TARGET, FAIL_FAST);
        rejects(OTHER, packet.identifier(), packet.sequence(), payloadBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56})
    void quoteOfAnotherSequenceIsNotChargedToANeighbour(int payloadBytes) {
        send(TARGET, FAIL_FAST);
        Sent neighbour = send(OTHER, FAIL_FAST);
        rejects(TARGET, neighbour.identifier(), neighbour.sequence(), payloadBytes);
    }

    @Test
    void quoteOfASequenceBeyondTheTableIsRejected() {
        Sent packet = send(TARGET, FAIL_FAST);
        rejects(TARGET, packet.identifier(), 0xffff, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56})
    void quoteOfAnotherIdentifierIsRejected(int payloadBytes) {
        Sent packet = send(TARGET, FAIL_FAST);
        rejects(TARGET, 0x4321, packet.sequence(), payloadBytes);
    }

    @Test
    void quoteOfAPacketThatWasNotSentYetIsRejected() {
        channel.kernel = Kernel.BLOCKS;
        channel.writeAndFlush(new Probe(TARGET, FAIL_FAST));
        Quote guess = Quote.of(TARGET, Optional.empty(), FakeIcmpChannel.IDENTIFIER, 0, new byte[0]);
        channel.writeInbound(unreachable(guess));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().rejected()).isEqualTo(rejectedQuote());
    }

    @Test
    void shortQuoteThatFitsTwoProbesIsRejected() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        for (int i = 0; i < 65_537; i++) {
            wide.write(new Probe(TARGET, FAIL_FAST), wide.voidPromise());
        }
        wide.flush();

        wide.writeInbound(unreachable(quote(wide.lastSent(), 0)));
        assertThat(wide.inboundMessages()).isEmpty();
        assertThat(large.statistics().rejected()).isEqualTo(rejectedQuote());

        wide.writeInbound(unreachable(quote(wide.lastSent(), 16)));
        assertThat(wide.inboundMessages()).as("the token tells them apart").hasSize(1);
        wide.finishAndReleaseAll();
    }

    @Test
    void shortQuoteFindsAProbeAboveTheSequenceNumbers() {
        ProbeCorrelator large =
                FakeIcmpChannel.correlator().maxInFlight(100_000).build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        for (int i = 0; i < 70_000; i++) {
            wide.write(new Probe(IpAddress.ofIpv4(0x0a00_0000 + i), FAIL_FAST), wide.voidPromise());
        }
        wide.flush();
        wide.writeInbound(unreachable(quote(wide.lastSent(), 0)));

        assertThat(wide.outcome(Unreachable.class).probe().target())
                .isEqualTo(wide.lastSent().destination());
        wide.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56})
    void errorAfterTheVerdictIsLate(int payloadBytes) {
        Sent packet = send(TARGET, OPTIONS);
        channel.advanceMillis(1002);
        channel.outcome(TimedOut.class);
        channel.writeInbound(unreachable(quote(packet, payloadBytes)));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().lateErrors()).isEqualTo(1);
        assertThat(correlator.statistics().rejected()).isEqualTo(new Rejected(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void errorAboutAnEarlierUseOfASlotIsNotChargedToTheNext() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.receiveReply(packet);
        Sent next;
        do {
            next = send(TARGET, FAIL_FAST);
            if (next.sequence() != packet.sequence()) {
                channel.receiveReply(next);
            }
        } while (next.sequence() != packet.sequence());
        channel.inboundMessages().clear();
        channel.writeInbound(unreachable(quote(packet, 56)));

        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(correlator.statistics().lateErrors()).isEqualTo(1);
    }

    @Test
    void longQuoteTellsWhichTryItIsAbout() {
        Sent first = send(TARGET, FAIL_FAST.toBuilder().attempts(2).build());
        channel.advanceMillis(1002);
        channel.writeInbound(unreachable(quote(first, 16)));

        Unreachable outcome = channel.outcome(Unreachable.class);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.attempts()).isEqualTo(2);
        assertThat(outcome.rttNanos()).isEqualTo(1_002_000_000);
    }

    @Test
    void shortQuoteIsTakenToBeAboutTheNewestTry() {
        Sent first = send(TARGET, FAIL_FAST.toBuilder().attempts(2).build());
        channel.advanceMillis(1002);
        channel.writeInbound(unreachable(quote(first, 0)));

        assertThat(channel.outcome(Unreachable.class).attempt()).isEqualTo(2);
    }

    @Test
    void shortQuoteIsAboutTheTryThatTheKernelTook() {
        Sent first = send(TARGET, FAIL_FAST.toBuilder().attempts(2).build());
        channel.kernel = Kernel.BLOCKS;
        channel.advanceMillis(1002);
        channel.writeInbound(unreachable(quote(first, 0)));

        assertThat(channel.outcome(Unreachable.class).attempt()).isEqualTo(1);
    }

    @Test
    void timeWithoutStampIsTakenFromTheMonotonicClock() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.advanceMillis(7);
        ErrorReport report = new ErrorReport(
                IpFamily.IPV4,
                3,
                1,
                Optional.of(ROUTER),
                Optional.of(quote(packet, 0)),
                channel.now(),
                OptionalLong.empty());
        channel.writeInbound(new DestinationUnreachableMessage(report, OptionalInt.empty()));

        Unreachable outcome = channel.outcome(Unreachable.class);
        assertThat(outcome.rttNanos()).isEqualTo(7_000_000);
        assertThat(outcome.rttSource()).isEqualTo(RttSource.USER_CLOCK);
    }

    @Test
    void stampAfterTheReadingIsNotUsed() {
        Sent packet = send(TARGET, FAIL_FAST);
        channel.advanceMillis(7);
        channel.wallOffset += 3_600_000_000_000L;
        channel.writeInbound(unreachable(quote(packet, 0)));

        assertThat(channel.outcome(Unreachable.class).rttSource()).isEqualTo(RttSource.USER_CLOCK);
    }

    @Test
    void errorIsShownIfTheChannelClosesBeforeTheVerdict() {
        Sent packet = send(TARGET, OPTIONS);
        channel.writeInbound(unreachable(quote(packet, 0)));
        channel.close();

        assertThat((ProbeOutcome) channel.readInbound()).isInstanceOf(Unreachable.class);
    }
}
