package io.github.nettyping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Pings hosts of both families, any number of them at once, over one socket of each family.
 *
 * <p>Safe for use by many threads. Futures complete and listeners are called on its event loop: they must not block, and
 * a future that is waited for there (by {@code join} or {@code get}) throws instead of blocking for ever.
 */
public final class Pinger implements AutoCloseable {

    private Pinger() {}

    /**
     * Returns a builder that holds the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return skeleton();
    }

    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
    static <T> T skeleton() {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Asks a host with {@link ProbeOptions#defaults()}.
     *
     * @param target a unicast address
     * @return as {@link #ping(InetAddress, ProbeOptions)}
     */
    public CompletableFuture<ProbeOutcome> ping(InetAddress target) {
        return skeleton();
    }

    /**
     * Asks a host.
     *
     * @param target  a unicast address
     * @param options how
     * @return completes normally for every network result and for local trouble; exceptionally with
     *         {@link java.nio.channels.ClosedChannelException} if this pinger is closed. Cancelling it gives the probe up
     */
    public CompletableFuture<ProbeOutcome> ping(InetAddress target, ProbeOptions options) {
        return skeleton();
    }

    /**
     * Asks a host a number of times and collects the results.
     *
     * @param target  a unicast address
     * @param options how, with a count
     * @return all results in the order of their sequence numbers; cancelling it ends the series
     */
    public CompletableFuture<List<PingResult>> series(InetAddress target, PingOptions options) {
        return skeleton();
    }

    /**
     * Asks a host again and again.
     *
     * @param target   a unicast address
     * @param options  how
     * @param listener learns each result as it comes
     * @return the series under way
     */
    public PingSeries series(InetAddress target, PingOptions options, PingListener listener) {
        return skeleton();
    }

    /**
     * Returns a publisher that asks a host again and again for each of its subscribers. A probe is sent when it is due and
     * its result has been requested.
     *
     * @param target  a unicast address
     * @param options how
     * @return a cold publisher, which completes after the count
     */
    public Flow.Publisher<PingResult> publisher(InetAddress target, PingOptions options) {
        return skeleton();
    }

    /**
     * Asks all hosts of a broadcast or multicast address, once.
     *
     * @param group   the address
     * @param options how; one try
     * @return all replies that came before the deadline
     */
    public CompletableFuture<GroupOutcome> pingGroup(InetAddress group, ProbeOptions options) {
        return skeleton();
    }

    /**
     * Asks all hosts of a broadcast or multicast address, once.
     *
     * @param group    the address
     * @param options  how; one try
     * @param listener learns each reply as it comes
     * @return all replies that came before the deadline
     */
    public CompletableFuture<GroupOutcome> pingGroup(
            InetAddress group, ProbeOptions options, Consumer<Replied> listener) {
        return skeleton();
    }

    /**
     * Sweeps a set of targets on this pinger's event loop, with sockets of its own.
     *
     * @param targets  whom to ask
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way; {@link #close()} stops it
     */
    public Sweep sweep(Targets targets, SweepOptions options, SweepListener listener) {
        return skeleton();
    }

    /**
     * Returns what has been counted since this pinger was opened, sweeps and groups not included.
     *
     * @return completes on the event loop
     */
    public CompletableFuture<CorrelatorStatistics> statistics() {
        return skeleton();
    }

    /** Completes everything that is pending, closes the sockets, and ends the event loop if it is this pinger's own. */
    @Override
    public void close() {
        skeleton();
    }

    /** Builds a {@link Pinger}. Confined to one thread. */
    public static final class Builder {

        private Builder() {}

        /**
         * Sets the event loops to use; default one of its own. They are never shut down by the pinger.
         *
         * @param value event loops of {@code EpollIoHandler}
         * @return this builder
         */
        public Builder group(EventLoopGroup value) {
            return skeleton();
        }

        /**
         * Sets which kinds of socket will do.
         *
         * @param value the kinds in order of preference
         * @return this builder
         */
        public Builder socketPolicy(SocketPolicy value) {
            return skeleton();
        }

        /**
         * Sets the families to open sockets for; default both.
         *
         * @param values one or both
         * @return this builder
         */
        public Builder families(IpFamily... values) {
            return skeleton();
        }

        /**
         * Sets how many probes of each family may be in flight at once.
         *
         * @param value 1 to 4,194,304
         * @return this builder
         */
        public Builder maxInFlight(int value) {
            return skeleton();
        }

        /**
         * Sets how many probes of each family may wait for their turn beyond that.
         *
         * @param value 0 or more
         * @return this builder
         */
        public Builder maxWaiting(int value) {
            return skeleton();
        }

        /**
         * Sets the size asked for the receive buffers.
         *
         * @param value bytes
         * @return this builder
         */
        public Builder receiveBufferBytes(int value) {
            return skeleton();
        }

        /**
         * Sets the size asked for the send buffers.
         *
         * @param value bytes
         * @return this builder
         */
        public Builder sendBufferBytes(int value) {
            return skeleton();
        }

        /**
         * Sets who learns what happens to every probe.
         *
         * @param value the observer
         * @return this builder
         */
        public Builder observer(ProbeObserver value) {
            return skeleton();
        }

        /**
         * Opens the sockets, in the calling thread.
         *
         * @return an open pinger
         */
        public Pinger open() {
            return skeleton();
        }
    }
}
