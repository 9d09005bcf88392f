package io.github.nettyping.cli.watch;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.output.Interruption;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Signals;
import io.github.nettyping.cli.output.StandardOutput;
import io.github.nettyping.cli.output.Terminal;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.cli.target.TypedTargets;
import io.github.nettyping.monitor.Monitor;
import io.github.nettyping.monitor.MonitorListener;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.monitor.MonitorSnapshot;
import io.github.nettyping.monitor.MonitorTarget;
import io.github.nettyping.monitor.MonitoredTarget;
import io.github.nettyping.monitor.StateChange;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.TargetState;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch of the command line: a monitor, what it tells to standard output or a screen, commands, an exit code. Runs once, in
 * the thread that calls {@link #run}.
 */
final class WatchRun {

    /** More would not fit the memory that the launcher gives; the library knows no limit. */
    static final long MOST_TARGETS = 1_000_000;

    private static final long EXEC_ENDS_SECONDS = 10;

    private final WatchPlan plan;
    private final InputStream in;
    private final PrintWriter err;
    private final TypedTargets typed;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Interruption interruption = new Interruption(() -> stop.complete(null));
    private final boolean atTerminal;

    /** Targets by how they were typed. Guarded by this. */
    private final Map<Object, MonitoredTarget> watched = new LinkedHashMap<>();

    /** Names that have been complained of. Confined to the event loop. */
    private final Set<String> missing = new HashSet<>();

    /** Reads the targets; throws {@link IllegalArgumentException} if they cannot be used. */
    WatchRun(WatchPlan plan, InputStream in, PrintWriter err) {
        this.plan = plan;
        this.in = in;
        this.err = err;
        this.typed = checked(plan.targets().read(in));
        this.atTerminal = !plan.json()
                && Terminal.is(Terminal.STANDARD_OUTPUT)
                && Terminal.is(0)
                && !"dumb".equals(System.getenv("TERM"));
    }

    private static TypedTargets checked(TypedTargets typed) {
        long count = typed.addresses().count() + typed.names().size();
        if (count > MOST_TARGETS) {
            throw new IllegalArgumentException(
                    count + " targets are too many to watch (expected: at most " + MOST_TARGETS + ")");
        }
        return typed;
    }

    /** Watches. Throws what says that this machine cannot or may not do it. */
    ExitCode run() {
        interruption.install();
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "watch");
        try (NameLookup names = new NameLookup(plan.family())) {
            return run(group, names);
        } catch (CompletionException e) {
            return Complaints.failed(err, e).orWorse(interruption.exitCode());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private ExitCode run(EventLoopGroup group, NameLookup names) {
        // The only one.
        EventLoop loop = group.next();
        Output output = new Output(new StandardOutput(), loop::execute, () -> stop.complete(null));
        WatchLines lines = new WatchLines(output, plan.json());
        Optional<ExecQueue> commands =
                plan.exec().map(command -> new ExecQueue(ExecQueue.shell(command, atTerminal), this::complain));
        Listener listener = new Listener(lines, commands);
        MonitorOptions options = withNames(names);
        @Nullable WatchScreen screen = null;
        try (Monitor monitor = Monitor.start(group, options, listener)) {
            listener.monitor = monitor;
            add(monitor, typed);
            tellOfRate();
            if (atTerminal) {
                screen = screen(monitor);
            } else {
                Signals.handle("HUP", () -> reload(monitor));
                every(loop, monitor, lines);
            }
            Signals.handle("USR1", () -> printSummaries(monitor));
            plan.deadline()
                    .ifPresent(deadline ->
                            loop.schedule(() -> stop.complete(null), deadline.toNanos(), TimeUnit.NANOSECONDS));
            stop.thenRun(monitor::close);
            MonitorSnapshot last = monitor.completion().join();
            if (screen != null) {
                screen.close();
            }
            boolean signalled = interruption.isSignalled();
            commands.ifPresent(queue -> queue.finish(signalled ? 0 : TimeUnit.SECONDS.toNanos(EXEC_ENDS_SECONDS)));
            return end(loop, output, lines, last);
        } finally {
            if (screen != null) {
                screen.close();
            }
        }
    }

    private MonitorOptions withNames(NameLookup names) {
        MonitorOptions options = plan.options();
        return new MonitorOptions(
                options.probe(),
                options.sockets(),
                options.interval(),
                options.window(),
                options.downAfter(),
                options.upAfter(),
                options.degradedLoss(),
                options.degradedRtt(),
                options.count(),
                options.probesPerSecond(),
                options.resolveEvery(),
                name -> addresses(names, name),
                options.families(),
                options.loops(),
                options.maxInFlight(),
                options.timestamps());
    }

    private static List<InetAddress> addresses(NameLookup names, String name) throws UnknownHostException {
        try {
            return names.addresses(name).join();
        } catch (CancellationException e) {
            throw new UnknownHostException(name + ": the look-up was given up");
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            UnknownHostException unknown = new UnknownHostException(String.valueOf(cause.getMessage()));
            unknown.initCause(cause);
            throw unknown;
        }
    }

    private void complain(String message) {
        if (!atTerminal) {
            Complaints.print(err, message);
        }
    }

    private void tellOfRate() {
        if (plan.options().probesPerSecond().isEmpty()) {
            return;
        }
        long most = plan.options().probesPerSecond().getAsLong();
        double wanted;
        synchronized (this) {
            wanted = watched.size() / (plan.options().interval().toNanos() / 1e9);
        }
        if (wanted > most) {
            complain("the intervals ask for " + Math.round(wanted) + " probes a second, --rate permits " + most
                    + ": each target is asked every "
                    + ScreenText.duration(Duration.ofMillis(
                            Math.round(plan.options().interval().toMillis() * wanted / most))));
        }
    }

    // Targets

    private synchronized void add(Monitor monitor, TypedTargets wanted) {
        Map<Object, MonitorTarget> targets = byWord(wanted);
        List<MonitoredTarget> gone = new ArrayList<>();
        watched.entrySet().removeIf(entry -> {
            boolean kept = targets.containsKey(entry.getKey());
            if (!kept) {
                gone.add(entry.getValue());
            }
            return !kept;
        });
        monitor.removeAll(gone);
        targets.keySet().removeAll(watched.keySet());
        List<MonitoredTarget> added = monitor.addAll(targets.values());
        int i = 0;
        for (Object key : targets.keySet()) {
            watched.put(key, added.get(i++));
        }
    }

    private static Map<Object, MonitorTarget> byWord(TypedTargets wanted) {
        Map<Object, MonitorTarget> targets = new LinkedHashMap<>();
        Targets addresses = wanted.addresses();
        for (long i = 0; i < addresses.count(); i++) {
            IpAddress address = addresses.get(i);
            targets.put(address, MonitorTarget.of(address.toInetAddress()));
        }
        for (String name : wanted.names()) {
            targets.put(name, MonitorTarget.of(name));
        }
        return targets;
    }

    /** Reads files of targets again; what is wrong with them leaves all as it is. */
    private void reload(Monitor monitor) {
        try {
            add(monitor, checked(plan.targets().read(in)));
        } catch (RuntimeException e) {
            complain("the targets stay as they are: " + e.getMessage());
        }
    }

    // What is told

    private WatchScreen screen(Monitor monitor) {
        String locale = System.getenv("NETTYPING_LC_ALL");
        boolean plain = locale != null && !isUtf8(locale);
        try {
            WatchScreen screen = new WatchScreen(
                    monitor::snapshot,
                    new ScreenText(plan.colour(), plain, plan.options().interval()),
                    () -> stop.complete(null),
                    interruption::interrupt);
            screen.start();
            return screen;
        } catch (IOException e) {
            throw new CompletionException(new UncheckedIOException("the terminal: " + e.getMessage(), e));
        }
    }

    /** The launcher has set LC_ALL, and kept what it was. */
    private static boolean isUtf8(String allCategories) {
        String locale = allCategories;
        for (String name : new String[] {"LC_CTYPE", "LANG"}) {
            if (locale.isEmpty()) {
                locale = System.getenv().getOrDefault(name, "");
            }
        }
        return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
    }

    private void every(EventLoop loop, Monitor monitor, WatchLines lines) {
        plan.every()
                .ifPresent(every -> loop.scheduleAtFixedRate(
                        () -> monitor.snapshot().thenAccept(now -> lines.summaries(now.targets())),
                        every.toNanos(),
                        every.toNanos(),
                        TimeUnit.NANOSECONDS));
    }

    /** On standard error, in text. At a terminal that would spoil the picture. */
    private void printSummaries(Monitor monitor) {
        if (atTerminal) {
            return;
        }
        monitor.snapshot().thenAccept(now -> {
            now.targets().forEach(target -> err.println(WatchWords.summary(target)));
            err.flush();
        });
    }

    private ExitCode end(EventLoop loop, Output output, WatchLines lines, MonitorSnapshot last) {
        interruption.letReaderEnd();
        loop.submit(() -> {
                    if (!atTerminal && (plan.json() || plan.every().isPresent())) {
                        lines.summaries(last.targets());
                    }
                    output.flush();
                })
                .syncUninterruptibly();
        Optional<IOException> failure = interruption.unlessBySignal(output.failure());
        if (failure.isPresent()) {
            return Complaints.failed(err, failure.get()).orWorse(interruption.exitCode());
        }
        if (atTerminal) {
            printEnd(last);
        }
        return code(last).orWorse(interruption.exitCode());
    }

    private void printEnd(MonitorSnapshot last) {
        StringBuilder text = new StringBuilder().append(last.targets().size()).append(" targets watched");
        for (TargetState state : TargetState.values()) {
            if (last.count(state) > 0) {
                text.append(", ").append(last.count(state)).append(' ').append(WatchWords.state(state));
            }
        }
        err.println(text);
        err.flush();
    }

    private static ExitCode code(MonitorSnapshot last) {
        // One that has no address and no complaint either was ended before its name was looked up.
        boolean unresolved = last.targets().stream()
                .anyMatch(target ->
                        target.address().isEmpty() && target.unresolved().isPresent());
        boolean all = last.targets().stream().allMatch(target -> target.state().answers());
        return unresolved ? ExitCode.UNRESOLVED : all ? ExitCode.OK : ExitCode.UNANSWERED;
    }

    /** What the monitor tells, on its event loop, which is that of the output. */
    private final class Listener implements MonitorListener {

        private final WatchLines lines;
        private final Optional<ExecQueue> commands;
        private volatile @Nullable Monitor monitor;

        Listener(WatchLines lines, Optional<ExecQueue> commands) {
            this.lines = lines;
            this.commands = commands;
        }

        @Override
        public void onStateChange(StateChange change) {
            Monitor current = monitor;
            if (!atTerminal && !plan.quiet() && current != null) {
                // On the event loop of the target it is known at once.
                TargetSnapshot now = current.snapshot(change.target()).join();
                lines.change(change, now);
            }
            commands.ifPresent(queue -> queue.add(
                    change.target(),
                    WatchWords.both(change.target()),
                    Map.of(
                            "NETTYPING_TARGET", WatchWords.target(change.target()),
                            "NETTYPING_NAME", WatchWords.name(change.target()).orElse(""),
                            "NETTYPING_STATE", WatchWords.state(change.state()),
                            "NETTYPING_PREVIOUS", WatchWords.state(change.previous()),
                            "NETTYPING_SINCE", change.since().toString())));
        }

        @Override
        public void onResult(MonitoredTarget target, long sequence, ProbeOutcome outcome) {
            if (plan.allResults()) {
                lines.result(sequence, outcome, false);
            }
        }

        @Override
        public void onDuplicate(MonitoredTarget target, long sequence, Replied reply) {
            if (plan.allResults()) {
                lines.result(sequence, reply, true);
            }
        }

        @Override
        public void onUnresolved(MonitoredTarget target, String message) {
            if (missing.add(target.host() + ' ' + message)) {
                complain(message.contains(target.host()) ? message : target.host() + ": " + message);
            }
        }

        @Override
        public void onAddress(MonitoredTarget target, Optional<IpAddress> previous, IpAddress address) {
            previous.ifPresent(before -> complain(target.host() + " is " + address + " now, not " + before));
        }
    }
}
