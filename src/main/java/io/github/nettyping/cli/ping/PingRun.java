package io.github.nettyping.cli.ping;

import io.github.nettyping.PingListener;
import io.github.nettyping.PingSeries;
import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.ResultFile;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.ping.iputils.IputilsWords;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of ping: hosts resolved, then pinged all at once until each has come to its end, then the statistics and an exit
 * code. Runs once, in the thread that calls {@link #run()}; everything about probes is printed on one event loop.
 */
final class PingRun {

    /** Hosts begin so far apart, or within an interval, so that not all are asked in the same moment. */
    private static final long BETWEEN_HOSTS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PingTargets targets;
    private final PingSettings settings;
    private final PingPlan plan;
    private final PingPacketSettings packets;
    private final PingView view;
    private final PingRoutes routes;
    private final boolean root;
    private final PrintWriter err;

    /**
     * What is open while hosts are pinged.
     *
     * @param loop    of the sessions and of all that is printed
     * @param packets with the addresses that are stuck to
     */
    private record Opened(EventLoop loop, PingSessions sessions, Pinger pinger, PingPacketSettings packets) {}

    /** Prepares a run; users other than root may do less. */
    PingRun(PingTargets targets, PingSettings settings, boolean root, PrintWriter err) {
        this.targets = targets;
        this.settings = settings;
        this.plan = settings.plan();
        this.packets = settings.packets();
        this.view = settings.view();
        this.routes = new PingRoutes(packets);
        this.root = root;
        this.err = err;
    }

    /** Pings, and takes the signals over. Throws what says that this machine cannot or may not do it. */
    ExitCode run() {
        return run(new StandardOutput(), Interruption::install);
    }

    /** The same with another place for results, and what is to be done with the wish to end early. */
    ExitCode run(Output.Sink standardOutput, Consumer<Interruption> signals) {
        try (NameLookup names = new NameLookup(settings.family())) {
            PingHosts hosts = PingHosts.resolve(
                            targets.words(),
                            settings.family(),
                            word -> names.addresses(packets.scoped(word)),
                            routes::to,
                            targets.allIps(),
                            err)
                    .without(targets, names);
            if (hosts.hosts().isEmpty()) {
                return hosts.missing();
            }
            Optional<String> limit = root ? Optional.empty() : UserLimits.refusal(plan, packets, hosts.hosts());
            if (limit.isPresent()) {
                Complaints.print(err, limit.get());
                return ExitCode.UNRESOLVED;
            }
            warnOfForeignSources(hosts.hosts());
            EventLoopGroup group = IcmpEventLoops.newGroup(settings.sockets().loops(), "ping");
            try {
                return run(group, hosts, names, standardOutput, signals);
            } finally {
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        } catch (UnusableException e) {
            Complaints.print(err, String.valueOf(e.getMessage()));
            return ExitCode.USAGE;
        } catch (FileFailure e) {
            return Complaints.failed(err, e);
        }
    }

    private void warnOfForeignSources(List<PingHost> hosts) {
        if (packets.interfaceName().isEmpty() || !packets.sources().isEmpty()) {
            return;
        }
        String name = packets.interfaceName().get();
        boolean foreign = hosts.stream()
                .flatMap(host -> host.source().stream())
                .anyMatch(source -> !PingRoutes.hasAddress(name, source));
        if (foreign) {
            Complaints.print(err, "Warning: source address might be selected on device other than: " + name);
        }
    }

    private ExitCode run(
            EventLoopGroup group,
            PingHosts hosts,
            NameLookup names,
            Output.Sink standardOutput,
            Consumer<Interruption> signals)
            throws FileFailure {
        EventLoop loop = group.next();
        PingSessions sessions = new PingSessions(loop, from -> warnOfAnother(from, hosts.hosts()));
        Pinger.Builder builder = Pinger.builder()
                .group(group)
                .families(hosts.families().toArray(IpFamily[]::new))
                .socketPolicy(settings.socketPolicy())
                .observer(sessions);
        settings.timestamps().ifPresent(builder::timestamps);
        settings.sockets().configure(builder);
        PingPacketSettings stuck = packets.stuckTo(hosts.hosts());
        stuck.configure(builder, hosts.hosts());
        if (view.verbose()) {
            builder.option(IcmpChannelOption.RECEIVE_NOTICES, true);
        }
        try (Pinger pinger = builder.open()) {
            Optional<String> refusal = hosts.refusal();
            if (isText() && refusal.isPresent()) {
                Complaints.print(err, refusal.get());
                return ExitCode.UNRESOLVED;
            }
            Opened opened = new Opened(loop, sessions, pinger, stuck);
            if (settings.output().isEmpty()) {
                return run(opened, hosts, names, standardOutput, signals);
            }
            try (ResultFile file = ResultFile.create(settings.output().get())) {
                return run(opened, hosts, names, file, signals);
            }
        } catch (ChannelException e) {
            return refusedSource(e, hosts);
        }
    }

    private ExitCode run(
            Opened opened, PingHosts hosts, NameLookup names, Output.Sink sink, Consumer<Interruption> signals) {
        EventLoop loop = opened.loop();
        Runnable interrupt = () -> loop.execute(opened.sessions()::interrupt);
        // At the end of each turn of the event loop: at once, but all lines of a turn together.
        Output output = new Output(sink, loop::execute, interrupt);
        Interruption interruption = new Interruption(interrupt);
        signals.accept(interruption);
        FirstFailure failures = new FirstFailure(interrupt);
        onLoop(loop, () -> {
            prepare(opened, hosts.hosts(), output, new PeerNames(loop, names::name));
            start(opened, failures);
        });
        opened.sessions().over().join();
        interruption.letReaderEnd();
        onLoop(loop, () -> finish(opened.sessions(), output));
        Optional<Throwable> bug = failures.failure();
        if (bug.isPresent()) {
            return Complaints.failed(err, bug.get());
        }
        return end(opened, output, hosts.missing(), interruption);
    }

    /** It would be a hundred percent lost without a word. */
    private void warnOfAnother(IpAddress from, List<PingHost> hosts) {
        String whose = hosts.size() == 1 ? "instead of " + hosts.get(0).address() : "not from the host asked";
        Complaints.print(
                err,
                "a reply came from " + AddressText.of(from) + ", " + whose + "; --any-source accepts such replies");
    }

    /** Where a source is no address of this machine, ping(8) says so in its own words. */
    private ExitCode refusedSource(ChannelException e, PingHosts hosts) {
        if (e.getCause() instanceof SystemCallException cause
                && cause.errno() == Errno.EADDRNOTAVAIL
                && !packets.sources().isEmpty()) {
            String call = hosts.families().contains(IpFamily.IPV4) ? "bind" : "bind icmp socket";
            Complaints.print(err, call + ": " + IputilsWords.of(cause));
            return ExitCode.UNRESOLVED;
        }
        throw e;
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private boolean isText() {
        return view.format() == ResultFormat.Name.TEXT;
    }

    private void prepare(Opened opened, List<PingHost> hosts, Output output, PeerNames names) {
        if (isText() && !view.quiet()) {
            plan.pattern().ifPresent(pattern -> output.append(pattern.line() + '\n'));
        }
        EventLoop loop = opened.loop();
        Optional<JsonLines> json = view.quiet() ? Optional.empty() : Optional.of(new JsonLines(output));
        for (PingHost host : hosts) {
            opened.sessions()
                    .add(
                            isText()
                                    ? new IputilsPing(
                                            loop,
                                            host,
                                            plan,
                                            view,
                                            console(host, hosts.size(), output, names, opened.pinger()),
                                            hosts.size())
                                    : new JsonPing(loop, host, plan, json));
        }
    }

    private void start(Opened opened, FirstFailure failures) {
        int hosts = opened.sessions().all().size();
        long apart = Math.min(BETWEEN_HOSTS_NANOS, plan.shortestInterval().toNanos() / hosts);
        long delay = 0;
        for (PingSession session : opened.sessions().all()) {
            if (delay == 0) {
                start(opened, session, failures);
            } else {
                Runnable begin = () -> {
                    if (!session.isEnded()) {
                        start(opened, session, failures);
                    }
                };
                opened.loop().schedule(() -> failures.run(begin), delay, TimeUnit.NANOSECONDS);
            }
            delay += apart;
        }
    }

    private void start(Opened opened, PingSession session, FirstFailure failures) {
        InetAddress address = session.host().address().toInetAddress();
        SendOptions own = opened.packets().sendOptions(session.host());
        boolean elsewhere = settings.sockets().loops() > 1;
        session.start(listener -> {
            PingListener guarded = new ForwardingPingListener(failures::run, listener);
            PingSeries series = opened.pinger()
                    .series(
                            address,
                            listener.options(own),
                            elsewhere ? new ForwardingPingListener(opened.loop(), guarded) : guarded);
            CompletableFuture<?> completion = series.completion();
            return new PingSession.Running(
                    // Behind all that has been told.
                    elsewhere ? completion.thenApplyAsync(statistics -> statistics, opened.loop()) : completion,
                    series::stop);
        });
    }

    private IputilsPing.Console console(PingHost host, int hosts, Output output, PeerNames names, Pinger pinger) {
        PingLines lines = new PingLines(output, view.isNamed(host) ? Optional.of(names) : Optional.empty());
        IputilsLines.Wire wire = new IputilsLines.Wire(
                packets.isSourceTold(),
                packets.interfaceName(),
                host.group()
                        ? pinger.identifier(host.address().family())
                        : pinger.identifier(host.address().toInetAddress()),
                packets.flowLabel(),
                packets.ipv4Options().isPresent());
        return new IputilsPing.Console(
                lines, err, PingSessions.lead(host, hosts), InstantSource.system(), wire, routes::mtuBytes);
    }

    private void finish(PingSessions sessions, Output output) {
        if (!isText()) {
            sessions.statistics(new JsonLines(output)::line);
        } else if (settings.summary() == SummaryForm.TEXT) {
            sessions.printStatistics(view.quiet(), view.colour(), output::append);
        }
        output.flush();
    }

    /** In text, an interruption is a common way to end it. */
    private ExitCode signal(Interruption interruption) {
        ExitCode code = interruption.exitCode();
        return isText() && code == ExitCode.INTERRUPTED ? ExitCode.OK : code;
    }

    private ExitCode end(Opened opened, Output output, ExitCode missing, Interruption interruption) {
        PingSessions sessions = opened.sessions();
        Optional<IOException> failure = interruption.unlessBySignal(output.failure());
        ExitCode soFar = missing.orWorse(signal(interruption));
        if (failure.isPresent()) {
            return Complaints.failed(err, failure.get()).orWorse(soFar);
        }
        if (settings.summary() == SummaryForm.JSON) {
            sessions.statistics(object -> err.println(object));
        } else if (!isText() || output.failure().isPresent()) {
            sessions.printStatistics(view.quiet(), Colour.NONE, err::print);
        }
        err.flush();
        ExitCode code = sessions.answered().orWorse(soFar);
        if (sessions.isCutOff()) {
            return Complaints.failed(err, Complaints.failureOf(opened.pinger(), "a series ended before its count"))
                    .orWorse(code);
        }
        return code;
    }
}
