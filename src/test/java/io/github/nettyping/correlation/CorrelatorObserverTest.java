package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.OtherMessage;
import io.github.nettyping.codec.UndecodablePacket;
import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.correlation.RecordingObserver.Rejected;
import io.github.nettyping.correlation.RecordingObserver.SentPacket;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.testing.Reachability;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an observer is told of packets, outcomes, and what is not accepted. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorObserverTest {

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

    // What came back, and notices.

    @Test
    void damagedDataIsToldBeforeTheOutcome() {
        send(OPTIONS);
        observer.reaction = method -> {
            if (method.equals("onDamaged")) {
                assertThat(observer.outcomes).isEmpty();
            }
        };
        channel.writeInbound(channel.reply(channel.lastSent()).xor(20, 0x40).build());

        assertThat(observer.damaged).singleElement().satisfies(damaged -> {
            assertThat(damaged.reply()).isSameAs(observer.outcomes.get(0));
            assertThat(damaged.payload()).hasSize(56);
            assertThat(damaged.payload()[20]).isEqualTo((byte) (20 ^ 0x40));
            assertThat(damaged.payload()[21]).isEqualTo((byte) 21);
        });
    }

    @Test
    void intactDataIsNotTold() {
        send(OPTIONS);
        channel.receiveReply(channel.lastSent());

        assertThat(observer.damaged).isEmpty();
    }

    @Test
    void probeCancelledBecauseOfItsDamageHasNoOutcome() {
        Probe probe = send(OPTIONS);
        observer.reaction = method -> {
            if (method.equals("onDamaged")) {
                correlator.cancel(probe);
            }
        };
        channel.writeInbound(channel.reply(channel.lastSent()).xor(20, 0x40).build());

        assertThat(observer.outcomes).isEmpty();
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void redirectIsToldWithTheProbeItQuotes() {
        Probe probe = send(OPTIONS);
        channel.writeInbound(channel.redirect(channel.lastSent(), 56));
        channel.writeInbound(channel.redirect(channel.lastSent(), 0));
        channel.receiveReply(channel.lastSent());
        channel.writeInbound(channel.redirect(channel.lastSent(), 56));

        assertThat(observer.notices).hasSize(3).allMatch(notice -> notice.probe() == probe);
        assertThat(observer.errors).isEmpty();
        assertThat(observer.lateErrors).isEmpty();
        assertThat(correlator.statistics().notices()).isEqualTo(3);
    }

    @Test
    void redirectOfSomebodyElsesPacketIsCountedAndNotTold() {
        send(OPTIONS);
        channel.writeInbound(channel.redirect(channel.lastSent(), 56, OTHER));

        assertThat(observer.notices).isEmpty();
        assertThat(observer.rejected).isEmpty();
        assertThat(correlator.statistics().notices()).isEqualTo(1);
    }

    // Packets.

    @Test
    void everyPacketTheKernelTakesIsTold() {
        Probe probe = send(TWICE);
        long first = wallNow();
        channel.advanceMillis(1002);
        long second = channel.lastSent().monotonicNanos() + channel.wallOffset;

        assertThat(observer.sent).containsExactly(new SentPacket(probe, 1, first), new SentPacket(probe, 2, second));
    }

    @Test
    void packetThatWaitsForTheKernelIsNotToldYet() {
        channel.kernel = Kernel.BLOCKS;
        send(OPTIONS);

        assertThat(observer.sent).isEmpty();
    }

    @Test
    void packetSentAgainForLocalDropsIsToldAsTheSameTry() {
        Probe probe = send(OPTIONS);
        channel.drops = 1;
        channel.advanceMillis(1002);

        assertThat(observer.sent).extracting(SentPacket::probe).containsExactly(probe, probe);
        assertThat(observer.sent).extracting(SentPacket::attempt).containsExactly(1, 1);
    }

    @Test
    void packetOfACancelledProbeIsToldWhenTheKernelTakesIt() {
        channel.kernel = Kernel.BLOCKS;
        Probe probe = send(OPTIONS);
        correlator.cancel(probe);
        channel.advanceMillis(50);
        channel.kernel = Kernel.ACCEPTS;
        channel.flush();
        long sentAt = wallNow();
        channel.advanceMillis(7);
        channel.receiveReply(channel.lastSent());

        assertThat(observer.sent).containsExactly(new SentPacket(probe, 1, sentAt));
        Replied late = observer.late.get(0);
        assertThat(late.probe()).isSameAs(probe);
        assertThat(late.sentAtNanos()).isEqualTo(sentAt);
        assertThat(late.rttNanos()).isEqualTo(7_000_000);
    }

    @Test
    void packetIsNotToldOnceItsSlotHasBeenTakenAgain() {
        channel.kernel = Kernel.BLOCKS;
        for (int i = 0; i < 2049; i++) {
            correlator.cancel(send(OPTIONS));
        }
        channel.kernel = Kernel.ACCEPTS;
        channel.flush();

        assertThat(correlator.statistics().probesSent()).isEqualTo(2049);
        assertThat(observer.sent).hasSize(2048);
    }

    // Outcomes.

    @Test
    void outcomeIsToldRightBeforeItIsPassedUp() {
        List<String> order = new ArrayList<>();
        observer.reaction = method -> {
            if (method.equals("onOutcome")) {
                order.add("told");
            }
        };
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                order.add("passed up");
            }
        });
        send(OPTIONS);
        channel.receiveReply(channel.lastSent());
        send(OPTIONS);
        channel.advanceMillis(1002);

        assertThat(order).containsExactly("told", "passed up", "told", "passed up");
        assertThat(observer.outcomes)
                .satisfiesExactly(first -> assertThat(first).isInstanceOf(Replied.class), second -> assertThat(second)
                        .isInstanceOf(TimedOut.class));
    }

    @Test
    void outcomeOfAProbeThatWasNeverInFlightIsTold() {
        ProbeCorrelator small =
                FakeIcmpChannel.correlator().maxInFlight(1).observer(observer).build();
        FakeIcmpChannel one = FakeIcmpChannel.with(small);
        one.writeAndFlush(new Probe(TARGET, OPTIONS));
        one.writeAndFlush(new Probe(TARGET, OPTIONS), one.voidPromise());

        assertThat(observer.outcomes).singleElement().isInstanceOf(NotSent.class);
        assertThat(observer.inFlight).containsExactly(1);
        one.finishAndReleaseAll();
    }

    @Test
    void everyChangeOfTheNumberInFlightIsTold() {
        Probe first = new Probe(TARGET, OPTIONS);
        channel.write(first);
        channel.write(new Probe(TARGET, OPTIONS));
        channel.writeAndFlush(new Probe(TARGET, OPTIONS));
        correlator.cancel(first);
        channel.receiveReply(channel.sent.get(1));
        channel.advanceMillis(1002);

        assertThat(observer.inFlight).containsExactly(1, 2, 3, 2, 1, 0);
    }

    // What is not accepted.

    private void rejects(Rejection reason, IpAddress from, IcmpMessage message) {
        channel.writeInbound(message);

        assertThat(observer.rejected).containsExactly(new Rejected(reason, from));
        assertThat(observer.late).isEmpty();
        assertThat(observer.duplicates).isEmpty();
    }

    @Test
    void wrongTokenIsToldWithItsSource() {
        send(OPTIONS);
        rejects(
                Rejection.TOKEN,
                OTHER,
                channel.reply(channel.lastSent()).source(OTHER).xor(0, 1).build());
    }

    @Test
    void wrongIdentifierIsToldWithItsSource() {
        send(OPTIONS);
        rejects(
                Rejection.IDENTIFIER,
                TARGET,
                channel.reply(channel.lastSent()).identifier(7).build());
    }

    @Test
    void wrongSequenceIsToldWithItsSource() {
        send(OPTIONS);
        rejects(
                Rejection.IDENTIFIER,
                TARGET,
                channel.reply(channel.lastSent()).sequence(7).build());
    }

    @Test
    void wrongSourceIsTold() {
        send(OPTIONS);
        rejects(
                Rejection.WRONG_SOURCE,
                OTHER,
                channel.reply(channel.lastSent()).source(OTHER).build());
    }

    @Test
    void echoRequestIsToldAsAWrongType() {
        rejects(
                Rejection.TYPE,
                OTHER,
                EchoRequest.of(IcmpPacket.of(Unpooled.buffer(16), OTHER), FakeIcmpChannel.IDENTIFIER, 0));
    }

    @Test
    void otherMessageIsToldAsAWrongType() {
        rejects(Rejection.TYPE, OTHER, new OtherMessage(IpFamily.IPV4, 17, 0, OTHER));
    }

    @Test
    void wrongChecksumIsToldWithItsSource() {
        rejects(Rejection.CHECKSUM, OTHER, new UndecodablePacket(UndecodablePacket.Reason.CHECKSUM, OTHER));
    }

    @Test
    void brokenLengthsAreToldWithTheirSource() {
        rejects(Rejection.MALFORMED, OTHER, new UndecodablePacket(UndecodablePacket.Reason.MALFORMED, OTHER));
    }

    @Test
    void errorThatQuotesNoProbeIsToldWithItsSender() {
        send(OPTIONS);
        byte[] forged = channel.lastSent().payload();
        forged[0] ^= 1;
        rejects(Rejection.QUOTE, FakeIcmpChannel.ROUTER, channel.unreachable(channel.lastSent(), 56));
    }

    @Test
    void errorWithoutSenderIsOnlyCounted() {
        channel.writeInbound(new DestinationUnreachableMessage(
                new ErrorReport(IpFamily.IPV4, 3, 1, Optional.empty(), Optional.empty(), 0, OptionalLong.empty()),
                OptionalInt.empty()));

        assertThat(correlator.statistics().rejected().quote()).isEqualTo(1);
        assertThat(observer.rejected).isEmpty();
    }

    // No observer.

    @Test
    void withoutObserverNothingHoldsOnToAProbeThatIsOver() {
        FakeIcmpChannel unobserved =
                FakeIcmpChannel.with(FakeIcmpChannel.correlator().build());
        WeakReference<Probe> over = sendAndAnswer(unobserved);

        Reachability.assertGarbage(over);
        unobserved.finishAndReleaseAll();
    }

    @Test
    void nothingHoldsOnToAProbeThatTheObserverDoesNotWantToHearOf() {
        observer.interest = probe -> false;
        WeakReference<Probe> over = sendAndAnswer(channel);
        observer.inFlight.clear();

        Reachability.assertGarbage(over);
    }

    @Test
    void ofAProbeItDoesNotWantToHearOfTheObserverIsToldOnlyThatItIsInFlight() {
        observer.interest = probe -> probe.context().isPresent();
        send(OPTIONS);
        Sent unseen = channel.lastSent();
        channel.writeInbound(channel.unreachable(unseen, 48));
        channel.receiveReply(unseen);
        channel.receiveReply(unseen);
        channel.writeInbound(channel.unreachable(unseen, 48));
        send(OPTIONS);
        Sent late = channel.lastSent();
        channel.advanceMillis(1_000);
        channel.receiveReply(late);
        assertThat(observer.inFlight).containsExactly(1, 0, 1, 0);
        Probe seen = new Probe(TARGET, OPTIONS, "seen");
        channel.writeAndFlush(seen);
        channel.receiveReply(channel.lastSent());
        channel.receiveReply(channel.lastSent());

        assertThat(observer.sent).extracting(SentPacket::probe).containsExactly(seen);
        assertThat(observer.outcomes).hasSize(1).allMatch(outcome -> outcome.probe() == seen);
        assertThat(observer.duplicates).hasSize(1).allMatch(reply -> reply.probe() == seen);
        assertThat(observer.late).isEmpty();
        assertThat(observer.errors).isEmpty();
        assertThat(observer.lateErrors).isEmpty();
        assertThat(correlator.statistics().duplicates()).as("all are counted").isEqualTo(2);
    }

    @Test
    void anObserverThatThrowsWhenAskedHearsNothingOfThatProbe() {
        observer.interest = probe -> {
            throw new IllegalStateException("an observer's own trouble");
        };
        List<Throwable> caught = new ArrayList<>();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught.add(cause);
            }
        });
        send(OPTIONS);
        channel.receiveReply(channel.lastSent());

        assertThat(channel.outcome(Replied.class)).isNotNull();
        assertThat(observer.sent).isEmpty();
        assertThat(observer.outcomes).isEmpty();
        assertThat(caught).isNotEmpty().allMatch(IllegalStateException.class::isInstance);
    }

    private static WeakReference<Probe> sendAndAnswer(FakeIcmpChannel channel) {
        channel.writeAndFlush(new Probe(TARGET, OPTIONS));
        channel.receiveReply(channel.lastSent());
        return new WeakReference<>(channel.outcome(Replied.class).probe());
    }

    @Test
    void nullIsNoObserver() {
        assertThatNullPointerException()
                .isThrownBy(() -> ProbeCorrelator.builder().observer(null));
    }
}
