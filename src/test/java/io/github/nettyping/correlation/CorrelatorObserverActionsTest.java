package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.correlation.FakeIcmpChannel.Kernel;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an observer does when it is told something, every probe has its one outcome. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorObserverActionsTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofSeconds(1)).attempts(1).build();
    private static final ProbeOptions GROUP =
            OPTIONS.toBuilder().severalReplies(true).build();

    private static final List<String> METHODS = Arrays.stream(ProbeObserver.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic() && method.getName().startsWith("on"))
            .map(Method::getName)
            .sorted()
            .toList();

    private enum Action {
        THROW,
        THROW_AT_A_HANDLER_THAT_CLOSES,
        WRITE,
        CANCEL,
        CLOSE,
        REMOVE
    }

    private final RecordingObserver observer = new RecordingObserver();
    private final ProbeCorrelator correlator =
            FakeIcmpChannel.correlator().observer(observer).build();
    private final Session session = new Session();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator, session);

    private final Set<Probe> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Probe> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());

    private static final class Session extends ChannelInboundHandlerAdapter {
        private final List<ProbeOutcome> outcomes = new ArrayList<>();
        private final List<Throwable> exceptions = new ArrayList<>();
        private boolean closesOnException;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            outcomes.add((ProbeOutcome) msg);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            exceptions.add(cause);
            if (closesOnException) {
                ctx.close();
            }
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Probe write(ProbeOptions options) {
        Probe probe = new Probe(TARGET, options);
        if (channel.pipeline().context(correlator) != null) {
            written.add(probe);
            channel.pipeline().writeAndFlush(probe, channel.voidPromise());
        }
        return probe;
    }

    private void receive(IcmpMessage message) {
        if (channel.pipeline().context(correlator) != null) {
            channel.pipeline().fireChannelRead(message);
        } else {
            message.release();
        }
    }

    private void throwOn(String method) {
        observer.reaction = called -> {
            if (called.equals(method)) {
                throw new IllegalStateException(method);
            }
        };
    }

    /** Runs tasks one after the other, as event loops do; the channel's other methods run them inside every operation. */
    private void inLoop(Runnable task) {
        channel.eventLoop().execute(task);
        channel.flushInbound();
    }

    /** Makes all happen that an observer is told of. */
    private void everything() {
        write(OPTIONS);
        write(OPTIONS);
        if (channel.sent.isEmpty()) {
            return; // It was closed before that.
        }
        Sent packet = channel.sent.get(0);
        receive(channel.unreachable(packet, 56));
        receive(channel.reply(packet).xor(0, 1).build());
        receive(channel.reply(packet).build());
        receive(channel.reply(packet).build());
        receive(channel.unreachable(packet, 56));
        write(OPTIONS);
        packet = channel.lastSent();
        receive(channel.redirect(packet, 56));
        receive(channel.reply(packet).xor(16, 1).ipv4Options(1, 1, 1, 0).build());
        write(GROUP);
        packet = channel.lastSent();
        receive(channel.reply(packet).build());
        channel.advanceMillis(1002);
        receive(channel.reply(packet).build());
    }

    private void act(Action action) {
        switch (action) {
            case THROW -> throw new IllegalStateException("of the observer");
            case THROW_AT_A_HANDLER_THAT_CLOSES -> {
                session.closesOnException = true;
                throw new IllegalStateException("of the observer");
            }
            case WRITE -> {
                if (written.size() < 10) {
                    write(OPTIONS);
                }
            }
            case CANCEL -> written.stream().filter(correlator::cancel).forEach(cancelled::add);
            case CLOSE -> channel.pipeline().close();
            case REMOVE -> {
                if (channel.pipeline().context(correlator) != null) {
                    channel.pipeline().remove(correlator);
                }
            }
        }
    }

    private static Stream<Arguments> actions() {
        return METHODS.stream()
                .flatMap(method -> Arrays.stream(Action.values()).map(action -> Arguments.of(method, action)));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyProbeHasOneOutcomeWhateverTheObserverDoes(String method, Action action) {
        Set<String> called = new TreeSet<>();
        observer.reaction = name -> {
            called.add(name);
            if (name.equals(method)) {
                act(action);
            }
        };
        inLoop(this::everything);
        channel.pipeline().close();
        channel.runPendingTasks();

        assertThat(called).contains(method);
        List<Probe> ended = new ArrayList<>(cancelled);
        session.outcomes.forEach(outcome -> ended.add(outcome.probe()));
        assertThat(ended).containsExactlyInAnyOrderElementsOf(written);
        assertThat(written).noneMatch(Probe::isInFlight);
        assertThat(correlator.statistics().inFlight()).isZero();
        boolean throwing = action == Action.THROW || action == Action.THROW_AT_A_HANDLER_THAT_CLOSES;
        assertThat(session.exceptions.isEmpty()).isEqualTo(!throwing);
    }

    @Test
    void whatAnObserverThrowsChangesNoCount() {
        observer.reaction = name -> {
            throw new IllegalStateException(name);
        };
        inLoop(this::everything);
        CorrelatorObserverActionsTest other = new CorrelatorObserverActionsTest();
        other.inLoop(other::everything);

        assertThat(session.exceptions).extracting(Throwable::getMessage).containsAll(METHODS);
        assertThat(correlator.statistics()).isEqualTo(other.correlator.statistics());
        assertThat(session.outcomes)
                .extracting(ProbeOutcome::kind)
                .isEqualTo(
                        other.session.outcomes.stream().map(ProbeOutcome::kind).toList());
        other.close();
    }

    @Test
    void exceptionInsideAFlushDoesNotStopTheSending() {
        throwOn("onSent");
        for (int i = 0; i < 3; i++) {
            channel.write(new Probe(TARGET, OPTIONS));
        }
        channel.flush();
        assertThat(channel.sent).hasSize(3);
        assertThat(session.exceptions).hasSize(3);
        channel.advanceMillis(1002);

        assertThat(session.outcomes).hasSize(3).allMatch(TimedOut.class::isInstance);
    }

    @Test
    void closingInsideAFlushEndsEveryProbe() {
        observer.reaction = name -> {
            if (name.equals("onSent")) {
                channel.pipeline().close();
            }
        };
        for (int i = 0; i < 3; i++) {
            channel.write(new Probe(TARGET, OPTIONS));
        }
        channel.flush();

        assertThat(channel.sent).hasSize(1);
        assertThat(session.outcomes).hasSize(3).allMatch(NotSent.class::isInstance);
    }

    @Test
    void observerThatWritesForEveryPacketDoesNotOverflowTheStack() {
        observer.reaction = name -> {
            if (name.equals("onSent")) {
                channel.pipeline().writeAndFlush(new Probe(TARGET, OPTIONS), channel.voidPromise());
            }
        };
        channel.writeAndFlush(new Probe(TARGET, OPTIONS));

        assertThat(session.exceptions).isEmpty();
        assertThat(correlator.statistics().inFlight()).isEqualTo(1000);
    }

    @Test
    void observerThatCancelsForEveryChangeDoesNotOverflowTheStack() {
        ProbeCorrelator large = FakeIcmpChannel.correlator()
                .maxInFlight(50_000)
                .observer(observer)
                .build();
        FakeIcmpChannel wide = FakeIcmpChannel.wide(large);
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            Probe probe = new Probe(TARGET, OPTIONS);
            probes.add(probe);
            wide.write(probe, wide.voidPromise());
        }
        observer.inFlight.clear();
        observer.reaction = name -> {
            if (!probes.isEmpty()) {
                large.cancel(probes.remove(probes.size() - 1));
            }
        };
        large.cancel(probes.remove(0));

        assertThat(large.statistics().inFlight()).isZero();
        assertThat(observer.inFlight).hasSize(50_000).startsWith(49_999, 49_998).endsWith(1, 0);
        wide.finishAndReleaseAll();
    }

    @Test
    void probeCancelledWhileItIsWrittenHasNoOutcome() {
        Probe probe = new Probe(TARGET, OPTIONS);
        observer.reaction = name -> correlator.cancel(probe);
        channel.writeAndFlush(probe);
        channel.advanceMillis(1100);

        assertThat(session.outcomes).isEmpty();
        assertThat(observer.inFlight).containsExactly(1, 0);
    }

    @Test
    void probeThatFailsWhileItIsWrittenChangesNoNumber() {
        channel.pipeline().addFirst(new FailingFor(OPTIONS.payloadBytes()));
        channel.writeAndFlush(new Probe(TARGET, OPTIONS), channel.voidPromise());

        assertThat(session.outcomes).singleElement().isInstanceOf(NotSent.class);
        assertThat(observer.inFlight).isEmpty();
    }

    /** Takes no packet of some size, and flushes every other. */
    private static final class FailingFor extends ChannelOutboundHandlerAdapter {
        private final int payloadBytes;

        private FailingFor(int payloadBytes) {
            this.payloadBytes = payloadBytes;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            if (((EchoRequest) msg).payload().readableBytes() == payloadBytes) {
                ReferenceCountUtil.release(msg);
                promise.tryFailure(new UnsupportedOperationException("of the handler"));
            } else {
                ctx.writeAndFlush(msg, promise);
            }
        }
    }

    /** The kernel takes one packet, of which the observer is told inside the write of the next one. */
    @Test
    void failureOfAWriteInsideAWriteIsNotChargedToTheOuterOne() {
        channel.kernel = Kernel.BLOCKS;
        channel.writeAndFlush(new Probe(TARGET, OPTIONS), channel.voidPromise());
        channel.pipeline().addFirst(new FailingFor(20));
        observer.reaction = name -> {
            if (name.equals("onSent")) {
                channel.kernel = Kernel.BLOCKS;
                write(OPTIONS);
                write(OPTIONS.toBuilder().payloadBytes(20).build());
            }
        };
        channel.kernel = Kernel.ACCEPTS;
        Probe outer = write(OPTIONS);

        assertThat(channel.sent).hasSize(1);
        assertThat(outer.isInFlight()).isTrue();
        assertThat(correlator.statistics().inFlight()).isEqualTo(3);
        assertThat(session.outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome).isInstanceOf(NotSent.class);
            assertThat(outcome.probe().options().payloadBytes()).isEqualTo(20);
        });
    }
}
