package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.packet.UnsupportedSendOptionsException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exactly one outcome for each probe, whatever happens to the channel and whatever handlers do meanwhile. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorLifecycleTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();

    private final ProbeCorrelator correlator =
            FakeIcmpChannel.correlator().maxInFlight(4).build();

    private static Probe probe() {
        return new Probe(TARGET, OPTIONS);
    }

    /** Collects outcomes, and does something with each. */
    private static final class Session extends ChannelInboundHandlerAdapter {
        private final List<ProbeOutcome> outcomes = new ArrayList<>();
        private final List<Throwable> exceptions = new ArrayList<>();
        private BiConsumer<ChannelHandlerContext, ProbeOutcome> reaction = (ctx, outcome) -> {};
        private int completions;
        private int outcomesWhenInactive = -1;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            outcomes.add((ProbeOutcome) msg);
            reaction.accept(ctx, (ProbeOutcome) msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            completions++;
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            outcomesWhenInactive = outcomes.size();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            exceptions.add(cause);
        }
    }

    private final Session session = new Session();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator, session);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        channel.releaseWaiting();
    }

    private NotSent onlyNotSent() {
        assertThat(session.outcomes).hasSize(1);
        return (NotSent) session.outcomes.get(0);
    }

    // Writing.

    @Test
    void promiseOfTheWriterIsTheFirstPackets() {
        ChannelFuture future = channel.write(probe());
        assertThat(future.isDone()).isFalse();
        channel.flush();

        assertThat(future.isSuccess()).isTrue();
    }

    @Test
    void voidPromiseIsWelcome() {
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void oneProbeMoreThanMayBeInFlightIsNotSent() {
        for (int i = 0; i < 4; i++) {
            channel.write(probe());
        }
        Probe tooMany = probe();
        ChannelFuture future = channel.writeAndFlush(tooMany);

        assertThat(future.cause()).isInstanceOf(NoFreeSlotException.class).hasMessageContaining("4 probes in flight");
        NotSent outcome = onlyNotSent();
        assertThat(outcome.probe()).isSameAs(tooMany);
        assertThat(outcome.reason()).isEqualTo(NotSent.Reason.NO_FREE_SLOT);
        assertThat(outcome.attempts()).isZero();
        assertThat(tooMany.isInFlight()).isFalse();
        assertThat(channel.sent).hasSize(4);
        assertThat(correlator.statistics().outcomes().notSent()).isEqualTo(1);
        assertThat(session.completions).isEqualTo(1);
        assertThat(session.exceptions).isEmpty();
    }

    @Test
    void outcomeNeverComesFromInsideAWrite() {
        List<String> order = new ArrayList<>();
        session.reaction = (ctx, outcome) -> order.add("outcome");
        channel.eventLoop().execute(() -> {
            for (int i = 0; i < 5; i++) {
                channel.write(probe(), channel.voidPromise());
            }
            order.add("written");
        });
        // Runs tasks one after the other, as event loops do; the other methods run them inside every operation.
        channel.flushInbound();

        assertThat(order).containsExactly("written", "outcome");
    }

    @Test
    void packetThatAHandlerBelowThrowsAwayEndsItsProbe() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                promise.trySuccess();
            }
        });
        channel.writeAndFlush(probe());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.WRITE_FAILED);
        assertThat(session.exceptions).isEmpty();
    }

    @Test
    void packetThatIsThrownAwayLaterEndsItsProbeThen() {
        List<Object> held = new ArrayList<>();
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                held.add(msg);
            }
        });
        channel.writeAndFlush(probe());
        assertThat(session.outcomes).isEmpty();

        held.forEach(ReferenceCountUtil::release);
        channel.runPendingTasks();
        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.WRITE_FAILED);
    }

    @Test
    void probeRefusedByTheKernelIsNotSent() {
        channel.kernel = Kernel.REFUSES;
        ChannelFuture future = channel.writeAndFlush(probe());

        NotSent outcome = onlyNotSent();
        assertThat(outcome.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
        assertThat(outcome.cause()).map(SystemCallException::errno).contains(101);
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(future.cause()).isInstanceOf(SystemCallException.class);
        assertThat(session.completions).isEqualTo(1);
        assertThat(correlator.statistics().inFlight()).isZero();
        assertThat(correlator.statistics().probesSent()).isZero();
    }

    @Test
    void refusalOfOnePacketLeavesTheOthersAlone() {
        channel.writeAndFlush(probe());
        channel.kernel = Kernel.REFUSES;
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(session.outcomes).hasSize(1);
        assertThat(session.exceptions).isEmpty();
        assertThat(correlator.statistics().inFlight()).isEqualTo(1);
    }

    @Test
    void probeThatAHandlerDoesNotTakeIsNotSent() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                promise.tryFailure(new UnsupportedOperationException("wrong family"));
            }
        });
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.WRITE_FAILED);
        assertThat(session.exceptions).singleElement().isInstanceOf(UnsupportedOperationException.class);
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void probeWhoseOptionsTheSocketCannotTakeIsNotSentAndNobodyIsAlarmed() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                promise.tryFailure(new UnsupportedSendOptionsException(SendOptions.none(), "a reason"));
            }
        });
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.UNSUPPORTED_OPTION);
        assertThat(onlyNotSent().cause()).isEmpty();
        assertThat(session.exceptions).isEmpty();
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void failureOfAWriteIsTheWritersIfItHasAPromise() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                throw new UnsupportedOperationException("wrong family");
            }
        });
        ChannelFuture future = channel.writeAndFlush(probe());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.WRITE_FAILED);
        assertThat(future.cause()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(session.exceptions).isEmpty();
    }

    @Test
    void failureOfOneWriteIsNotChargedToTheNext() {
        ChannelOutboundHandlerAdapter failing = new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                promise.tryFailure(new UnsupportedOperationException("wrong family"));
            }
        };
        channel.pipeline().addFirst(failing);
        channel.writeAndFlush(probe(), channel.voidPromise());
        channel.pipeline().remove(failing);
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(session.outcomes).hasSize(1);
        assertThat(correlator.statistics().inFlight()).isEqualTo(1);
    }

    @Test
    void writeThatFailsBecauseTheChannelClosesSaysSo() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ReferenceCountUtil.release(msg);
                promise.tryFailure(new ClosedChannelException());
            }
        });
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.CHANNEL_CLOSED);
        assertThat(session.exceptions).isEmpty();
    }

    @Test
    void probeRefusedInsideTheWriteHasOneOutcome() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                ctx.writeAndFlush(msg, promise);
            }
        });
        channel.kernel = Kernel.REFUSES;
        channel.writeAndFlush(probe());
        channel.writeAndFlush(probe(), channel.voidPromise());

        assertThat(session.outcomes).hasSize(2);
        assertThat(session.exceptions).isEmpty();
    }

    @Test
    void allocatorThatFailsIsAFailedWrite() {
        channel.config().setAllocator(new PooledByteBufAllocator(false) {
            @Override
            public ByteBuf directBuffer(int initialCapacity) {
                throw new OutOfMemoryError("scripted");
            }
        });
        ChannelFuture future = channel.writeAndFlush(probe());

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.WRITE_FAILED);
        assertThat(future.cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void writeCannotBeCancelledBehindTheCorrelatorsBack() {
        channel.kernel = Kernel.BLOCKS;
        ChannelFuture future = channel.write(probe());

        assertThat(future.cancel(false)).isFalse();
    }

    @Test
    void probeInFlightIsNotWrittenTwice() {
        Probe probe = probe();
        channel.writeAndFlush(probe);
        ChannelFuture second = channel.writeAndFlush(probe);

        assertThat(second.cause()).isInstanceOf(IllegalStateException.class).hasMessageContaining("192.0.2.1");
        assertThat(channel.sent).hasSize(1);
        assertThat(correlator.statistics().inFlight()).isEqualTo(1);
        channel.receiveReply(channel.lastSent());
        assertThat(session.outcomes).singleElement().isInstanceOf(Replied.class);
    }

    @Test
    void probeMayBeWrittenAgainFromItsOutcome() {
        Probe probe = probe();
        session.reaction = (ctx, outcome) -> {
            if (session.outcomes.size() == 1) {
                ctx.writeAndFlush(outcome.probe(), ctx.voidPromise());
            }
        };
        channel.writeAndFlush(probe);
        channel.receiveReply(channel.lastSent());
        channel.receiveReply(channel.lastSent());

        assertThat(session.outcomes).hasSize(2).allMatch(Replied.class::isInstance);
    }

    @Test
    void messagesOfOtherTypesAreWrittenThrough() {
        EmbeddedChannel plain = new EmbeddedChannel(FakeIcmpChannel.correlator().build());
        plain.writeOutbound("down");

        assertThat(plain.<String>readOutbound()).isEqualTo("down");
        plain.finishAndReleaseAll();
    }

    // Cancelling.

    @Test
    void cancelledProbeHasNoOutcome() {
        Probe probe = probe();
        channel.writeAndFlush(probe);

        assertThat(correlator.cancel(probe)).isTrue();
        assertThat(correlator.statistics().inFlight()).isZero();
        channel.advanceMillis(1100);
        assertThat(session.outcomes).isEmpty();
    }

    @Test
    void probeIsCancelledOnce() {
        Probe probe = probe();
        channel.writeAndFlush(probe);
        correlator.cancel(probe);

        assertThat(correlator.cancel(probe)).isFalse();
    }

    @Test
    void probeNeverWrittenIsNotCancelled() {
        assertThat(correlator.cancel(probe())).isFalse();
    }

    @Test
    void probeInFlightElsewhereIsNotCancelled() {
        ProbeCorrelator other = FakeIcmpChannel.correlator().build();
        FakeIcmpChannel otherChannel = FakeIcmpChannel.with(other);
        Probe probe = probe();
        otherChannel.writeAndFlush(probe);
        channel.writeAndFlush(probe());

        assertThat(correlator.cancel(probe)).isFalse();
        assertThat(other.statistics().inFlight()).isEqualTo(1);
        otherChannel.finishAndReleaseAll();
    }

    @Test
    void probeIsCancelledWhileItWaitsForTheKernel() {
        channel.kernel = Kernel.BLOCKS;
        Probe probe = probe();
        channel.writeAndFlush(probe);
        correlator.cancel(probe);
        channel.kernel = Kernel.ACCEPTS;
        channel.flush();
        channel.advanceMillis(1100);

        assertThat(session.outcomes).isEmpty();
        assertThat(correlator.statistics().probesSent()).isEqualTo(1);
    }

    @Test
    void replyToACancelledProbeIsLate() {
        Probe probe = probe();
        channel.writeAndFlush(probe);
        correlator.cancel(probe);
        channel.receiveReply(channel.lastSent());

        assertThat(correlator.statistics().late()).isEqualTo(1);
    }

    @Test
    void handlerMayCancelProbesThatAreAboutToExpire() {
        Probe first = probe();
        Probe second = probe();
        channel.write(first);
        channel.writeAndFlush(second);
        session.reaction = (ctx, outcome) -> correlator.cancel(second);
        channel.advanceMillis(1100);

        assertThat(session.outcomes).singleElement().isInstanceOf(TimedOut.class);
    }

    // Closing.

    @Test
    void closingEndsEveryProbeBeforeTheChannelIsInactive() {
        channel.writeAndFlush(probe());
        channel.kernel = Kernel.BLOCKS;
        channel.writeAndFlush(probe());
        channel.close();

        assertThat(session.outcomes).hasSize(2);
        assertThat(session.outcomesWhenInactive).isEqualTo(2);
        assertThat(session.outcomes).allSatisfy(outcome -> assertThat(((NotSent) outcome).reason())
                .isEqualTo(NotSent.Reason.CHANNEL_CLOSED));
        assertThat(correlator.statistics().inFlight()).isZero();
    }

    @Test
    void closedProbeTellsThatItMayHaveBeenSent() {
        channel.writeAndFlush(probe());
        channel.close();

        assertThat(onlyNotSent().attempts()).isEqualTo(1);
    }

    @Test
    void closingCancelsTheTimer() {
        channel.writeAndFlush(probe());
        channel.pipeline().remove(correlator);

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void removingTheHandlerEndsEveryProbe() {
        channel.writeAndFlush(probe());
        channel.pipeline().remove(correlator);

        assertThat(onlyNotSent().reason()).isEqualTo(NotSent.Reason.CHANNEL_CLOSED);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void removingTheHandlerPassesOnWhatWasPostponed() {
        int[] passedAtRemoval = {0};
        channel.eventLoop().execute(() -> {
            channel.writeAndFlush(probe(), channel.voidPromise());
            channel.kernel = Kernel.REFUSES;
            channel.writeAndFlush(probe(), channel.voidPromise());
            channel.pipeline().remove(correlator);
            passedAtRemoval[0] = session.outcomes.size();
        });
        channel.flushInbound();

        assertThat(passedAtRemoval[0]).isEqualTo(2);
        assertThat(session.outcomes).hasSize(2);
    }

    @Test
    void outcomesOfTheEndAreFollowedByAReadComplete() {
        channel.writeAndFlush(probe());
        channel.pipeline().remove(correlator);

        assertThat(session.completions).isEqualTo(1);
    }

    @Test
    void packetsTheKernelTakesAfterTheRemovalAreForgotten() {
        channel.kernel = Kernel.BLOCKS;
        channel.writeAndFlush(probe());
        channel.pipeline().remove(correlator);
        channel.kernel = Kernel.ACCEPTS;
        channel.flush();
        channel.advanceMillis(2000);

        assertThat(session.outcomes).hasSize(1);
    }

    @Test
    void probeWrittenToAClosedChannelIsNotSent() {
        session.reaction = (ctx, outcome) -> {
            if (session.outcomes.size() < 3) {
                ChannelFuture future = ctx.writeAndFlush(probe());
                assertThat(future.cause()).isInstanceOf(ClosedChannelException.class);
            }
        };
        channel.writeAndFlush(probe());
        channel.close();
        channel.runPendingTasks();

        assertThat(session.outcomes).hasSize(3).allSatisfy(outcome -> assertThat(((NotSent) outcome).reason())
                .isEqualTo(NotSent.Reason.CHANNEL_CLOSED));
    }

    @Test
    void handlerMayCloseTheChannelFromATimeout() {
        for (int i = 0; i < 4; i++) {
            channel.write(probe());
        }
        channel.flush();
        session.reaction = (ctx, outcome) -> ctx.close();
        channel.advanceMillis(1100);

        assertThat(session.outcomes).hasSize(4);
        assertThat(session.outcomes.get(0)).isInstanceOf(TimedOut.class);
        assertThat(session.outcomes.subList(1, 4)).allMatch(NotSent.class::isInstance);
    }

    @Test
    void handlerMayCloseTheChannelFromAReplyReadByTheExpiry() {
        channel.write(probe());
        channel.writeAndFlush(probe());
        channel.waiting.add(channel.reply(channel.sent.get(0)).build());
        int asked = channel.dropsAsked;
        session.reaction = (ctx, outcome) -> ctx.close();
        channel.advanceMillis(1100);

        assertThat(session.outcomes).hasSize(2);
        assertThat(session.outcomes.get(0)).isInstanceOf(Replied.class);
        assertThat(session.outcomes.get(1)).isInstanceOf(NotSent.class);
        assertThat(channel.dropsAsked).as("a closed socket is not asked").isEqualTo(asked);
    }

    @Test
    void handlerMayRemoveTheCorrelatorFromAnOutcome() {
        channel.write(probe());
        channel.writeAndFlush(probe());
        session.reaction = (ctx, outcome) -> {
            if (session.outcomes.size() == 1) {
                ctx.pipeline().remove(correlator);
            }
        };
        channel.advanceMillis(1100);

        assertThat(session.outcomes).hasSize(2);
    }

    // Writing from inside an outcome.

    @Test
    void handlerMayRefillFromEveryOutcome() {
        int[] left = {1000};
        session.reaction = (ctx, outcome) -> {
            if (left[0]-- > 0) {
                ctx.writeAndFlush(probe(), ctx.voidPromise());
            }
        };
        for (int i = 0; i < 4; i++) {
            channel.write(probe());
        }
        channel.flush();
        int answered = 0;
        while (correlator.statistics().inFlight() > 0) {
            if (answered < channel.sent.size() && answered % 3 != 0) {
                channel.receiveReply(channel.sent.get(answered++));
            } else {
                answered++;
                channel.advanceMillis(300);
            }
        }

        assertThat(session.outcomes).hasSize(1004);
        assertThat(session.outcomes).noneMatch(NotSent.class::isInstance);
    }

    @Test
    void handlerMayWriteFromAReplyReadByTheExpiry() {
        channel.write(probe());
        channel.writeAndFlush(probe());
        Sent waiting = channel.sent.get(0);
        channel.waiting.add(channel.reply(waiting).build());
        session.reaction = (ctx, outcome) -> {
            if (outcome instanceof Replied) {
                ctx.writeAndFlush(probe(), ctx.voidPromise());
            }
        };
        channel.advanceMillis(1002);
        assertThat(session.outcomes).hasSize(2);
        channel.advanceMillis(1002);

        assertThat(session.outcomes).hasSize(3);
        assertThat(session.outcomes.get(2)).isInstanceOf(TimedOut.class);
    }

    @Test
    void handlerThatThrowsDoesNotStopTheExpiry() {
        channel.write(probe());
        channel.writeAndFlush(probe());
        session.reaction = (ctx, outcome) -> {
            throw new IllegalStateException("of the handler");
        };
        channel.advanceMillis(1002);

        assertThat(session.outcomes).hasSize(2);
    }

    @Test
    void handlerThatAnswersEveryRefusalByAWriteDoesNotOverflowTheStack() {
        channel.kernel = Kernel.REFUSES;
        session.reaction = (ctx, outcome) -> {
            if (session.outcomes.size() < 10_000) {
                ctx.writeAndFlush(outcome.probe(), ctx.voidPromise());
            }
        };
        channel.eventLoop().execute(() -> channel.writeAndFlush(probe()));
        channel.flushInbound();

        assertThat(session.outcomes).hasSize(10_000);
    }

    @Test
    void otherTasksRunBetweenRefusalsThatFollowEachOther() {
        channel.kernel = Kernel.REFUSES;
        int[] outcomesBeforeTask = {0};
        session.reaction = (ctx, outcome) -> {
            if (session.outcomes.size() == 1) {
                ctx.executor().execute(() -> outcomesBeforeTask[0] = session.outcomes.size());
            }
            if (session.outcomes.size() < 100) {
                ctx.writeAndFlush(outcome.probe(), ctx.voidPromise());
            }
        };
        channel.eventLoop().execute(() -> channel.writeAndFlush(probe()));
        channel.flushInbound();

        assertThat(outcomesBeforeTask[0]).isEqualTo(1);
        assertThat(session.outcomes).hasSize(100);
    }

    // Settings.

    @Test
    void identifierIsThePortTheChannelIsBoundTo() {
        ProbeCorrelator bound = ProbeCorrelator.builder().maxInFlight(1).build();
        List<Integer> identifiers = new ArrayList<>();
        SocketAddress[] local = {null};
        EmbeddedChannel embedded =
                new EmbeddedChannel(false, false, new ChannelHandler[] {
                    new ChannelOutboundHandlerAdapter() {
                        @Override
                        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                            identifiers.add(((io.github.nettyping.codec.EchoRequest) msg).identifier());
                            ReferenceCountUtil.release(msg);
                            promise.setFailure(new UnsupportedOperationException());
                        }
                    },
                    bound
                }) {
                    @Override
                    protected SocketAddress localAddress0() {
                        return local[0];
                    }
                };
        assertThatThrownBy(bound::statistics).isInstanceOf(IllegalStateException.class);
        try {
            embedded.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        embedded.write(probe());
        embedded.runPendingTasks();
        local[0] = new InetSocketAddress(4711);
        embedded.write(probe());

        assertThat(identifiers).containsExactly(0, 4711);
        embedded.finishAndReleaseAll();
    }

    @Test
    void givenIdentifierOutranksThePort() {
        EmbeddedChannel bound = new EmbeddedChannel() {
            @Override
            protected SocketAddress localAddress0() {
                return new InetSocketAddress(4711);
            }
        };

        assertThat(new Identifier(bound, 7).value()).isEqualTo(7);
        bound.finishAndReleaseAll();
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> ProbeCorrelator.builder().maxInFlight(0)).hasMessageContaining("maxInFlight: 0");
        assertThatThrownBy(() -> ProbeCorrelator.builder().maxInFlight((1 << 22) + 1))
                .hasMessageContaining("maxInFlight: 4194305");
        assertThatThrownBy(() -> ProbeCorrelator.builder().identifier(0)).hasMessageContaining("identifier: 0");
        assertThatThrownBy(() -> ProbeCorrelator.builder().identifier(65_536))
                .hasMessageContaining("identifier: 65536");
    }

    @Test
    void secretIsRandomUnlessGiven() {
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            FakeIcmpChannel random = FakeIcmpChannel.with(
                    ProbeCorrelator.builder().maxInFlight(1).identifier(1).build());
            random.writeAndFlush(probe());
            payloads.add(random.lastSent().payload());
            random.finishAndReleaseAll();
        }

        assertThat(payloads.get(0)).isNotEqualTo(payloads.get(1));
    }
}
