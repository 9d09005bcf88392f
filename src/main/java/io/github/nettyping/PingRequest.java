package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;

/** A single ping; run on the event loop, it sends the probe, or gives it up if somebody else has completed the future. */
final class PingRequest extends Request implements Runnable {

    private final Sender sender;
    private final LoopFuture<ProbeOutcome> future;

    PingRequest(EventLoop loop, Sender sender, IpAddress target, ProbeOptions options) {
        super(target, options);
        this.sender = sender;
        this.future = new LoopFuture<>(loop, this);
    }

    LoopFuture<ProbeOutcome> future() {
        return future;
    }

    @Override
    public void run() {
        if (future.isDone()) {
            sender.giveUp(this);
        } else {
            sender.submit(this);
        }
    }

    @Override
    void outcome(ProbeOutcome outcome) {
        future.succeed(outcome);
    }

    /** From any thread. */
    @Override
    void closed(ClosedChannelException cause) {
        future.fail(cause);
    }
}
