package io.github.nettyping.load;

import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest rate at which every probe is answered: the throughput (RFC 2544, section 26.1) of hosts, the path
 * to them, and this machine together. It runs one load after the other, each at another rate.
 *
 * <p>Safe for use by many threads.
 */
public final class LoadSearch {

    /** A sender that keeps up with a rate ends late by no more than this share of the time, or a pause may cause. */
    private static final double MAX_LATENESS = 0.01;

    private static final double ANY_PAUSE_SECONDS = 0.05;

    /** Queues that have overflowed must get empty; RFC 2544, section 23, waits too. */
    private static final long SETTLE_MILLIS = 500;

    /** Why a rate was too high. */
    public enum Limit {
        /** Probes were not answered. */
        LOSS,
        /** This host dropped replies. */
        LOCAL_DROPS,
        /** The kernel refused probes. */
        SEND_FAILED,
        /** This machine did not send as fast. */
        SENDER
    }

    /**
     * One rate tried. Immutable.
     *
     * @param number       of the trial, from 1
     * @param confirmation whether it confirms the result, at full length
     * @param summary      what the load came to
     * @param limit        why the rate was too high, empty if it was not
     */
    public record Trial(int number, boolean confirmation, LoadSummary summary, Optional<Limit> limit) {}

    /**
     * What the search came to. Immutable.
     *
     * @param probesPerSecond the highest rate without loss, empty if even the lowest had some, or it was stopped
     * @param last            the last load, which confirmed the rate if there is one
     * @param limit           why higher rates were too high, as far as they were tried
     * @param trials          loads in all
     */
    public record Result(OptionalLong probesPerSecond, LoadSummary last, Optional<Limit> limit, int trials) {}

    private final EventLoopGroup group;
    private final Targets targets;
    private final LoadOptions options;
    private final LoadSearchOptions bounds;
    private final Consumer<Trial> listener;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * Prepares a search.
     *
     * @param group    as for {@link Load#start}
     * @param targets  whom to ask
     * @param options  how; their rate is ignored
     * @param bounds   which rates to try
     * @param listener learns each trial, in the thread that {@linkplain #run() runs} the search
     */
    public LoadSearch(
            EventLoopGroup group,
            Targets targets,
            LoadOptions options,
            LoadSearchOptions bounds,
            Consumer<Trial> listener) {
        this.group = group;
        this.targets = targets;
        this.options = options;
        this.bounds = bounds;
        this.listener = listener;
    }

    /**
     * Searches and blocks meanwhile. Call it once, and not on an event loop. Sockets are opened in this thread.
     *
     * @return what it came to
     * @throws CompletionException if a channel failed, as {@link Load#completion()} does
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     */
    public Result run() {
        RateSearch search = new RateSearch(bounds.lowest(), bounds.highest(), bounds.tolerance());
        @Nullable Limit lastLimit = null;
        int number = 0;
        while (true) {
            long rate = search.next().orElseThrow();
            boolean confirming = search.isConfirming();
            LoadSummary summary = load(optionsOf(rate, number == 0, confirming));
            Optional<Limit> limit = limit(summary);
            Trial trial = new Trial(++number, confirming, summary, limit);
            if (!summary.stopped()) {
                listener.accept(trial);
                search.result(limit.isEmpty());
            }
            lastLimit = limit.orElse(lastLimit);
            if (summary.stopped() || search.next().isEmpty() || (limit.isPresent() && !settle())) {
                return new Result(search.found(), summary, Optional.ofNullable(lastLimit), number);
            }
        }
    }

    /** Ends the search and the load under way early. */
    public void stop() {
        stopped.complete(null);
    }

    private LoadOptions optionsOf(long rate, boolean first, boolean confirming) {
        LoadOptions.Builder builder = options.toBuilder().probesPerSecond(rate);
        if (!confirming) {
            builder.duration(bounds.trial());
            Duration quarter = bounds.trial().dividedBy(4);
            // The first load finds everything cold.
            if (!first && options.warmUp().compareTo(quarter) > 0) {
                builder.warmUp(quarter);
            }
        }
        return builder.build();
    }

    private LoadSummary load(LoadOptions trial) {
        Load load = Load.start(group, targets, trial, LoadListener.NONE);
        stopped.thenRun(load::stop);
        return load.completion().join();
    }

    /** Waits; returns false if the search was stopped meanwhile. */
    private boolean settle() {
        try {
            stopped.get(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Optional<Limit> limit(LoadSummary summary) {
        LoadSummary.Counts counts = summary.counts();
        if (counts.sendFailed() > 0) {
            return Optional.of(Limit.SEND_FAILED);
        }
        if (counts.droppedLocally() > 0 || summary.localDrops() > 0) {
            return Optional.of(Limit.LOCAL_DROPS);
        }
        if (counts.lost() > 0) {
            return Optional.of(Limit.LOSS);
        }
        return keptUp(summary) ? Optional.empty() : Optional.of(Limit.SENDER);
    }

    private static boolean keptUp(LoadSummary summary) {
        double offered = summary.offeredPerSecond().orElseThrow();
        double seconds = summary.counts().sent() / offered;
        double lateSeconds = summary.sendingNanos() * 1e-9 - seconds;
        return summary.counts().unsent() == 0 && lateSeconds <= Math.max(ANY_PAUSE_SECONDS, MAX_LATENESS * seconds);
    }
}
