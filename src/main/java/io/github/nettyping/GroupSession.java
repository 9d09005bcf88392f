package io.github.nettyping;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerChannels;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannelOwner;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One probe to a group of hosts, on a channel of its own: no other probe may reach a broadcast address by mistake. Confined to
 * the event loop but for {@link #begin}.
 */
final class GroupSession implements Session, ProbeChannelOwner {

    private final PingerCore core;
    private final Probe probe;
    private final Consumer<Replied> listener;
    private final Guard guard;
    private final List<Replied> replies = new ArrayList<>();
    private final LoopFuture<GroupOutcome> future;
    private @Nullable ProbeChannel channel;

    GroupSession(PingerCore core, IpAddress group, ProbeOptions options, Consumer<Replied> listener) {
        this.core = core;
        this.probe = new Probe(
                group, options.toBuilder().attempts(1).severalReplies(true).build());
        this.listener = listener;
        this.guard = new Guard(listener);
        this.future = new LoopFuture<>(core.loops(), this::giveUp);
    }

    /** Opens the socket, in this thread, and asks; {@code total} counts the probes that the options' observer hears of. */
    CompletableFuture<GroupOutcome> begin(ProbeChannelOptions options, SharedObserver.InFlight total) {
        ProbeObserver observer = observer(options.observer(), total);
        Runnable first;
        try {
            channel = new ProbeChannel(
                    probe.target().family(),
                    options.withMaxInFlight(1)
                            .withPayloadBytes(probe.options().payloadBytes())
                            .with(ProbeChannelOptions.Feature.BROADCAST, true)
                            .observedBy(observer));
            first = () -> start(observer);
        } catch (IcmpUnavailableException e) {
            SystemCallException cause = PingerChannels.refusal(e);
            first = () -> refused(cause, observer);
        }
        core.execute(first, () -> fail(new ClosedChannelException()));
        return future;
    }

    /** The user's, and this. */
    private ProbeObserver observer(ProbeObserver users, SharedObserver.InFlight total) {
        return new SharedObserver(users, total) {
            @Override
            public boolean observes(Probe any) {
                return true;
            }

            @Override
            public void onReply(Replied reply) {
                super.onReply(reply);
                GroupSession.this.onReply(reply);
            }
        };
    }

    private void start(ProbeObserver observer) {
        ProbeChannel current = channel;
        if (current == null || future.isDone() || !core.add(this)) {
            end();
            return;
        }
        current.open(core.loop(), this).addListener(opening -> {
            if (opening.isSuccess()) {
                current.write(probe);
                current.flush();
            } else if (opening.cause() instanceof SystemCallException cause) {
                refused(cause, observer);
            } else {
                fail(opening.cause());
            }
        });
    }

    private void onReply(Replied reply) {
        if (!future.isDone()) {
            replies.add(reply);
            guard.run(() -> listener.accept(reply));
        }
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (outcome instanceof NotSent failed && failed.reason() == NotSent.Reason.CHANNEL_CLOSED) {
            fail(new ClosedChannelException());
        } else {
            finish(outcome);
        }
    }

    @Override
    public void onReadComplete() {
        // There was one outcome at most.
    }

    @Override
    public void onFailure(Throwable cause) {
        fail(cause);
    }

    @Override
    public void onClosed() {
        fail(new ClosedChannelException());
    }

    @Override
    public void close(ClosedChannelException cause) {
        fail(cause);
    }

    private void refused(SystemCallException cause, ProbeObserver observer) {
        NotSent outcome = new NotSent(probe, 0, NotSent.Reason.REFUSED_BY_KERNEL, Optional.of(cause));
        observer.onOutcome(outcome);
        finish(outcome);
    }

    private void finish(ProbeOutcome outcome) {
        end();
        future.succeed(new GroupOutcome(outcome, List.copyOf(replies)));
    }

    private void fail(Throwable cause) {
        end();
        if (cause instanceof ClosedChannelException) {
            future.fail(cause);
        } else {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(cause);
            future.fail(closed);
        }
    }

    private void giveUp() {
        if (channel != null) {
            // Then it has no outcome.
            channel.cancel(probe);
        }
        end();
    }

    private void end() {
        core.remove(this);
        if (channel != null) {
            channel.close();
        }
    }
}
