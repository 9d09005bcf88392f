package io.github.nettyping;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.GuardedObserver;
import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.TargetCheck;
import io.github.nettyping.load.Load;
import io.github.nettyping.load.LoadListener;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadStarter;
import io.github.nettyping.monitor.Monitor;
import io.github.nettyping.monitor.MonitorListener;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.monitor.MonitorStarter;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepListener;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepStarter;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.github.nettyping.trace.Trace;
import io.github.nettyping.trace.TraceListener;
import io.github.nettyping.trace.TraceOptions;
import io.github.nettyping.trace.TraceResult;
import io.github.nettyping.trace.TraceStarter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pings hosts of both families, any number at once, over one socket of each family, and finds the paths to them.
 *
 * <pre>{@code
 * try (Pinger pinger = Pinger.builder().open()) {
 *     ProbeOutcome outcome = pinger.ping(InetAddress.getByName("127.0.0.1")).join();
 *     System.out.println(outcome instanceof Replied reply ? reply.rttNanos() / 1000 + " us" : outcome.kind());
 * }
 * }</pre>
 *
 * <p>Whatever the network or this machine does is an outcome, and so is a family whose socket the kernel refuses:
 * {@link io.github.nettyping.probe.NotSent} with the refusal as its cause. A future fails only if the pinger is closed:
 * by {@link #close()}, by the end of its event loop, or because the socket failed as a whole, which then is the exception's
 * cause.
 *
 * <p>As many probes are in flight as the receive buffer has room for replies, at most {@link Builder#maxInFlight(int)};
 * others wait for their turn. A timeout counts from the moment the kernel takes the packet, so it does not include the
 * wait.
 *
 * <p>Safe for use by many threads. Futures complete and listeners are called on the event loop: what they do must not
 * block. Waiting on an event loop of this pinger, whichever it is, for a future of this pinger that is not complete
 * throws a {@link io.netty.util.concurrent.BlockingOperationException}, because two loops that wait for each other
 * would block for ever; a complete one returns its result, as Netty's futures do. The same holds for futures that a
 * method of such a future returns. (Futures of {@link CompletableFuture#allOf} and {@link CompletableFuture#anyOf} are
 * different: waiting there for one blocks for ever.) They may call any method of the pinger. What listeners throw is logged once for each of them and disturbs
 * nobody.
 */
public final class Pinger implements AutoCloseable {

    private final PingerCores cores;
    private final ProbeChannelOptions channelOptions;
    private final @Nullable EventLoopGroup ownGroup;

    private Pinger(PingerCores cores, ProbeChannelOptions channelOptions, @Nullable EventLoopGroup ownGroup) {
        this.cores = cores;
        this.channelOptions = channelOptions;
        this.ownGroup = ownGroup;
    }

    /**
     * {@return a new builder with the defaults} An event loop of its own, both families, ping sockets or else raw ones,
     * 65,536 probes in flight and 1,048,576 waiting, buffers of 8 MiB, {@link Timestamps#TRANSMIT}, no observer.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks a host with {@link ProbeOptions#defaults()}.
     *
     * @param target as for {@link #ping(InetAddress, ProbeOptions)}
     * @return as {@link #ping(InetAddress, ProbeOptions)}
     * @throws IllegalArgumentException if {@code target} is none that can be asked
     */
    public CompletableFuture<ProbeOutcome> ping(InetAddress target) {
        return ping(target, ProbeOptions.defaults());
    }

    /**
     * Asks a host.
     *
     * @param target  a unicast address, not the unspecified one, of a family the pinger was opened for; a link-local one of IPv6 needs a scope id
     * @param options how; not for several replies
     * @return completes on the event loop: normally for every network result and for local trouble, exceptionally with
     *         {@link ClosedChannelException} if this pinger is closed; in the calling thread if the event loop takes no
     *         task. If somebody else completes it, as {@code cancel} and
     *         {@code orTimeout} do, the probe is given up
     * @throws IllegalArgumentException if {@code target} or {@code options} are not as required
     */
    public CompletableFuture<ProbeOutcome> ping(InetAddress target, ProbeOptions options) {
        IpAddress address = TargetCheck.host(target, options);
        PingerCore core = cores.of(address).core();
        LoopFuture<ProbeOutcome> future = new LoopFuture<>(core.loops());
        PingRequest request = new PingRequest(core.sender(address), address, options, future);
        core.begin(request);
        return future;
    }

    /**
     * Asks a host a number of times and collects the results.
     *
     * @param target  as for {@link #ping(InetAddress, ProbeOptions)}
     * @param options how, with a count
     * @return completes on the event loop with all results in the order of their sequence numbers, or exceptionally with
     *         {@link ClosedChannelException}. If somebody else completes it, the series ends
     * @throws IllegalArgumentException if {@code target} is none that can be asked, or there is no count
     */
    public CompletableFuture<List<PingResult>> series(InetAddress target, PingOptions options) {
        IpAddress address = TargetCheck.host(target, options.probe());
        if (options.count().isEmpty()) {
            throw new IllegalArgumentException("count: none (expected: one, for a list that has an end)");
        }
        return new CollectedSeries(cores.of(address).core(), address, options).begin();
    }

    /**
     * Asks a host again and again; or all hosts of a group, if each probe takes
     * {@linkplain ProbeOptions#severalReplies() several replies}. Broadcast addresses of IPv4 need sockets that may send
     * there: {@code option(ChannelOption.SO_BROADCAST, true)}.
     *
     * @param target   as for {@link #ping(InetAddress, ProbeOptions)}, or as for
     *                 {@link #pingGroup(InetAddress, ProbeOptions)}
     * @param options  how
     * @param listener learns each result as it comes
     * @return the series under way; if the pinger closes, it completes with what it came to so far
     * @throws IllegalArgumentException if {@code target} is none that can be asked
     */
    public PingSeries series(InetAddress target, PingOptions options, PingListener listener) {
        IpAddress address = TargetCheck.hostOrGroup(target, options.probe());
        Objects.requireNonNull(listener, "listener");
        return new ListenedSeries(cores.of(address).core(), address, options, listener).begin();
    }

    /**
     * Returns a publisher that asks a host again and again for each of its subscribers. A probe is sent when it is due and
     * its result has been requested, so results never wait for the subscriber.
     *
     * @param target  as for {@link #ping(InetAddress, ProbeOptions)}
     * @param options how
     * @return a cold publisher, whose subscriptions complete after the count, or fail with {@link ClosedChannelException}
     *         if the pinger is closed; safe for use by many threads
     * @throws IllegalArgumentException if {@code target} is none that can be asked
     */
    public Flow.Publisher<PingResult> publisher(InetAddress target, PingOptions options) {
        IpAddress address = TargetCheck.host(target, options.probe());
        PingerCore core = cores.of(address).core();
        // Checked now, not when somebody subscribes.
        core.sender(address);
        return SeriesSubscription.publisher(core, address, options);
    }

    /**
     * Asks all hosts of a broadcast or multicast address, once.
     *
     * @param group   as for {@link #pingGroup(InetAddress, ProbeOptions, Consumer)}
     * @param options how; one try
     * @return as {@link #pingGroup(InetAddress, ProbeOptions, Consumer)}
     * @throws IllegalArgumentException if {@code group} is none that can be asked
     */
    public CompletableFuture<GroupOutcome> pingGroup(InetAddress group, ProbeOptions options) {
        return pingGroup(group, options, reply -> {});
    }

    /**
     * Asks all hosts of a broadcast or multicast address, once. A socket of its own is opened for that, in the calling
     * thread.
     *
     * @param group    a broadcast address of IPv4 or a multicast address of either family; of IPv6, a link-local one needs
     *                 a scope id
     * @param options  how long to wait, and with what payload; there is one try
     * @param listener learns each reply as it comes, on the event loop
     * @return completes on the event loop when the timeout is over, with the first reply of each host; earlier if the probe
     *         could not be sent, or with {@link ProbeOptions#failFast()} at an ICMP error before any reply: its outcome
     *         says so. Exceptionally with {@link ClosedChannelException} if this pinger is closed, or if the socket failed
     *         as a whole, which then is the exception's cause. If somebody else completes it, no more is waited for
     * @throws IllegalArgumentException if {@code group} is none that can be asked
     */
    public CompletableFuture<GroupOutcome> pingGroup(
            InetAddress group, ProbeOptions options, Consumer<Replied> listener) {
        IpAddress address = TargetCheck.group(group);
        Objects.requireNonNull(listener, "listener");
        GroupSession session = new GroupSession(cores.of(address).core(), address, options, listener);
        return session.begin(channelOptions, cores.inFlight());
    }

    /**
     * Sweeps a set of targets on this pinger's event loop, with sockets of its own that are opened in the calling thread.
     * Of a pinger with several, it takes as many as {@link SweepOptions.Builder#loops} says, another one first each time.
     *
     * @param targets  whom to ask, each once
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way; {@link #close()} stops it. If the pinger is closed already, its completion has failed
     *         with {@link ClosedChannelException}
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     * @throws IllegalArgumentException if this pinger has fewer event loops than the options ask for
     */
    public Sweep sweep(Targets targets, SweepOptions options, SweepListener listener) {
        return sweep(TargetSequence.of(targets), options, listener);
    }

    /**
     * Sweeps targets in the order of a sequence, otherwise as {@link #sweep(Targets, SweepOptions, SweepListener)}.
     *
     * @param targets  whom to ask, and in which order
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way
     */
    public Sweep sweep(TargetSequence targets, SweepOptions options, SweepListener listener) {
        Objects.requireNonNull(listener, "listener");
        return SweepStarter.begin(cores.first(), cores.loops(options.loops()), targets, options, listener);
    }

    /**
     * Measures a set of targets under load, on event loops and sockets as a
     * {@linkplain #sweep(Targets, SweepOptions, SweepListener) sweep} has them.
     *
     * @param targets  whom to ask, one after the other and again from the first, at most {@link Load#MAX_TARGETS}
     * @param options  how
     * @param listener learns each outcome, {@link LoadListener#NONE} if nobody needs to
     * @return the load under way; {@link #close()} stops it. If the pinger is closed already, its completion has failed
     *         with {@link ClosedChannelException}
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     * @throws IllegalArgumentException if there is no target, or too many; if this pinger has fewer event loops than the
     *                                  options ask for
     */
    public Load load(Targets targets, LoadOptions options, LoadListener listener) {
        Objects.requireNonNull(listener, "listener");
        return LoadStarter.begin(cores.first(), cores.loops(options.loops()), targets, options, listener);
    }

    /**
     * Watches hosts for ever, on event loops and sockets as a {@linkplain #sweep(Targets, SweepOptions, SweepListener) sweep} has
     * them.
     *
     * @param options  how
     * @param listener learns what happens, {@link MonitorListener#NONE} if nobody needs to
     * @return the monitor under way, without targets; {@link #close()} ends it. If the pinger is closed already, its completion
     *         has failed with {@link ClosedChannelException}
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened
     * @throws IllegalArgumentException if this pinger has fewer event loops than the options ask for
     */
    public Monitor monitor(MonitorOptions options, MonitorListener listener) {
        Objects.requireNonNull(listener, "listener");
        return MonitorStarter.begin(cores.first(), cores.loops(options.loops()), options, listener);
    }

    /**
     * {@return the identifier of the echo requests to a family, 1 to 65535, by which to find them in a capture of
     * packets} Empty if there is no socket for it, or if there are several because each event loop has its own. Sweeps
     * and groups have others.
     *
     * @param family which
     * @see #identifier(InetAddress)
     */
    public OptionalInt identifier(IpFamily family) {
        return cores.identifier(family);
    }

    /**
     * {@return the identifier of the echo requests to a host, 1 to 65535, by which to find them in a capture of
     * packets} Empty if there is no socket for its family. Sweeps and groups have others; with several event loops, so
     * may traces of many.
     *
     * @param target as for {@link #ping(InetAddress, ProbeOptions)}
     * @throws IllegalArgumentException if {@code target} is none that can be asked
     */
    public OptionalInt identifier(InetAddress target) {
        IpAddress address = TargetCheck.host(target, ProbeOptions.defaults());
        return cores.of(address).channels().identifier(address.family());
    }

    /**
     * Finds the path to a host.
     *
     * @param target  as for {@link #ping(InetAddress, ProbeOptions)}
     * @param options how
     * @return completes on the event loop: normally for every network result and for local trouble, exceptionally with
     *         {@link ClosedChannelException} if this pinger is closed. If somebody else completes it, the trace ends
     * @throws IllegalArgumentException if {@code target} is none that can be asked, or not with these options
     * @throws io.netty.channel.ChannelException if the path MTU is asked for and the kernel refuses the options of the
     *                                           socket that is opened for that
     */
    public CompletableFuture<TraceResult> trace(InetAddress target, TraceOptions options) {
        IpAddress address = TargetCheck.host(target, ProbeOptions.defaults());
        return TraceStarter.begin(cores.of(address).core(), channelOptions, target, options);
    }

    /**
     * Finds the paths to any number of hosts at the same time, on one event loop.
     *
     * <p>This uses the pinger's own sockets. Only if the path MTU is asked for, sockets that forbid fragmentation are
     * opened, in the calling thread.
     *
     * @param targets  whom to trace, each once, taken as there is room
     * @param options  how
     * @param listener learns each result
     * @return the trace under way; {@link #close()} stops it. If the pinger is closed already, its completion has failed
     *         with {@link ClosedChannelException}
     * @throws IllegalArgumentException if a family among the targets is none that can be asked, or not with these options
     * @throws io.netty.channel.ChannelException if the path MTU is asked for and the kernel refuses the options of the
     *                                           sockets that are opened for that
     */
    public Trace trace(Targets targets, TraceOptions options, TraceListener listener) {
        return TraceStarter.begin(cores.next(), channelOptions, targets, options, listener);
    }

    /**
     * Finds the paths to any number of hosts at the same time, as {@link #trace(Targets, TraceOptions, TraceListener)}.
     *
     * @param targets  whom to trace; iterated over once, as there is room, on the event loop. What it throws ends the trace,
     *                 and so does a target that cannot be asked, by an {@link IllegalArgumentException}
     * @param options  how
     * @param listener learns each result
     * @return the trace under way
     */
    public Trace trace(Iterable<InetAddress> targets, TraceOptions options, TraceListener listener) {
        return TraceStarter.begin(cores.next(), channelOptions, targets, options, listener);
    }

    /**
     * Returns what has been counted since this pinger was opened, on all event loops together. Sweeps, loads, groups and
     * traces with sockets of their own are not included, nor are probes that never came to a socket.
     *
     * @return completes on the event loop, exceptionally with {@link ClosedChannelException} if this pinger is closed
     */
    public CompletableFuture<CorrelatorStatistics> statistics() {
        return cores.statistics();
    }

    /**
     * Completes everything that is pending, and closes the sockets. Futures of pings, lists, groups and single traces
     * and publishers fail with {@link ClosedChannelException}; series, sweeps, loads and traces of many complete with
     * what they have come to. The pinger's own event loop ends; one that it was given goes on.
     *
     * <p>Returns when all that is done. Called on the event loop, it returns at once, and all is done soon after. A
     * further call has no effect, but waits for the first.
     */
    @Override
    public void close() {
        CompletableFuture<Void> end = closeAsync();
        if (cores.inEventLoop()) {
            return;
        }
        if (ownGroup != null) {
            // Does not wait for the future: this may be the thread that completes it.
            awaitTermination(ownGroup);
        } else {
            end.join();
        }
    }

    private static void awaitTermination(EventLoopGroup group) {
        boolean interrupted = false;
        try {
            for (boolean terminated = false; !terminated; ) {
                try {
                    terminated = group.awaitTermination(1, TimeUnit.DAYS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Does what {@link #close()} does, without waiting.
     *
     * @return completes when all is done: on the event loop the pinger was given, or, if the loop was its own, after its
     *         end on a thread of Netty's. Waiting for it on the event loop throws; completing it oneself changes nothing
     */
    public CompletableFuture<Void> closeAsync() {
        cores.close(new ClosedChannelException(), () -> {
            if (ownGroup != null) {
                ownGroup.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            }
        });
        LoopFuture<Void> closed = new LoopFuture<>(cores.first().loops());
        if (ownGroup != null) {
            ownGroup.terminationFuture().addListener(terminated -> closed.succeed(null));
        } else {
            cores.end().whenComplete((nothing, failure) -> closed.succeed(null));
        }
        return closed;
    }

    /**
     * Builds a {@link Pinger}; ranges are checked where values are set. Not safe for use by several threads at once.
     */
    public static final class Builder extends SocketSettings.Builder<Builder> {

        private static final String THREAD_NAME = "nettyping";

        private @Nullable EventLoopGroup group;
        private Set<IpFamily> families = EnumSet.allOf(IpFamily.class);
        private int loops = 1;
        private int maxInFlight = Ranges.DEFAULT_IN_FLIGHT;
        private int maxWaiting = 1 << 20;
        private Timestamps timestamps = Timestamps.TRANSMIT;
        private OptionalInt identifier = OptionalInt.empty();
        private ProbeObserver observer = ProbeObserver.NONE;

        private Builder() {}

        /**
         * Sets the group to take an event loop of; the pinger does not shut it down. By default it has one of its own,
         * whose thread keeps the JVM alive until {@link Pinger#close()}: a program that ends while it waits for a reply
         * would be a worse surprise.
         *
         * @param value event loops of {@code EpollIoHandler}
         * @return this builder
         */
        public Builder group(EventLoopGroup value) {
            this.group = Objects.requireNonNull(value, "group");
            return this;
        }

        /**
         * Sets on how many event loops the pinger works; default 1. Each has sockets of its own, and an equal share of
         * {@link #maxInFlight}, one at least, and of {@link #maxWaiting}. All pings and series of one address are on
         * one loop, always the same, which depends only on the address. A trace of many is on one of them, a sweep or
         * a load on as many as its {@linkplain SweepOptions.Builder#loops options} say. Futures complete and listeners are
         * called on the loop of their target; the {@linkplain #observer observer} is called by all loops.
         *
         * @param value 1 to {@link SweepOptions#MAX_LOOPS}, and not more than the {@link #group} has
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder loops(int value) {
            Ranges.require("loops", value, 1, SweepOptions.MAX_LOOPS);
            this.loops = value;
            return this;
        }

        /**
         * Sets the families to open sockets for; default both. For pings and series, targets of another family are then
         * illegal arguments; sweeps and groups have sockets of their own, of either family.
         *
         * @param values one or both
         * @return this builder
         * @throws IllegalArgumentException if there is none
         */
        public Builder families(IpFamily... values) {
            Set<IpFamily> wanted = EnumSet.noneOf(IpFamily.class);
            wanted.addAll(List.of(values));
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException("families: none (expected: one or both)");
            }
            this.families = wanted;
            return this;
        }

        /**
         * Sets how many probes of each family may be in flight at once; default 65,536. It is lowered to what the receive
         * buffer holds.
         *
         * @param value 1 to {@link SweepOptions#MAX_IN_FLIGHT}
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder maxInFlight(int value) {
            Ranges.requireInFlight("maxInFlight", value);
            this.maxInFlight = value;
            return this;
        }

        /**
         * Sets how many more probes of each family may wait for their turn; default 1,048,576. A further one is not
         * sent: {@link io.github.nettyping.probe.NotSent.Reason#NO_FREE_SLOT}.
         *
         * @param value 0 or more
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder maxWaiting(int value) {
            Ranges.require("maxWaiting", value, 0, Integer.MAX_VALUE);
            this.maxWaiting = value;
            return this;
        }

        /**
         * Sets whose clocks round trips are measured by, of pings, series, groups and traces; default
         * {@link Timestamps#TRANSMIT}. A sweep has its own: {@link SweepOptions.Builder#timestamps}.
         *
         * @param value whose
         * @return this builder
         */
        public Builder timestamps(Timestamps value) {
            this.timestamps = Objects.requireNonNull(value, "timestamps");
            return this;
        }

        /**
         * Sets the identifier of the echo requests of pings and series, and of traces with the pinger's own sockets;
         * by default one that no other socket has. Only for one event loop, because each has sockets of its own.
         *
         * @param value 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder identifier(int value) {
            Ranges.require("identifier", value, 1, 0xffff);
            this.identifier = OptionalInt.of(value);
            return this;
        }

        /**
         * Sets who learns what happens to the probes of pings, series, groups and traces, packet by packet; not of
         * traces with sockets of their own, and a sweep has its own: {@link SweepOptions.Builder#observer}. The number
         * of those in flight is that of all sockets together. What the observer throws is logged once and disturbs
         * nobody. With several event loops each calls it for its own probes, several of them at once, so it must be
         * safe for use by many threads; no two are in {@link ProbeObserver#onInFlight} at once. It hears nothing of
         * pings that never come to the event loop because that takes no more tasks.
         *
         * @param value the observer
         * @return this builder
         */
        public Builder observer(ProbeObserver value) {
            this.observer = Objects.requireNonNull(value, "observer");
            return this;
        }

        /**
         * Opens the sockets, in the calling thread, and waits until the event loop has them. Called on an event loop of
         * the {@linkplain #group group}, the pinger takes that one first and this does not wait; otherwise it takes the next.
         *
         * @return an open pinger
         * @throws io.github.nettyping.channel.IcmpUnavailableException if no wanted family's socket can be opened; the
         *                                                              message says what helps
         * @throws IllegalArgumentException      if there is no such socket option, or no such value, or if the group has fewer
         *                                       event loops than asked for
         * @throws io.netty.channel.ChannelException if the kernel refuses a socket option or local address
         * @throws IllegalStateException         if the event loop is none of {@code EpollIoHandler}, or is shut down
         * @throws java.util.concurrent.RejectedExecutionException if the event loop has a queue with bounds, which is full
         * @throws UnsupportedOperationException if this machine cannot run nettyping at all
         */
        public Pinger open() {
            if (group != null) {
                Optional<EventLoop> calling = callingLoop(group);
                return open(chosen(group, calling), calling.isEmpty(), null);
            }
            EventLoopGroup own = IcmpEventLoops.newGroup(loops, THREAD_NAME);
            try {
                return open(LoopChoice.next(own, loops), true, own);
            } catch (RuntimeException | Error e) {
                own.shutdownGracefully(0, 0, TimeUnit.SECONDS);
                throw e;
            }
        }

        /** If one event loop waited for another, it might wait for ever. */
        private static Optional<EventLoop> callingLoop(EventLoopGroup group) {
            return LoopChoice.loops(group).stream()
                    .filter(EventLoop::inEventLoop)
                    .findFirst();
        }

        private List<EventLoop> chosen(EventLoopGroup from, Optional<EventLoop> calling) {
            if (calling.isEmpty() || loops == 1) {
                return calling.map(List::of).orElseGet(() -> LoopChoice.next(from, loops));
            }
            Set<EventLoop> chosen = new LinkedHashSet<>();
            chosen.add(calling.get());
            chosen.addAll(LoopChoice.next(from, loops));
            return chosen.stream().limit(loops).toList();
        }

        private Pinger open(List<EventLoop> chosen, boolean wait, @Nullable EventLoopGroup own) {
            if (chosen.stream().anyMatch(EventLoop::isShuttingDown)) {
                throw new IllegalStateException("group: it is shut down");
            }
            if (identifier.isPresent() && chosen.size() > 1) {
                throw new IllegalArgumentException("identifier: " + identifier.getAsInt() + " with " + chosen.size()
                        + " loops (expected: one loop)");
            }
            ProbeChannelOptions channelOptions =
                    ProbeChannelOptions.of(sockets(), maxInFlight, timestamps).observedBy(GuardedObserver.of(observer));
            PingerCores cores =
                    new PingerCores(chosen, families, channelOptions.withIdentifier(identifier), maxWaiting);
            cores.open(wait);
            return new Pinger(cores, channelOptions, own);
        }
    }
}
