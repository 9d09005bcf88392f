package io.github.nettyping.cli;

import io.github.nettyping.PingListener;
import io.github.nettyping.PingResult;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;

/** Lets a run end with what its listener throws, which the library would only log. Confined to the event loop. */
record GuardedPingListener(PingListener listener, FirstFailure failures) implements PingListener {

    @Override
    public void onResult(PingResult result) {
        failures.run(() -> listener.onResult(result));
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        failures.run(() -> listener.onSent(sequence, attempt, sentAtNanos));
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        failures.run(() -> listener.onDuplicate(sequence, reply));
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        failures.run(() -> listener.onLate(sequence, reply));
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        failures.run(() -> listener.onError(sequence, error));
    }
}
