package io.github.nettyping.trace;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.engine.PingerChannels;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.TargetCheck;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Begins the traces of one pinger. Safe for use by many threads. */
@Internal
public final class TraceStarter {

    /** Sessions submit what there is room for, and one more. */
    private static final int MAX_WAITING = 1;

    private final PingerCore core;
    private final ProbeChannelOptions channelOptions;

    /**
     * Makes one for a pinger.
     *
     * @param core        by which probes are sent, and with which traces end
     * @param channelOptions of the channels that are opened to find the path MTU
     */
    public TraceStarter(PingerCore core, ProbeChannelOptions channelOptions) {
        this.core = core;
        this.channelOptions = channelOptions;
    }

    /**
     * Begins the trace of one target.
     *
     * @param target  a host
     * @param options how
     * @return completes on the event loop; if somebody else completes it, the trace ends
     * @throws IllegalArgumentException          if {@code target} is none that can be asked, or not with these options
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public CompletableFuture<TraceResult> begin(InetAddress target, TraceOptions options) {
        IpAddress address = TargetCheck.host(target, ProbeOptions.defaults());
        options.sendOptions().requireFor(address.family());
        core.sender(address);
        SingleTrace sink = new SingleTrace(core);
        TraceSession session = newSession(Set.of(address.family()), Set.of(address), options, sink);
        if (session != null) {
            sink.giveUpBy(session::stop);
        }
        start(session, () -> sink.future().fail(new ClosedChannelException()));
        return sink.future();
    }

    /**
     * Begins the trace of a set.
     *
     * @param targets  whom to trace
     * @param options  how
     * @param listener learns each result
     * @return the trace under way; of a closed pinger, one that has failed
     * @throws IllegalArgumentException          if a family among the targets is none that can be asked, or not with these
     *                                           options
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public Trace begin(Targets targets, TraceOptions options, TraceListener listener) {
        for (IpFamily family : targets.families()) {
            options.sendOptions().requireFor(family);
            if (!core.families().contains(family)) {
                throw new IllegalArgumentException("targets: of " + targets.families()
                        + " (expected: of the families the pinger was opened for, " + core.families() + ')');
            }
        }
        return begin(targets.families(), () -> new TargetIterator(targets), options, listener);
    }

    /**
     * Begins the trace of targets that come one by one.
     *
     * @param targets  whom to trace, iterated over on the event loop
     * @param options  how
     * @param listener learns each result
     * @return the trace under way; of a closed pinger, one that has failed
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public Trace begin(Iterable<InetAddress> targets, TraceOptions options, TraceListener listener) {
        Objects.requireNonNull(targets, "targets");
        return begin(core.families(), () -> new CheckedIterator(targets.iterator(), options), options, listener);
    }

    private Trace begin(
            Set<IpFamily> families, Iterable<IpAddress> targets, TraceOptions options, TraceListener listener) {
        Objects.requireNonNull(listener, "listener");
        ListenedTrace sink = new ListenedTrace(core, listener);
        TraceSession session = newSession(families, targets, options, sink);
        start(session, () -> sink.completion().fail(new ClosedChannelException()));
        return new Trace(sink.completion(), () -> stop(session));
    }

    private void start(@Nullable TraceSession session, Runnable ifClosed) {
        if (session == null) {
            ifClosed.run();
            return;
        }
        core.execute(session::start, () -> {
            session.abandon();
            ifClosed.run();
        });
    }

    private void stop(@Nullable TraceSession session) {
        if (session == null) {
            return;
        }
        if (core.loop().inEventLoop()) {
            session.stop();
        } else {
            core.execute(session::stop, () -> {
                // With the event loop, the trace has ended.
            });
        }
    }

    /** Returns a session that has not begun, with sockets of its own if it needs them; null if the pinger is closed. */
    private @Nullable TraceSession newSession(
            Set<IpFamily> families, Iterable<IpAddress> targets, TraceOptions options, TraceSession.Sink sink) {
        if (core.closed() != null) {
            return null;
        }
        if (!options.pathMtu() || families.isEmpty()) {
            return new TraceSession(core, targets, options, sink);
        }
        PingerCore own = new PingerCore(core.loop());
        try {
            openLanes(own, families);
        } catch (RuntimeException e) {
            if (core.closed() != null || core.loop().isShuttingDown()) {
                return null;
            }
            throw e;
        }
        return new TraceSession(own, targets, options, sink, core);
    }

    /** Opens sockets whose packets nobody may fragment: on IPv4 that holds for a whole socket. */
    private void openLanes(PingerCore own, Set<IpFamily> families) {
        ProbeChannelOptions options = channelOptions.forPathMtu();
        PingerChannels channels;
        try {
            channels = new PingerChannels(
                    own,
                    families,
                    (family, observer) -> new ProbeChannel(family, options.observedBy(observer)),
                    MAX_WAITING,
                    ProbeObserver.NONE);
        } catch (IcmpUnavailableException e) {
            // Each family has a sender that says so.
            return;
        }
        channels.open();
    }

    /** Walks a set. Confined to one thread. */
    private static final class TargetIterator implements Iterator<IpAddress> {

        private final TargetCursor cursor;
        private final long count;
        private long next;

        TargetIterator(Targets targets) {
            this.cursor = targets.cursor();
            this.count = targets.count();
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public IpAddress next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            cursor.moveTo(next++);
            return cursor.address();
        }
    }

    /** Looks at each target before it is asked. Confined to one thread. */
    private static final class CheckedIterator implements Iterator<IpAddress> {

        private final Iterator<InetAddress> targets;
        private final TraceOptions options;

        CheckedIterator(Iterator<InetAddress> targets, TraceOptions options) {
            this.targets = targets;
            this.options = options;
        }

        @Override
        public boolean hasNext() {
            return targets.hasNext();
        }

        @Override
        public IpAddress next() {
            IpAddress address = TargetCheck.host(targets.next(), ProbeOptions.defaults());
            options.sendOptions().requireFor(address.family());
            return address;
        }
    }
}
