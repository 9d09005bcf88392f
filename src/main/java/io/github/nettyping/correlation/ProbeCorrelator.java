package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.internal.Internal;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@link Probe probes} from above and gives back one {@link io.github.nettyping.probe.ProbeOutcome} for each,
 * whatever the network does: it sends echo requests, finds the probe that a reply or an error belongs to, tries again,
 * and gives up in the end.
 *
 * <pre>{@code
 * channel.pipeline().addLast(
 *         new IcmpEncoder(kind), new IcmpDecoder(kind), ProbeCorrelator.builder().build(), new MySession());
 *
 * ctx.writeAndFlush(new Probe(target, ProbeOptions.defaults()), ctx.voidPromise());   // in MySession
 * public void channelRead(ChannelHandlerContext ctx, Object outcome) { ... }
 * }</pre>
 *
 * <p>How often a host is tried, and how long each try waits, stands in the probe's {@link ProbeOptions}; the wait
 * starts when the kernel takes the packet. The promise of a write tells only whether the channel took the first packet;
 * it cannot be cancelled, but the probe can: {@link #cancel}.
 *
 * <p>Further tries are written when the deadline of the one before has passed; or, with {@link Builder#triesOnDemand},
 * when somebody asks for them.
 *
 * <p>The outcome comes by {@code channelRead}, always followed by a {@code channelReadComplete}, and never from inside
 * a write or a flush. While an outcome is passed on, handlers may write, flush, cancel and close. When the channel
 * closes, or this handler is removed, every probe still in flight gets an outcome before that event goes on:
 * {@link NotSent} with {@link NotSent.Reason#CHANNEL_CLOSED}, or the newest ICMP error if there was one, or the first
 * reply of a group of hosts.
 *
 * <p>Every ICMP message that comes up ends here, as an outcome or in {@link #statistics()}; a {@link ProbeObserver}
 * is told of it as it comes. Only a {@link QueryMessage}, which answers no probe, is counted and passed on, to whoever has
 * asked. Messages of other types pass in both directions.
 *
 * <p>Confined to the channel's event loop; for one channel only.
 */
public final class ProbeCorrelator extends ChannelDuplexHandler {

    private final int maxInFlight;
    private final int identifier;
    private final ProbeToken token;
    private final ProbeObserver observer;
    private final boolean triesOnDemand;
    private final LinkExcuse links;
    private @Nullable Correlation correlation;
    /** What was counted until this handler was removed. */
    private @Nullable CorrelatorStatistics last;

    private ProbeCorrelator(Builder builder) {
        this.maxInFlight = builder.maxInFlight;
        this.identifier = builder.identifier;
        this.token = builder.token == null ? ProbeToken.random() : builder.token;
        this.observer = builder.observer;
        this.triesOnDemand = builder.triesOnDemand;
        this.links = builder.links;
    }

    /**
     * {@return a new builder with the defaults} 65,536 probes in flight, the identifier the channel is bound to, a
     * random secret, no observer.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives a probe up. Nothing is passed on for it, and it may be written again.
     *
     * @param probe any probe
     * @return whether it was in flight here; if not, nothing has happened
     */
    public boolean cancel(Probe probe) {
        return correlation != null && correlation.cancel(probe);
    }

    /**
     * {@return how many tries {@linkplain Builder#triesOnDemand wait to be written}} Their probes are in flight, and no
     * deadline runs. 0 also when this handler is not in a channel.
     */
    public int triesDue() {
        return correlation == null ? 0 : correlation.triesDue();
    }

    /**
     * Writes tries that are {@linkplain #triesDue() due}, those that have been for longest first. They go to the kernel with
     * the next flush, which is the caller's business.
     *
     * @param max how many at most; nothing is written if it is not more than 0
     * @return how many were written, also those whose write failed at once
     */
    public int writeTries(int max) {
        return correlation == null ? 0 : correlation.writeTries(max);
    }

    /**
     * {@return a snapshot of what has been counted since this handler was added to its channel, until it was removed}
     *
     * @throws IllegalStateException if it never was
     */
    public CorrelatorStatistics statistics() {
        return last != null ? last : added().statistics();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        correlation = new Correlation(ctx, maxInFlight, identifier, token, observer, triesOnDemand, links);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Correlation current = added();
        current.close();
        // Whoever keeps this handler keeps none of its memory.
        last = current.statistics();
        correlation = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        added().close();
        ctx.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, which the writer has.
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof Probe probe) {
            added().write(probe, promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        Correlation current = correlation;
        // An observer of the write that comes with this flush may have removed the handler.
        if (current != null) {
            current.flush();
        }
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof EchoReply reply) {
            // First, and by its class: to find out that something is not of an interface's type takes a search.
            try {
                added().read(reply);
            } finally {
                reply.release();
            }
        } else if (msg instanceof QueryMessage query) {
            added().read(query);
            ctx.fireChannelRead(query);
        } else if (msg instanceof IcmpMessage message) {
            try {
                added().read(message);
            } finally {
                message.release();
            }
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private Correlation added() {
        Correlation current = correlation;
        if (current == null) {
            throw new IllegalStateException("not added to a channel");
        }
        return current;
    }

    /** Collects settings; ranges are checked where they are set. Not safe for use by several threads at once. */
    public static final class Builder {

        /** Slots, at least two for each, must have room in the arrays of a JVM with an ordinary heap. */
        private static final int MAX_IN_FLIGHT = 1 << 22;

        private int maxInFlight = 65_536;
        private int identifier;
        private @Nullable ProbeToken token;
        private ProbeObserver observer = ProbeObserver.NONE;
        private boolean triesOnDemand;
        private LinkExcuse links = LinkExcuse.NONE;

        private Builder() {}

        /**
         * Sets how many probes may be in flight at once. It decides the memory, which is taken when
         * the handler is added: about 76 bytes for each slot. There are twice as many slots, at least 1,024, rounded
         * up to a power of two.
         *
         * @param value 1 to 4,194,304
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder maxInFlight(int value) {
            if (value < 1 || value > MAX_IN_FLIGHT) {
                throw new IllegalArgumentException("maxInFlight: " + value + " (expected: 1 to " + MAX_IN_FLIGHT + ')');
            }
            this.maxInFlight = value;
            return this;
        }

        /**
         * Sets the identifier of the echo requests, for channels whose local address does not tell it.
         *
         * @param value 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder identifier(int value) {
            if (value < 1 || value > 0xffff) {
                throw new IllegalArgumentException("identifier: " + value + " (expected: 1 to 65535)");
            }
            this.identifier = value;
            return this;
        }

        /**
         * Sets the secret that authenticates replies, for tests: packets are the same in every run. Whoever knows it
         * can forge replies.
         *
         * @param high any number
         * @param low  any number
         * @return this builder
         */
        public Builder secret(long high, long low) {
            this.token = new ProbeToken(high, low);
            return this;
        }

        /**
         * Sets who learns what happens to the probes, packet by packet. A probe that is observed, and so its context,
         * is reachable until its slot is taken again.
         *
         * @param value may be the observer of other channels as well
         * @return this builder
         */
        public Builder observer(ProbeObserver value) {
            this.observer = Objects.requireNonNull(value, "observer");
            return this;
        }

        /**
         * Sets who decides when a further try is written, or one repeated because this host dropped packets. By default
         * that happens as soon as the deadline has passed: after a pause of the process, all at once. On demand, it is
         * {@linkplain ProbeCorrelator#triesDue() due} from then on, and a {@code channelReadComplete} follows; the user writes
         * it by {@link ProbeCorrelator#writeTries}, and until then the probe waits, however long that takes. Replies and
         * errors that come meanwhile count.
         *
         * @param value whether tries are written on demand only
         * @return this builder
         */
        public Builder triesOnDemand(boolean value) {
            this.triesOnDemand = value;
            return this;
        }

        /**
         * Sets who knows what the interfaces went through that probes leave by: what that excuses is sent again, and then
         * {@link io.github.nettyping.probe.DroppedLocally}.
         *
         * @param value asked on the channel's event loop
         * @return this builder
         */
        @Internal
        public Builder links(LinkExcuse value) {
            this.links = Objects.requireNonNull(value, "links");
            return this;
        }

        /** {@return a new correlator for one channel} */
        public ProbeCorrelator build() {
            return new ProbeCorrelator(this);
        }
    }
}
