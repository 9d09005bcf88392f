package io.github.nettyping;

import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.packet.IpAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A series whose results are returned all at once. Confined to the event loop, except for {@link #begin}. */
final class CollectedSeries implements SeriesSession.Sink {

    private final PingerCore core;
    private final List<PingResult> results = new ArrayList<>();
    private final SeriesSession session;
    private final LoopFuture<List<PingResult>> future;

    CollectedSeries(PingerCore core, IpAddress target, PingOptions options) {
        this.core = core;
        this.session = new SeriesSession(core, target, options, this);
        this.future = new LoopFuture<>(core.loops(), session::stop);
    }

    CompletableFuture<List<PingResult>> begin() {
        core.execute(this::start, () -> future.fail(new ClosedChannelException()));
        return future;
    }

    private void start() {
        session.start();
        session.request(Long.MAX_VALUE);
    }

    @Override
    public void onResult(PingResult result) {
        results.add(result);
    }

    @Override
    public void onDone() {
        results.sort(Comparator.comparingLong(PingResult::sequence));
        future.succeed(Collections.unmodifiableList(results));
    }

    @Override
    public void onClosed(ClosedChannelException cause) {
        future.fail(cause);
    }
}
