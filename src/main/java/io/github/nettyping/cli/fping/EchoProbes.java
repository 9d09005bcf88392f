package io.github.nettyping.cli.fping;

import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannelOptions.Feature;
import io.github.nettyping.internal.engine.ProbeChannelOwner;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Timestamps;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Echo requests, by the engine that all commands share. */
final class EchoProbes implements FpingProbes, ProbeChannelOwner {

    /** What a probe is for. */
    private static final class Asked {
        final FpingHost host;
        long index;

        Asked(FpingHost host, long index) {
            this.host = host;
            this.index = index;
        }
    }

    private static final PayloadFiller ZEROS = PayloadFiller.pattern((byte) 0);

    /** All tries of a host together do not wait longer. */
    private static final long LONGEST_WAIT_NANOS = ProbeOptions.MAX_TIMEOUT.toNanos();

    private final EventLoop loop;
    private final FpingOptions options;
    private final Set<IpFamily> families;
    private final ProbeChannels channels;
    private final Map<Long, ProbeOptions> byTimeout = new HashMap<>();
    /** All probes to a host have the same options, and of those that are over nothing is told by their number. */
    private final boolean reusable;
    /** Nobody hears of, or counts, what is no outcome, so nothing need be kept of packets. */
    private final boolean unseen;

    private @Nullable Listener listener;
    private boolean closed;

    /**
     * Opens the sockets, in this thread.
     *
     * @param maxInFlight most that can be useful
     */
    EchoProbes(EventLoop loop, FpingOptions options, Set<IpFamily> families, SocketSettings sockets, int maxInFlight) {
        this.loop = loop;
        this.options = options;
        this.families = EnumSet.copyOf(families);
        this.reusable = options.repeating();
        this.unseen = options.repeating() && options.quiet && !options.perProbe && !options.statistics;
        ProbeChannelOptions channelOptions = ProbeChannelOptions.of(sockets, maxInFlight, Timestamps.RECEIVE)
                .withPayloadBytes(options.payloadBytes)
                // With an interval, replies come no faster than probes are sent, and need not fit at once.
                .with(Feature.BEYOND_BUFFER, options.intervalNanos > 0)
                .observedBy(new Strays());
        this.channels =
                new ProbeChannels(this.families, maxInFlight, family -> new ProbeChannel(family, channelOptions));
    }

    @Override
    public void open(Listener newListener, Runnable whenOpen) {
        listener = newListener;
        channels.open(loop, this, whenOpen, newListener::onFailure);
    }

    @Override
    public int maxInFlight() {
        return channels.maxInFlight();
    }

    @Override
    public boolean canAsk(FpingHost host) {
        return families.contains(host.address.family());
    }

    @Override
    public void write(FpingHost host, long index, long timeoutNanos) {
        Probe probe = host.newestProbe;
        if (probe != null && reusable && !probe.isInFlight()) {
            asked(probe).index = index;
        } else {
            probe = new Probe(host.address, optionsFor(timeoutNanos), new Asked(host, index));
            host.newestProbe = probe;
        }
        channels.of(host.address).write(probe);
    }

    private ProbeOptions optionsFor(long timeoutNanos) {
        ProbeOptions known = byTimeout.get(timeoutNanos);
        if (known == null) {
            known = newOptions(timeoutNanos);
            byTimeout.put(timeoutNanos, known);
        }
        return known;
    }

    private ProbeOptions newOptions(long timeoutNanos) {
        SendOptions.Builder route = SendOptions.builder();
        if (options.outgoingInterface != 0) {
            route.interfaceIndex(options.outgoingInterface);
        }
        return ProbeOptions.builder()
                .timeout(Duration.ofNanos(Math.max(1, Math.min(timeoutNanos, LONGEST_WAIT_NANOS))))
                .attempts(1)
                .payloadBytes(options.payloadBytes)
                .filler(options.randomPayload ? PayloadFiller.random() : ZEROS)
                .sendOptions(route.build())
                .anySource(!options.checkSource)
                .build();
    }

    @Override
    public boolean cancel(FpingHost host) {
        Probe probe = host.newestProbe;
        return probe != null && channels.of(host.address).cancel(probe);
    }

    @Override
    public void flush() {
        channels.flush();
    }

    @Override
    public void close() {
        closed = true;
        channels.close();
    }

    private static Asked asked(Probe probe) {
        return (Asked) probe.context().orElseThrow();
    }

    /** Returns whom to tell, null for nobody. */
    private @Nullable Listener listener() {
        return closed ? null : listener;
    }

    // From the channels.

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        Listener told = listener();
        if (told == null) {
            return;
        }
        Asked asked = asked(outcome.probe());
        if (outcome instanceof Replied reply) {
            told.onReply(asked.host, Reply.of(asked.index, reply), Arrival.IN_TIME);
            reply.recycle();
        } else if (outcome instanceof NotSent notSent) {
            told.onRefused(asked.host, asked.index, reason(notSent));
        } else {
            // Its errors have been told as they came.
            told.onSilence(asked.host, asked.index);
        }
    }

    private static String reason(NotSent notSent) {
        return notSent.cause().map(FpingErrors::reason).orElse(notSent.reason().toString());
    }

    @Override
    public void onReadComplete() {
        Listener told = listener();
        if (told != null) {
            told.onComplete();
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        Listener told = listener();
        if (told != null) {
            told.onFailure(cause);
        }
    }

    @Override
    public void onClosed() {
        onFailure(new ClosedChannelException());
    }

    /** What comes beside the outcomes. */
    private final class Strays implements ProbeObserver {

        @Override
        public boolean observes(Probe probe) {
            return !unseen;
        }

        @Override
        public void onDuplicate(Replied reply) {
            stray(reply, Arrival.DUPLICATE);
        }

        @Override
        public void onLate(Replied reply) {
            stray(reply, Arrival.LATE);
        }

        private void stray(Replied reply, Arrival arrival) {
            Listener told = listener();
            if (told != null) {
                Asked asked = asked(reply.probe());
                told.onReply(asked.host, Reply.of(asked.index, reply), arrival);
            }
        }

        @Override
        public void onError(IcmpErrorOutcome error) {
            tell(error);
        }

        @Override
        public void onLateError(IcmpErrorOutcome error) {
            tell(error);
        }

        @Override
        public void onNotice(IcmpErrorOutcome notice) {
            tell(notice);
        }

        private void tell(IcmpErrorOutcome outcome) {
            Listener told = listener();
            if (told != null) {
                told.onError(asked(outcome.probe()).host, outcome.error());
            }
        }
    }
}
