package io.github.nettyping.cli.fping;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Signals;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.route.NeighbourGate;
import io.github.nettyping.internal.route.NeighbourRoom;
import io.github.nettyping.internal.route.TargetRoutes;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.target.Targets;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run from its targets to its exit code. Runs once, in the thread that calls {@link #run}. */
final class FpingRun {

    /** Where it reads and writes. Sinks are made when the event loop, and with it Netty's library, is there. */
    record Streams(InputStream in, Supplier<Output.Sink> out, Supplier<Output.Sink> err, PrintWriter complaints) {}

    private static final int LEAST_BUFFER_BYTES = 8 << 20;
    private static final int MOST_BUFFER_BYTES = 64 << 20;
    /** What a small reply takes of a receive buffer; the kernel doubles what is asked for. */
    private static final long REPLY_BYTES = 832 / 2;

    /** For so many every neighbour table of usual size has room, even if it is in use: an eighth of 1,024 places. */
    private static final int FEW_TARGETS = 128;

    private static final int LEAST_IN_FLIGHT = 1024;
    private static final int MOST_IN_FLIGHT = 1 << 18;

    private final FpingOptions options;
    private final Streams io;
    private final boolean signals;
    private final List<FpingHost> hosts = new ArrayList<>();
    private final FpingTotals totals = new FpingTotals();
    private long mark;

    /** {@code signals}: whether to take them over, for the rest of the process's life. */
    FpingRun(FpingOptions options, Streams io, boolean signals) {
        this.options = options;
        this.io = io;
        this.signals = signals;
        this.mark = options.mark;
    }

    /**
     * Asks all targets.
     *
     * @return the exit code
     * @throws FpingExit if there is nothing to ask
     */
    int run() {
        List<String> words = new ArrayList<>();
        FpingTargets.read(options, io.in, words::add);
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "fping");
        try {
            EventLoop loop = group.next();
            SessionOf running = new SessionOf();
            // At the end of each turn of the event loop: at once, but all lines of a turn together.
            FpingStreams streams = new FpingStreams(io.out.get(), io.err.get(), loop::execute, running::abort);
            totals.begin();
            resolve(loop, words, streams);
            return run(loop, streams, running);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private void resolve(EventLoop loop, List<String> words, FpingStreams streams) {
        FpingNames.Listener listener = new FpingNames.Listener() {
            @Override
            public void found(FpingHost host) {
                hosts.add(host);
            }

            @Override
            public void notFound(String word, String reason) {
                totals.unknown++;
                loop.execute(() -> warn(streams, word, reason));
            }
        };
        try (FpingNames names = new FpingNames(options)) {
            names.resolve(words, listener);
        }
        if (hosts.isEmpty()) {
            onLoop(loop, streams::flush);
            throw FpingExit.nobody(totals.unknown > 0);
        }
        totals.targets = hosts.size();
    }

    private void warn(FpingStreams streams, String word, String reason) {
        if (!options.quiet) {
            streams.err(VisibleText.of(word) + ": " + reason + '\n');
        }
        if (options.json) {
            streams.out(FpingJson.warning(word, reason));
        }
    }

    private int run(EventLoop loop, FpingStreams streams, SessionOf running) {
        FpingProbes probes = probes(loop);
        FpingReport report = FpingReport.of(options, streams, hosts);
        FpingSession session = new FpingSession(loop, options, hosts, probes, report, totals, gate(loop));
        running.session = session;
        if (signals) {
            Signals.handle("INT", running::interrupt);
            // HotSpot keeps SIGQUIT, by which fping is asked, for itself.
            Signals.handle("USR1", session::snapshot);
        }
        session.start();
        int code;
        try {
            code = session.over().join();
        } catch (CompletionException e) {
            code = failed(e.getCause());
        }
        onLoop(loop, streams::flush);
        return streams.failure().isEmpty()
                ? code
                : Complaints.failed(io.complaints, streams.failure().get()).code();
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private int failed(@Nullable Throwable cause) {
        Throwable call = cause instanceof ChannelException ? cause.getCause() : cause;
        boolean sourceGiven = options.source4 != null || options.source6 != null;
        if (sourceGiven && call instanceof SystemCallException refused && refused.errno() == Errno.EADDRNOTAVAIL) {
            throw FpingExit.failed(
                    options.program + ": cannot bind source address : " + FpingErrors.reason(refused) + '\n');
        }
        return Complaints.failed(io.complaints, cause == null ? new IllegalStateException("no cause") : cause)
                .code();
    }

    // Sockets.

    /** Opens sockets; if these may not be marked, says so and goes on without. */
    private FpingProbes probes(EventLoop loop) {
        try {
            return anyFamily(loop);
        } catch (ChannelException e) {
            boolean mayNot = e.getCause() instanceof SystemCallException call && call.errno() == Errno.EPERM;
            if (mark == 0 || !mayNot) {
                throw e;
            }
            mark = 0;
            FpingProbes probes = anyFamily(loop);
            io.complaints.print("fwmark ipv4: Operation not permitted\nfwmark ipv6: Operation not permitted\n");
            io.complaints.flush();
            return probes;
        }
    }

    /** Opens those of the families there are targets of; one of two will do. */
    private FpingProbes anyFamily(EventLoop loop) {
        List<IpFamily> families = FpingNames.families(hosts);
        try {
            return probes(loop, EnumSet.copyOf(families));
        } catch (IcmpUnavailableException e) {
            for (IpFamily family : families) {
                try {
                    if (families.size() > 1) {
                        return probes(loop, EnumSet.of(family));
                    }
                } catch (IcmpUnavailableException other) {
                    e.addSuppressed(other);
                }
            }
            throw FpingExit.failed(options.program + ": can't create socket (must run as root?)\n");
        }
    }

    private FpingProbes probes(EventLoop loop, Set<IpFamily> families) {
        return options.icmpTimestamp
                ? new TimestampProbes(loop, options, sockets())
                : new EchoProbes(loop, options, families, sockets(), inFlight());
    }

    /** Returns how many probes can be of use at once, twice, since of a given up one is remembered what comes late. */
    private int inFlight() {
        long each = options.repeating() ? 1 + options.timeoutNanos / Math.max(1, options.periodNanos) : 1;
        return (int) Math.max(LEAST_IN_FLIGHT, Math.min(MOST_IN_FLIGHT, 2 * each * hosts.size()));
    }

    private SocketSettings sockets() {
        Map<ChannelOption<?>, Object> socketOptions = new HashMap<>();
        if (options.hopLimit > 0) {
            socketOptions.put(IcmpChannelOption.HOP_LIMIT, options.hopLimit);
        }
        if (options.trafficClass >= 0) {
            socketOptions.put(ChannelOption.IP_TOS, options.trafficClass);
        }
        if (options.dontFragment) {
            socketOptions.put(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_DO);
        }
        if (mark != 0) {
            socketOptions.put(IcmpChannelOption.MARK, (int) mark);
        }
        if (options.interfaceName != null) {
            socketOptions.put(IcmpChannelOption.INTERFACE, options.interfaceName);
        }
        if (options.printTrafficClass) {
            socketOptions.put(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true);
        }
        socketOptions.put(IcmpChannelOption.RECEIVE_NOTICES, true);
        Map<IpFamily, InetAddress> sources = new EnumMap<>(IpFamily.class);
        addSource(sources, options.source4);
        addSource(sources, options.source6);
        int bytes = (int) Math.max(LEAST_BUFFER_BYTES, Math.min(MOST_BUFFER_BYTES, inFlight() * REPLY_BYTES));
        return new SocketSettings(SocketPolicy.DGRAM_RAW, socketOptions, sources, bytes, LEAST_BUFFER_BYTES);
    }

    /** Asks the kernel only if there may be too many targets for a table. */
    private Optional<NeighbourGate> gate(EventLoop loop) {
        if (hosts.size() <= FEW_TARGETS) {
            return Optional.empty();
        }
        Targets.Builder targets = Targets.builder();
        hosts.forEach(host -> targets.add(host.address));
        try {
            TargetRoutes routes = TargetRoutes.read(targets.build());
            Map<IpFamily, NeighbourRoom> rooms = NeighbourRoom.tooSmall(routes);
            return rooms.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NeighbourGate(
                            routes.onLink(), rooms, 1, loop.ticker().nanoTime()));
        } catch (SystemCallException e) {
            // Then nothing is known of its links.
            return Optional.empty();
        }
    }

    private static void addSource(Map<IpFamily, InetAddress> sources, @Nullable IpAddress source) {
        if (source != null) {
            sources.put(source.family(), source.toInetAddress());
        }
    }

    /** The session, for those that stop it and are there before it. */
    private static final class SessionOf {

        private static final int INTERRUPTED = 130;

        volatile @Nullable FpingSession session;
        private boolean interrupted;

        void stop() {
            FpingSession running = session;
            if (running != null) {
                running.stop();
            }
        }

        void abort() {
            FpingSession running = session;
            if (running != null) {
                running.abort();
            }
        }

        synchronized void interrupt() {
            if (interrupted) {
                // The first did not end it, for standard output is blocked.
                Runtime.getRuntime().halt(INTERRUPTED);
            }
            interrupted = true;
            stop();
        }
    }
}
