package io.github.nettyping.trace;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.internal.Internal;
import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerChannels;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.internal.engine.TargetCheck;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Begins traces. Stateless. */
@Internal
public final class TraceStarter {

    /** Sessions submit what there is room for, and one more. */
    private static final int MAX_WAITING = 1;

    private TraceStarter() {}

    /**
     * Begins the trace of one target.
     *
     * @param core    by which probes are sent, and with which the trace ends
     * @param sockets those that are opened to find the path MTU
     * @param target  a host
     * @param options how
     * @return completes on the event loop; if somebody else completes it, the trace ends
     * @throws IllegalArgumentException          if {@code target} is none that can be asked, or not with these options
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public static CompletableFuture<TraceResult> begin(
            PingerCore core, ProbeChannelOptions sockets, InetAddress target, TraceOptions options) {
        IpAddress address = checked(target, options);
        core.sender(address);
        LoopFuture<TraceResult> future = new LoopFuture<>(core.loops());
        TraceSession session =
                newSession(core, sockets, Set.of(address.family()), Set.of(address), options, future::succeed);
        if (session == null) {
            future.fail(new ClosedChannelException());
            return future;
        }
        future.whenGivenUp(session::stop);
        // Without a result, the pinger has closed.
        session.completion()
                .whenComplete((summary, failure) -> future.fail(failure == null ? session.closed() : failure));
        session.begin();
        return future;
    }

    /**
     * Begins the trace of a set.
     *
     * @param core     by which probes are sent, and with which the trace ends
     * @param sockets  those that are opened to find the path MTU
     * @param targets  whom to trace
     * @param options  how
     * @param listener learns each result
     * @return the trace under way; of a closed pinger, one that has failed
     * @throws IllegalArgumentException          if a family among the targets is none that can be asked, or not with these
     *                                           options
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public static Trace begin(
            PingerCore core,
            ProbeChannelOptions sockets,
            Targets targets,
            TraceOptions options,
            TraceListener listener) {
        if (!core.families().containsAll(targets.families())) {
            throw new IllegalArgumentException("targets: of " + targets.families()
                    + " (expected: of the families the pinger was opened for, " + core.families() + ')');
        }
        return begin(core, sockets, targets.families(), addresses(targets, options), options, listener);
    }

    /**
     * Begins the trace of targets that come one by one.
     *
     * @param core     by which probes are sent, and with which the trace ends
     * @param sockets  those that are opened to find the path MTU
     * @param targets  whom to trace, iterated over on the event loop
     * @param options  how
     * @param listener learns each result
     * @return the trace under way; of a closed pinger, one that has failed
     * @throws io.netty.channel.ChannelException if the kernel refuses the options of a socket that has to be opened
     */
    public static Trace begin(
            PingerCore core,
            ProbeChannelOptions sockets,
            Iterable<InetAddress> targets,
            TraceOptions options,
            TraceListener listener) {
        return begin(core, sockets, core.families(), addresses(targets, options), options, listener);
    }

    private static Trace begin(
            PingerCore core,
            ProbeChannelOptions sockets,
            Set<IpFamily> families,
            Iterable<IpAddress> targets,
            TraceOptions options,
            TraceListener listener) {
        Objects.requireNonNull(listener, "listener");
        TraceSession session = newSession(core, sockets, families, targets, options, listener);
        return session == null
                ? new Trace(LoopFuture.failed(core.loops(), new ClosedChannelException()), () -> {})
                : begin(session);
    }

    private static Trace begin(TraceSession session) {
        session.begin();
        return new Trace(session.completion(), session::stop);
    }

    /** Begins a trace without a pinger, with sockets of its own. */
    static Trace begin(
            EventLoop loop,
            Set<IpFamily> families,
            Iterable<IpAddress> targets,
            TraceOptions options,
            TraceListener listener) {
        Objects.requireNonNull(listener, "listener");
        ProbeChannelOptions sockets =
                ProbeChannelOptions.of(SocketSettings.DEFAULTS, Ranges.DEFAULT_IN_FLIGHT, Timestamps.TRANSMIT);
        PingerCore own = new PingerCore(loop);
        if (!families.isEmpty()) {
            // Without waiting: this thread may be another event loop.
            newChannels(own, families, options.pathMtu() ? sockets.forPathMtu() : sockets)
                    .open(false);
        }
        return begin(new TraceSession(own, null, targets, options, listener));
    }

    /** Returns a session that has not begun, with sockets of its own if it needs them; null if the pinger is closed. */
    private static @Nullable TraceSession newSession(
            PingerCore core,
            ProbeChannelOptions sockets,
            Set<IpFamily> families,
            Iterable<IpAddress> targets,
            TraceOptions options,
            TraceListener listener) {
        if (core.closed() != null) {
            return null;
        }
        if (!options.pathMtu() || families.isEmpty()) {
            return new TraceSession(core, core, targets, options, listener);
        }
        PingerCore own = new PingerCore(core.loop());
        try {
            newChannels(own, families, sockets.forPathMtu()).open(true);
        } catch (IcmpUnavailableException e) {
            // Each family has a sender that says so.
        } catch (RuntimeException e) {
            if (core.closed() != null || core.loop().isShuttingDown()) {
                return null;
            }
            throw e;
        }
        return new TraceSession(own, core, targets, options, listener);
    }

    private static PingerChannels newChannels(PingerCore own, Set<IpFamily> families, ProbeChannelOptions options) {
        return new PingerChannels(
                own,
                families,
                (family, observer) -> new ProbeChannel(family, options.observedBy(observer)),
                MAX_WAITING,
                ProbeObserver.NONE,
                new SharedObserver.InFlight());
    }

    /** Checks the families now; walks the set lazily. */
    static Iterable<IpAddress> addresses(Targets targets, TraceOptions options) {
        targets.families().forEach(options.sendOptions()::requireFor);
        return () -> {
            TargetCursor cursor = targets.cursor();
            return LongStream.range(0, targets.count())
                    .mapToObj(index -> {
                        cursor.moveTo(index);
                        return cursor.address();
                    })
                    .iterator();
        };
    }

    /** Looks at each target before it is asked. */
    static Iterable<IpAddress> addresses(Iterable<InetAddress> targets, TraceOptions options) {
        Objects.requireNonNull(targets, "targets");
        return () -> {
            Iterator<InetAddress> iterator = targets.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public IpAddress next() {
                    return checked(iterator.next(), options);
                }
            };
        };
    }

    private static IpAddress checked(InetAddress target, TraceOptions options) {
        IpAddress address = TargetCheck.host(target, ProbeOptions.defaults());
        options.sendOptions().requireFor(address.family());
        return address;
    }
}
