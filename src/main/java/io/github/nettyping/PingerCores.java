package io.github.nettyping;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerChannels;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a pinger has on each of its event loops, one or more, and which target belongs to which: all probes of a target are
 * sent from one loop, always the same. Safe for use by many threads.
 */
final class PingerCores {

    /** One event loop's. */
    record Part(PingerCore core, PingerChannels channels) {}

    /** An odd number with bits of all sizes: 2^64 divided by the golden ratio. */
    private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

    private final List<Part> parts = new ArrayList<>();
    private final List<EventLoop> loops;
    private final SharedObserver.InFlight inFlight;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Opens the sockets of all loops, in this thread.
     *
     * @param options    of which each loop gets an equal share of what may be in flight; with the user's observer
     * @param maxWaiting of all loops together
     */
    PingerCores(List<EventLoop> loops, Set<IpFamily> families, ProbeChannelOptions options, int maxWaiting) {
        this.loops = loops;
        this.inFlight = new SharedObserver.InFlight(loops.size() > 1);
        ProbeChannelOptions share = options.withMaxInFlight(Math.max(1, options.maxInFlight() / loops.size()));
        try {
            for (EventLoop loop : loops) {
                PingerCore core = new PingerCore(loop, loops);
                PingerChannels channels = new PingerChannels(
                        core,
                        families,
                        (family, observer) -> new ProbeChannel(family, share.observedBy(observer)),
                        maxWaiting / loops.size(),
                        options.observer(),
                        inFlight);
                parts.add(new Part(core, channels));
            }
        } catch (RuntimeException e) {
            parts.forEach(part -> part.channels().abandon());
            throw e;
        }
    }

    /**
     * Enters the event loops.
     *
     * @param wait whether to wait until probes can be sent; not where this thread is an event loop
     * @throws RuntimeException if that fails; all is closed then
     */
    void open(boolean wait) {
        if (parts.size() == 1) {
            parts.get(0).channels().open(wait);
            return;
        }
        parts.forEach(part -> closeTogether(part.core()));
        try {
            parts.forEach(part -> part.channels().open(wait));
        } catch (RuntimeException e) {
            close(new ClosedChannelException(), () -> {});
            if (wait) {
                end().join();
            }
            throw e;
        }
    }

    /** A socket that fails as a whole closes the pinger, and that is all of them. */
    private void closeTogether(PingerCore core) {
        Session others = cause -> {
            for (Part part : parts) {
                if (part.core() != core) {
                    part.core().execute(() -> part.core().close(cause), part.core()::over);
                }
            }
        };
        // With the event loop, the core has ended.
        core.execute(() -> core.add(others), () -> {});
    }

    /** Returns what a target belongs to. */
    Part of(IpAddress target) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        long mixed = ((target.high() * MIXER + target.low()) * MIXER + target.scopeId()) * MIXER;
        return parts.get((int) Long.remainderUnsigned(mixed ^ mixed >>> 32, parts.size()));
    }

    /** Returns each in turn: for what has many targets. */
    PingerCore next() {
        return parts.get(Math.floorMod(turn.getAndIncrement(), parts.size())).core();
    }

    /** Returns the first. */
    PingerCore first() {
        return parts.get(0).core();
    }

    /**
     * Returns some of the event loops, each in turn.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    List<EventLoop> loops(int count) {
        if (count > loops.size()) {
            throw new IllegalArgumentException("loops: " + count + " (expected: at most " + loops.size()
                    + ", as many as the pinger has; open it with Pinger.Builder.loops)");
        }
        int begin = turn.getAndIncrement();
        List<EventLoop> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(loops.get(Math.floorMod(begin + i, loops.size())));
        }
        return taken;
    }

    /** Returns all event loops. */
    List<EventLoop> loops() {
        return loops;
    }

    /** Tells whether this thread is one of the event loops. */
    boolean inEventLoop() {
        return loops.stream().anyMatch(EventLoop::inEventLoop);
    }

    SharedObserver.InFlight inFlight() {
        return inFlight;
    }

    /** Returns the identifier of a family's echo requests, once open; empty also if each loop has its own. */
    OptionalInt identifier(IpFamily family) {
        return parts.size() == 1 ? parts.get(0).channels().identifier(family) : OptionalInt.empty();
    }

    /** Returns the sums of what all channels have counted. */
    CompletableFuture<CorrelatorStatistics> statistics() {
        CompletableFuture<CorrelatorStatistics> sum = statistics(parts.get(0));
        for (Part part : parts.subList(1, parts.size())) {
            sum = sum.thenCombine(statistics(part), CorrelatorStatistics::plus);
        }
        return sum;
    }

    private static CompletableFuture<CorrelatorStatistics> statistics(Part part) {
        PingerCore core = part.core();
        LoopFuture<CorrelatorStatistics> future = new LoopFuture<>(core.loops());
        core.execute(
                () -> {
                    ClosedChannelException cause = core.closed();
                    if (cause != null) {
                        future.fail(cause);
                    } else {
                        future.succeed(part.channels().statistics());
                    }
                },
                () -> future.fail(new ClosedChannelException()));
        return future;
    }

    /**
     * Closes all of them.
     *
     * @param whenBegun run when each has begun to close
     */
    void close(ClosedChannelException cause, Runnable whenBegun) {
        AtomicInteger left = new AtomicInteger(parts.size());
        for (Part part : parts) {
            PingerCore core = part.core();
            Runnable begun = () -> {
                if (left.decrementAndGet() == 0) {
                    whenBegun.run();
                }
            };
            core.execute(
                    () -> {
                        core.close(cause);
                        begun.run();
                    },
                    () -> {
                        core.over();
                        begun.run();
                    });
        }
    }

    /** Returns what completes when everything has been told. */
    CompletableFuture<Void> end() {
        return CompletableFuture.allOf(
                parts.stream().map(part -> part.core().end()).toArray(CompletableFuture[]::new));
    }
}
