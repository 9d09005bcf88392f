package io.github.nettyping.cli.ping;

import io.github.nettyping.PingSeries;
import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.cli.ping.iputils.IputilsWords;
import io.github.nettyping.cli.ping.iputils.PingLines;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.PeerNames;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
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
import java.util.concurrent.TimeUnit;

/**
 * One run of ping: hosts resolved, then pinged all at once until each has come to its end, then the statistics and an exit
 * code. Runs once, in the thread that calls {@link #run()}; everything about probes is printed on the event loop.
 */
final class PingRun {

    private final List<String> words;
    private final PingSettings settings;
    private final PingPlan plan;
    private final PingPacketSettings packets;
    private final PingView view;
    private final PingRoutes routes;
    private final boolean root;
    private final PrintWriter err;
    private final PingSessions sessions = new PingSessions();

    /** Prepares a run; users other than root may do less. */
    PingRun(List<String> words, PingSettings settings, boolean root, PrintWriter err) {
        this.words = words;
        this.settings = settings;
        this.plan = settings.plan();
        this.packets = settings.packets();
        this.view = settings.view();
        this.routes = new PingRoutes(packets);
        this.root = root;
        this.err = err;
    }

    /** Pings. Throws what says that this machine cannot or may not do it. */
    ExitCode run() {
        try (NameLookup names = new NameLookup(settings.family())) {
            PingHosts hosts = PingHosts.resolve(
                    words, settings.family(), word -> names.addresses(packets.scoped(word)), routes::to, err);
            if (hosts.hosts().isEmpty()) {
                return hosts.missing();
            }
            Optional<String> limit = root ? Optional.empty() : UserLimits.refusal(plan, packets, hosts.hosts());
            if (limit.isPresent()) {
                Complaints.print(err, limit.get());
                return ExitCode.UNRESOLVED;
            }
            warnOfForeignSources(hosts.hosts());
            EventLoopGroup group = IcmpEventLoops.newGroup(1, "ping");
            try {
                return run(group, hosts, names);
            } finally {
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
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

    private ExitCode run(EventLoopGroup group, PingHosts hosts, NameLookup names) {
        Pinger.Builder builder = Pinger.builder()
                .group(group)
                .families(hosts.families().toArray(IpFamily[]::new))
                .socketPolicy(settings.socketPolicy())
                .observer(sessions);
        settings.timestamps().ifPresent(builder::timestamps);
        packets.configure(builder, hosts.hosts());
        if (view.verbose()) {
            builder.option(IcmpChannelOption.RECEIVE_NOTICES, true);
        }
        try (Pinger pinger = builder.open()) {
            Optional<String> refusal = hosts.refusal();
            if (isText() && refusal.isPresent()) {
                Complaints.print(err, refusal.get());
                return ExitCode.UNRESOLVED;
            }
            EventLoop loop = group.next();
            Runnable interrupt = () -> loop.execute(sessions::interrupt);
            // At the end of each turn of the event loop: at once, but all lines of a turn together.
            Output output = new Output(new StandardOutput(), loop::execute, interrupt);
            Interruption interruption = new Interruption(interrupt);
            interruption.install();
            FirstFailure failures = new FirstFailure(interrupt);
            onLoop(loop, () -> {
                prepare(loop, hosts.hosts(), output, new PeerNames(loop, names::name), pinger);
                start(pinger, failures);
            });
            sessions.over().join();
            onLoop(loop, () -> finish(output));
            Optional<Throwable> bug = failures.failure();
            if (bug.isPresent()) {
                return Complaints.failed(err, bug.get());
            }
            return end(pinger, output, hosts.missing(), interruption);
        } catch (ChannelException e) {
            return refusedSource(e, hosts);
        }
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

    private void prepare(EventLoop loop, List<PingHost> hosts, Output output, PeerNames names, Pinger pinger) {
        if (isText() && !view.quiet()) {
            plan.pattern().ifPresent(pattern -> output.append(pattern.line() + '\n'));
        }
        Optional<JsonLines> json = view.quiet() ? Optional.empty() : Optional.of(new JsonLines(output));
        for (PingHost host : hosts) {
            sessions.add(
                    isText()
                            ? new IputilsPing(
                                    loop,
                                    host,
                                    plan,
                                    view,
                                    console(host, hosts.size(), output, names, pinger),
                                    hosts.size())
                            : new JsonPing(loop, host, plan, json));
        }
    }

    private void start(Pinger pinger, FirstFailure failures) {
        for (PingSession session : sessions.all()) {
            InetAddress address = session.host().address().toInetAddress();
            session.start(listener -> {
                PingSeries series =
                        pinger.series(address, listener.options(), new GuardedPingListener(listener, failures));
                return new PingSession.Running(series.completion(), series::stop);
            });
        }
    }

    private IputilsPing.Console console(PingHost host, int hosts, Output output, PeerNames names, Pinger pinger) {
        boolean named = host.isNamed() && !view.numeric();
        PingLines lines = new PingLines(output, named ? Optional.of(names) : Optional.empty());
        IputilsLines.Wire wire = new IputilsLines.Wire(
                packets.isSourceTold(),
                packets.interfaceName(),
                pinger.identifier(host.address().family()));
        return new IputilsPing.Console(
                lines, err, PingSessions.lead(host, hosts), InstantSource.system(), wire, routes::mtuBytes);
    }

    private void finish(Output output) {
        if (isText()) {
            sessions.printStatistics(output::append);
        }
        output.flush();
    }

    /** In text, an interruption is a common way to end it. */
    private ExitCode signal(Interruption interruption) {
        ExitCode code = interruption.exitCode();
        return isText() && code == ExitCode.INTERRUPTED ? ExitCode.OK : code;
    }

    private ExitCode end(Pinger pinger, Output output, ExitCode missing, Interruption interruption) {
        Optional<IOException> failure = interruption.unlessBySignal(output.failure());
        ExitCode soFar = missing.orWorse(signal(interruption));
        if (failure.isPresent()) {
            return Complaints.failed(err, failure.get()).orWorse(soFar);
        }
        if (!isText() || output.failure().isPresent()) {
            sessions.printStatistics(err::print);
            err.flush();
        }
        ExitCode code = sessions.answered().orWorse(soFar);
        if (sessions.isCutOff()) {
            return Complaints.failed(err, Complaints.failureOf(pinger, "a series ended before its count"))
                    .orWorse(code);
        }
        return code;
    }
}
