package io.github.nettyping;

import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.packet.IpAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A series for a subscriber: a probe is sent when it is due and its result is wanted, so no result ever waits. Signals
 * are given on the event loop, one after the other. Requests and cancellations of any thread become tasks of it, so
 * none takes effect during a signal.
 *
 * @see <a href="https://github.com/reactive-streams/reactive-streams-jvm#specification">Reactive Streams</a>
 */
final class SeriesSubscription implements Flow.Subscription, SeriesSession.Sink {

    private final PingerCore core;
    private final Flow.Subscriber<? super PingResult> subscriber;
    private final Guard guard;
    private final SeriesSession session;
    private final AtomicBoolean begun = new AtomicBoolean();
    /** The subscriber has cancelled, or has had its last signal. */
    private volatile boolean over;

    /** Returns what begins a series of its own for each subscriber. */
    static Flow.Publisher<PingResult> publisher(PingerCore core, IpAddress target, PingOptions options) {
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            new SeriesSubscription(core, target, options, subscriber).begin();
        };
    }

    private SeriesSubscription(
            PingerCore core, IpAddress target, PingOptions options, Flow.Subscriber<? super PingResult> subscriber) {
        this.core = core;
        this.subscriber = subscriber;
        this.guard = new Guard(subscriber);
        this.session = new SeriesSession(core, target, options, this);
    }

    void begin() {
        core.execute(this::start, this::fail);
    }

    private void fail() {
        if (subscribed()) {
            onClosed(new ClosedChannelException());
        }
    }

    private void start() {
        if (subscribed()) {
            session.start();
        }
    }

    /** Gives the first signal, unless another thread has; returns whether others may follow. */
    private boolean subscribed() {
        if (!begun.compareAndSet(false, true)) {
            return false;
        }
        try {
            subscriber.onSubscribe(this);
        } catch (Throwable t) {
            refuse(t);
        }
        return !over;
    }

    @Override
    public void request(long n) {
        // If the event loop has ended, so has this.
        core.execute(() -> obey(n), () -> {});
    }

    private void obey(long n) {
        if (over) {
            return;
        }
        if (n > 0) {
            session.request(n);
        } else {
            session.stop();
            end(() -> subscriber.onError(new IllegalArgumentException("request: " + n + " (expected: 1 or more)")));
        }
    }

    @Override
    public void cancel() {
        over = true;
        core.execute(session::stop, () -> {});
    }

    @Override
    public void onResult(PingResult result) {
        if (over) {
            return;
        }
        try {
            subscriber.onNext(result);
        } catch (Throwable t) {
            refuse(t);
        }
    }

    /** A subscriber that throws counts as one that cancels: rule 2.13. */
    private void refuse(Throwable cause) {
        guard.caught(cause);
        over = true;
        session.stop();
    }

    @Override
    public void onDone() {
        end(subscriber::onComplete);
    }

    @Override
    public void onClosed(ClosedChannelException cause) {
        end(() -> subscriber.onError(cause));
    }

    private void end(Runnable lastSignal) {
        if (!over) {
            over = true;
            guard.run(lastSignal);
        }
    }
}
