package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeObserver;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands for a family whose socket the kernel refused: nothing can be sent. Confined to the event loop. */
final class RefusedFamily implements Sender {

    private final SystemCallException refusal;
    private final ProbeObserver observer;
    private @Nullable ClosedChannelException closed;

    RefusedFamily(SystemCallException refusal, ProbeObserver observer) {
        this.refusal = refusal;
        this.observer = observer;
    }

    @Override
    public void submit(Request request) {
        if (closed != null) {
            request.closed(closed);
            return;
        }
        NotSent outcome = new NotSent(request.probe(), 0, NotSent.Reason.REFUSED_BY_KERNEL, Optional.of(refusal));
        if (observer.observes(request.probe())) {
            observer.onOutcome(outcome);
        }
        request.outcome(outcome);
    }

    @Override
    public boolean hasRoomFor(int payloadBytes) {
        return true;
    }

    @Override
    public void giveUp(Request request) {
        // It has its outcome.
    }

    @Override
    public void close(ClosedChannelException cause, Runnable whenOver) {
        closed = cause;
        whenOver.run();
    }
}
