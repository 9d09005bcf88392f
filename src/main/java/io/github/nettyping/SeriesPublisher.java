package io.github.nettyping;

import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.packet.IpAddress;
import java.util.Objects;
import java.util.concurrent.Flow;

/** Begins a series of its own for each subscriber. Immutable. */
final class SeriesPublisher implements Flow.Publisher<PingResult> {

    private final PingerCore core;
    private final IpAddress target;
    private final PingOptions options;

    SeriesPublisher(PingerCore core, IpAddress target, PingOptions options) {
        this.core = core;
        this.target = target;
        this.options = options;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super PingResult> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new SeriesSubscription(core, target, options, subscriber).begin();
    }
}
