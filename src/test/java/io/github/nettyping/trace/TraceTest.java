package io.github.nettyping.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.ErrorReport;
import io.github.nettyping.codec.IcmpExtensions;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.internal.engine.FakeSender;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.Request;
import io.github.nettyping.internal.engine.TestLoop;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimeExceeded;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.probe.Unreachable;
import io.github.nettyping.trace.TraceResult.Ending;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a trace asks when, and what it makes of the answers. The test's thread is the event loop. */
class TraceTest {

    private static final InetAddress TARGET = FakeSender.TARGET.toInetAddress();

    private final TestLoop loop = new TestLoop();
    private final FakeSender sender = new FakeSender(loop);
    private final PingerCore core = new PingerCore(loop.eventLoop());
    private final List<TraceResult> results = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private final TraceListener listener = new TraceListener() {
        @Override
        public void onResult(TraceResult result) {
            results.add(result);
        }

        @Override
        public void onHop(IpAddress target, Hop hop) {
            told.add("hop " + hop.number());
        }

        @Override
        public void onCycle(int cycle, TraceResult soFar) {
            told.add("cycle " + cycle);
        }
    };

    /** None is opened. */
    private final ProbeChannelOptions sockets = ProbeChannelOptions.of(SocketSettings.DEFAULTS, 1, Timestamps.RECEIVE);

    @BeforeEach
    void addSender() {
        core.sender(IpFamily.IPV4, sender);
    }

    private static TraceOptions.Builder options() {
        return TraceOptions.builder().maxHops(6);
    }

    private Trace begin(TraceOptions.Builder options) {
        return begin(options, List.of(TARGET));
    }

    private Trace begin(TraceOptions.Builder options, Iterable<InetAddress> targets) {
        Trace trace = TraceStarter.begin(core, sockets, targets, options.build(), listener);
        loop.run();
        return trace;
    }

    /** Returns the hop limits of all requests submitted, in order. */
    private List<Integer> asked() {
        return asked(0);
    }

    private List<Integer> asked(int from) {
        return sender.submitted.subList(from, sender.submitted.size()).stream()
                .map(TraceTest::hopLimit)
                .toList();
    }

    private static int hopLimit(Request request) {
        return request.probe().options().sendOptions().hopLimit().orElseThrow();
    }

    private TraceResult result() {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    // Answers, to requests by their number from 1.

    private static IpAddress router(int hop) {
        return IpAddress.ofIpv4(10 << 24 | hop);
    }

    private static ErrorReport report(int type, int code, int hop) {
        return new ErrorReport(
                IpFamily.IPV4, type, code, Optional.of(router(hop)), Optional.empty(), 0, OptionalLong.empty());
    }

    private void expire(int number) {
        expire(number, hopLimit(sender.request(number)), 0, 1_000);
    }

    private void expire(int number, int router, int code, long nanos) {
        Request request = sender.request(number);
        request.onSent(request.probe(), 1, 0);
        request.outcome(new TimeExceeded(
                request.probe(),
                1,
                1,
                new TimeExceededMessage(report(11, code, router)),
                0,
                nanos,
                RttSource.USER_CLOCK));
    }

    private void bar(int number, int code, OptionalInt mtu) {
        Request request = sender.request(number);
        request.onSent(request.probe(), 1, 0);
        int router = hopLimit(request) - 1;
        request.outcome(new Unreachable(
                request.probe(),
                1,
                1,
                new DestinationUnreachableMessage(report(3, code, router), mtu),
                0,
                1_000,
                RttSource.USER_CLOCK));
    }

    private void reply(int number) {
        Request request = sender.request(number);
        request.onSent(request.probe(), 1, 0);
        request.outcome(new Replied(
                request.probe(),
                1,
                1,
                request.probe().target(),
                0,
                1_000,
                RttSource.USER_CLOCK,
                OptionalInt.empty(),
                OptionalInt.empty(),
                64,
                EnumSet.noneOf(ReplyFlag.class)));
    }

    private void silence(int number) {
        Request request = sender.request(number);
        request.onSent(request.probe(), 1, 0);
        request.outcome(new TimedOut(request.probe(), 1, 0));
    }

    private void refuse(int number) {
        Request request = sender.request(number);
        request.outcome(new NotSent(
                request.probe(),
                1,
                NotSent.Reason.REFUSED_BY_KERNEL,
                Optional.of(new SystemCallException("sendmmsg", 101, "ENETUNREACH", ""))));
    }

    // What is asked.

    @Test
    void asksSoManyHopsSideBySideOnceEach() {
        begin(options().parallelHops(4));

        assertThat(asked()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void asksAgainWhatLiesBeforeAnAnswerAndOneHopMore() {
        begin(options().parallelHops(4).probesPerHop(2));
        expire(3);

        assertThat(asked(4)).containsExactly(1, 2, 3);
        expire(7);
        assertThat(asked(7)).as("hop 3 is through").containsExactly(5);
    }

    @Test
    void asksASilentHopAgainOnceItIsKnownToBeSilent() {
        begin(options().parallelHops(2).probesPerHop(3));
        silence(2);

        assertThat(asked(2)).containsExactly(2, 2);
    }

    @Test
    void asksNobodyBeyondTheTarget() {
        begin(options().maxHops(30).parallelHops(4).probesPerHop(2));
        expire(1);
        reply(2);
        int soFar = sender.submitted.size();
        reply(3);
        reply(4);

        assertThat(asked(4)).containsExactly(1, 2);
        assertThat(sender.submitted).hasSize(soFar);
    }

    @Test
    void givesUpWhatIsNotYetSentBeyondTheTarget() {
        begin(options().parallelHops(4));
        sender.request(3).onSent(sender.request(3).probe(), 1, 0);
        reply(2);

        assertThat(sender.givenUp).containsExactly(sender.request(4));
    }

    @Test
    void allProbesToAHopHaveTheSameOptionsAndAllProbesTheSameChecksum() {
        begin(options().probesPerHop(2), List.of(TARGET, router(9).toInetAddress()));
        silence(1);

        List<ProbeOptions> all = sender.submitted.stream()
                .map(Request::probe)
                .map(Probe::options)
                .toList();
        assertThat(all).hasSizeGreaterThan(12);
        assertThat(all.stream().map(ProbeOptions::flowChecksum).distinct()).hasSize(1);
        assertThat(all.get(0).flowChecksum()).isPresent();
        for (Request request : sender.submitted) {
            assertThat(request.probe().options()).isSameAs(all.get(hopLimit(request) - 1));
        }
    }

    @Test
    void withoutAFlowTheChecksumIsLeftAlone() {
        begin(options().paris(false).payloadBytes(0));

        assertThat(sender.request(1).probe().options().flowChecksum()).isEmpty();
        assertThat(sender.request(1).probe().options().payloadBytes()).isZero();
    }

    // What it makes of the answers.

    @Test
    void theWayEndsAtTheNearestHopTheTargetRepliesFrom() {
        Trace trace = begin(options().probesPerHop(1));
        expire(1);
        reply(4);
        reply(3);
        expire(2);

        assertThat(result().ending()).isEqualTo(Ending.REACHED);
        assertThat(result().hops()).extracting(Hop::number).containsExactly(1, 2, 3);
        assertThat(result().hops().get(2).from()).containsExactly(FakeSender.TARGET);
        assertThat(result().hops().get(2).sent()).isOne();
        assertThat(told).containsExactly("hop 1", "hop 2", "hop 3", "cycle 1");
        TraceSummary summary = trace.completion().join();
        assertThat(summary.targets()).isOne();
        assertThat(summary.answers()).isEqualTo(4);
        assertThat(summary.probesSent()).isEqualTo(4);
        assertThat(summary.endings()).hasSize(5).containsEntry(Ending.REACHED, 1L);
        assertThat(core.sessions()).isZero();
    }

    @Test
    void theWayEndsWhereSomebodySaysSo() {
        begin(options().probesPerHop(1).maxHops(4));
        sender.submitted.forEach(request -> request.onSent(request.probe(), 1, 0));
        expire(1);
        bar(2, 1, OptionalInt.empty());
        bar(3, 1, OptionalInt.empty());
        assertThat(results).as("the fourth may still get there").isEmpty();
        silence(4);

        assertThat(result().ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(result().hops()).hasSize(2);
        assertThat(result().hops().get(1).error().orElseThrow().name()).isEqualTo("host_unreachable");
        assertThat(result().hops().get(1).received()).isOne();
    }

    @Test
    void aReplyOutranksWhoeverSaysThatThereIsNoWay() {
        begin(options().probesPerHop(1).maxHops(4));
        sender.submitted.forEach(request -> request.onSent(request.probe(), 1, 0));
        expire(1);
        bar(2, 1, OptionalInt.empty());
        reply(4);
        assertThat(results).as("the third is on the way now").isEmpty();
        expire(3);

        assertThat(result().ending()).isEqualTo(Ending.REACHED);
        assertThat(result().hops()).hasSize(4);
        assertThat(result().hops().get(1).error()).isPresent();
    }

    @Test
    void aWayThatDiffersFromProbeToProbeHasSeveralRoutersAtAHop() {
        begin(options().maxHops(1).probesPerHop(3));
        expire(1, 7, 0, 1_000);
        expire(2, 8, 0, 2_000);
        expire(3, 7, 0, 6_000);

        Hop hop = result().hops().get(0);
        assertThat(hop.from()).containsExactly(router(7), router(8));
        HopTimes times = hop.times().orElseThrow();
        assertThat(times.count()).isEqualTo(3);
        assertThat(times.lastNanos()).isEqualTo(6_000);
        assertThat(times.minNanos()).isEqualTo(1_000);
        assertThat(times.maxNanos()).isEqualTo(6_000);
        assertThat(times.meanNanos()).isEqualTo(3_000);
        // Of 1, 2 and 6: the root of (4 + 1 + 9) / 3.
        assertThat(times.stdevNanos()).isCloseTo(2_160.247, within(0.001));
    }

    @Test
    void aSilentHopHasNoTimesAndEndsNothing() {
        begin(options().maxHops(2).probesPerHop(1));
        silence(1);
        silence(2);

        assertThat(result().ending()).isEqualTo(Ending.MAX_HOPS);
        assertThat(result().hops())
                .hasSize(2)
                .allMatch(Hop::isSilent)
                .allMatch(hop ->
                        hop.loss() == 1 && hop.times().isEmpty() && hop.from().isEmpty());
    }

    @Test
    void soManySilentHopsInARowEndTheWay() {
        begin(options().maxHops(200).parallelHops(5).probesPerHop(1).maxSilentHops(3));
        silence(1);
        expire(2);
        silence(3);
        silence(4);
        assertThat(results).isEmpty();
        silence(5);

        assertThat(result().ending()).isEqualTo(Ending.SILENT);
        assertThat(result().hops()).extracting(Hop::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(told).contains("hop 5").doesNotContain("hop 6");
    }

    @Test
    void silentHopsBeforeOneThatAnswersEndNothing() {
        begin(options().maxHops(5).parallelHops(5).probesPerHop(1).maxSilentHops(2));
        expire(5);
        silence(1);
        silence(2);
        silence(3);
        silence(4);

        assertThat(result().ending()).isEqualTo(Ending.MAX_HOPS);
    }

    @Test
    void aLostFragmentIsNoAnswerOfTheHop() {
        begin(options().maxHops(1).probesPerHop(1));
        expire(1, 7, 1, 1_000);

        Hop hop = result().hops().get(0);
        assertThat(hop.from()).isEmpty();
        assertThat(hop.isSilent()).isTrue();
        assertThat(hop.error().orElseThrow().name()).contains("reassembly");
    }

    @Test
    void labelsOfTheNewestAnswerThatHasSomeAreKept() {
        begin(options().maxHops(1).probesPerHop(2));
        MplsLabelStack.Label label = new MplsLabelStack.Label(24_001, 0, true, 1);
        Request request = sender.request(1);
        ErrorReport report = report(11, 0, 1);
        request.outcome(new TimeExceeded(
                request.probe(),
                1,
                1,
                new TimeExceededMessage(new ErrorReport(
                        report.family(),
                        11,
                        0,
                        report.from(),
                        Optional.empty(),
                        0,
                        OptionalLong.empty(),
                        new IcmpExtensions(List.of(new MplsLabelStack(List.of(label))), false))),
                0,
                1,
                RttSource.USER_CLOCK));
        expire(2);

        assertThat(result().hops().get(0).mplsLabels()).containsExactly(label);
    }

    @Test
    void aProbeTooLongForTheWayIsSentAgainForTheKernelKnowsNow() {
        begin(options().maxHops(3).probesPerHop(1).payloadBytes(1400));
        expire(1);
        expire(2);
        bar(3, 4, OptionalInt.of(1300));
        assertThat(asked(3)).containsExactly(3);
        reply(4);

        assertThat(result().ending()).isEqualTo(Ending.REACHED);
        assertThat(result().hops().get(1).mtu()).hasValue(1300);
        assertThat(result().hops().get(2).mtu()).isEmpty();
        assertThat(result().hops().get(2).sent()).isOne();
        assertThat(result().pathMtu()).as("not asked for").isEmpty();
    }

    @Test
    void aProbeThatIsTooLongAgainAndAgainEndsTheWay() {
        begin(options().maxHops(1).probesPerHop(1));
        bar(1, 4, OptionalInt.of(1300));
        bar(2, 4, OptionalInt.of(1300));

        assertThat(result().ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(result().hops().get(0).error().orElseThrow().name()).isEqualTo("fragmentation_needed");
    }

    // Trouble on this side.

    @Test
    void whatThisMachineRefusesAtFirstIsTheResult() {
        Trace trace = begin(options());
        refuse(1);

        assertThat(result().ending()).isEqualTo(Ending.NOT_SENT);
        assertThat(result().hops()).isEmpty();
        assertThat(result().refusal().orElseThrow().reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
        assertThat(result().refusal().orElseThrow().cause().orElseThrow().errnoName())
                .isEqualTo("ENETUNREACH");
        assertThat(sender.givenUp).hasSize(5);
        assertThat(told).isEmpty();
        assertThat(trace.completion().join().endings()).containsEntry(Ending.NOT_SENT, 1L);
    }

    @Test
    void whatThisMachineRefusesOrLosesLaterIsNoLossOfTheNetwork() {
        begin(options().maxHops(2).probesPerHop(2));
        expire(1);
        expire(3);
        Request lost = sender.request(2);
        lost.onSent(lost.probe(), 1, 0);
        lost.outcome(new DroppedLocally(lost.probe(), 1, 0));
        refuse(4);

        Hop hop = result().hops().get(1);
        assertThat(hop.sent()).isZero();
        assertThat(hop.received()).isZero();
        assertThat(hop.sentInVain()).isEqualTo(2);
        assertThat(hop.isSilent()).isFalse();
        assertThat(hop.loss()).isZero();
        assertThat(result().refusal()).isPresent();
        assertThat(result().ending()).isEqualTo(Ending.MAX_HOPS);
    }

    // Cycles.

    @Test
    void laterCyclesBeginAfterTheIntervalAndAskOnlyTheHopsToTheEnd() {
        begin(options().probesPerHop(1).cycles(2).interval(Duration.ofMillis(50)));
        expire(1);
        reply(2);
        assertThat(told).containsExactly("hop 1", "hop 2", "cycle 1");
        int soFar = sender.submitted.size();
        loop.pause(Duration.ofMillis(49));
        assertThat(sender.submitted).hasSize(soFar);
        loop.pause(Duration.ofMillis(1));

        assertThat(asked(soFar)).containsExactly(1, 2);
        silence(soFar + 1);
        reply(soFar + 2);
        assertThat(result().hops().get(0).sent()).isEqualTo(2);
        assertThat(result().hops().get(0).received()).isOne();
        assertThat(told).containsExactly("hop 1", "hop 2", "cycle 1", "cycle 2");
    }

    @Test
    void aCycleThatBeginsLateMovesNoOtherAndMissedOnesAreSkipped() {
        begin(options().maxHops(1).probesPerHop(1).cycles(4).interval(Duration.ofMillis(50)));
        for (int pause : new int[] {70, 30, 170}) {
            expire(sender.submitted.size());
            loop.pause(Duration.ofMillis(pause));
        }

        assertThat(sender.submittedAtMillis).containsExactly(0L, 70L, 100L, 270L);
        expire(4);
        assertThat(result().hops().get(0).sent()).isEqualTo(4);
    }

    @Test
    void aCycleThatTookLongerThanTheIntervalIsFollowedAtOnce() {
        begin(options().maxHops(1).probesPerHop(1).cycles(2).interval(Duration.ofMillis(50)));
        loop.pause(Duration.ofMillis(80));
        expire(1);
        loop.run();

        assertThat(asked()).containsExactly(1, 1);
    }

    // Many targets.

    private static Iterable<InetAddress> endless(AtomicInteger taken) {
        return () -> IntStream.generate(taken::incrementAndGet)
                .mapToObj(i -> IpAddress.ofIpv4(198 << 24 | 18 << 16 | i).toInetAddress())
                .iterator();
    }

    @Test
    void takesTargetsAsThoseBeforeThemLeaveRoom() {
        AtomicInteger taken = new AtomicInteger();
        begin(options().parallelHops(2).parallelTargets(3), endless(taken));
        loop.advance(Duration.ofMillis(10));
        assertThat(taken).hasValue(3);
        assertThat(asked()).containsExactly(1, 2, 1, 2, 1, 2);

        refuse(1);
        assertThat(taken).hasValue(4);
    }

    @Test
    void asksNoMoreThanThereIsRoomFor() {
        AtomicInteger taken = new AtomicInteger();
        sender.room = 10;
        begin(options().parallelHops(4), endless(taken));
        loop.advance(Duration.ofMillis(10));

        assertThat(sender.submitted).hasSize(10);
        assertThat(taken.get()).isLessThanOrEqualTo(4);
        sender.room = 12;
        expire(1);
        assertThat(sender.submitted).hasSize(12);
    }

    @Test
    void oneProbeWaitsForRoomSoThatItsTurnIsNoticed() {
        sender.room = 0;
        begin(options());

        assertThat(asked()).containsExactly(1);
    }

    @Test
    void keepsToTheRateForAllTargetsTogether() {
        begin(options().parallelHops(3).probesPerSecond(100), endless(new AtomicInteger()));
        loop.advance(Duration.ofMillis(200));

        assertThat(sender.submitted).hasSizeBetween(19, 21);
    }

    @Test
    void aThousandTargetsHaveTheirResultsAndTheSummaryCountsThem() {
        Iterable<InetAddress> targets = () -> IntStream.range(0, 1_000)
                .mapToObj(i -> IpAddress.ofIpv4(198 << 24 | i).toInetAddress())
                .iterator();
        Trace trace = begin(options().parallelHops(1).parallelTargets(10), targets);
        for (int number = 1; number <= sender.submitted.size(); number++) {
            reply(number);
            loop.run();
        }

        assertThat(results).hasSize(1_000);
        assertThat(trace.completion().join().targets()).isEqualTo(1_000);
    }

    // The end.

    @Test
    void stoppingGivesUpAndTellsNothingMore() {
        Trace trace = begin(options());
        trace.stop();
        loop.run();

        assertThat(trace.completion().join().stopped()).isTrue();
        assertThat(sender.givenUp).hasSize(6);
        reply(1);
        assertThat(results).isEmpty();
        assertThat(told).isEmpty();
        assertThat(core.sessions()).isZero();
    }

    @Test
    void aClosedPingerCompletesItWithWhatThereIs() {
        Trace trace = begin(options());
        core.close(new ClosedChannelException());

        assertThat(trace.completion().join().stopped()).isTrue();
        assertThat(trace.completion().join().targets()).isZero();
    }

    @Test
    void theFutureOfOneTargetFailsIfThePingerCloses() {
        CompletableFuture<TraceResult> future =
                TraceStarter.begin(core, sockets, TARGET, options().build());
        loop.run();
        core.close(new ClosedChannelException());

        assertThat(future).failsWithin(Duration.ZERO);
    }

    @Test
    void ofAClosedPingerEverythingHasFailed() {
        core.close(new ClosedChannelException());

        assertThat(TraceStarter.begin(core, sockets, TARGET, options().build())).isCompletedExceptionally();
        assertThat(begin(options()).completion()).isCompletedExceptionally();
    }

    @Test
    void whoeverCompletesTheFutureEndsTheTrace() {
        CompletableFuture<TraceResult> future =
                TraceStarter.begin(core, sockets, TARGET, options().build());
        loop.run();
        future.cancel(false);
        loop.run();

        assertThat(sender.givenUp).hasSize(6);
        assertThat(core.sessions()).isZero();
    }

    @Test
    void whatTheIterationThrowsEndsTheTrace() {
        Iterator<InetAddress> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public InetAddress next() {
                throw new IllegalStateException("broken");
            }
        };
        Trace trace = begin(options(), () -> broken);

        assertThat(trace.completion())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("broken");
        assertThat(core.sessions()).isZero();
    }

    @Test
    void aTargetThatCannotBeAskedEndsTheTraceAndSaysWhich() throws Exception {
        Trace trace = begin(options(), List.of(InetAddress.getByName("224.0.0.1")));

        assertThat(trace.completion())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("224.0.0.1");
    }

    @Test
    void noTargetsAreDoneAtOnce() {
        assertThat(begin(options(), List.of()).completion().join().targets()).isZero();
    }

    @Test
    void aListenerThatThrowsOrStopsItDisturbsNothing() {
        Trace[] trace = new Trace[1];
        trace[0] = TraceStarter.begin(core, sockets, List.of(TARGET), options().build(), new TraceListener() {
            @Override
            public void onHop(IpAddress target, Hop hop) {
                trace[0].stop();
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void onResult(TraceResult result) {
                results.add(result);
            }
        });
        loop.run();
        expire(1);
        reply(2);
        expire(7);
        expire(8);

        assertThat(trace[0].completion().join().stopped()).isTrue();
        assertThat(results).isEmpty();
    }
}
