package io.github.nettyping;

import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.Request;
import io.github.nettyping.internal.engine.Sender;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A single ping; run on the event loop, it sends the probe, or gives it up if somebody else has completed the future.
 *
 * <p>Its probe refers to it, and so does every outcome that somebody keeps. So it keeps nothing alive once it is over.
 */
final class PingRequest extends Request implements Runnable {

    private @Nullable Sender sender;
    private @Nullable LoopFuture<ProbeOutcome> future;

    /** {@code future} is what the caller of the ping gets. */
    PingRequest(Sender sender, IpAddress target, ProbeOptions options, LoopFuture<ProbeOutcome> future) {
        super(target, options);
        this.sender = sender;
        this.future = future;
        future.whenGivenUp(this);
    }

    @Override
    public void run() {
        Sender currentSender = sender;
        LoopFuture<ProbeOutcome> currentFuture = future;
        if (currentSender == null || currentFuture == null) {
            return;
        }
        if (currentFuture.isDone()) {
            end();
            currentSender.giveUp(this);
        } else {
            currentSender.submit(this);
        }
    }

    @Override
    public void outcome(ProbeOutcome outcome) {
        LoopFuture<ProbeOutcome> current = end();
        if (current != null) {
            current.succeed(outcome);
        }
    }

    /** From any thread. */
    @Override
    public void closed(ClosedChannelException cause) {
        LoopFuture<ProbeOutcome> current = end();
        if (current != null) {
            current.fail(cause);
        }
    }

    private @Nullable LoopFuture<ProbeOutcome> end() {
        LoopFuture<ProbeOutcome> current = future;
        sender = null;
        future = null;
        return current;
    }
}
