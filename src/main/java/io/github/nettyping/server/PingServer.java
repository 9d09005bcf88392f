package io.github.nettyping.server;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.monitor.Monitor;
import io.github.nettyping.monitor.MonitorSnapshot;
import io.github.nettyping.server.config.ConfigurationException;
import io.github.nettyping.server.config.ProbeModule;
import io.github.nettyping.server.config.ServerConfiguration;
import io.github.nettyping.server.config.WebConfiguration;
import io.github.nettyping.server.exposition.Exposition;
import io.github.nettyping.server.exposition.LoopLag;
import io.github.nettyping.server.exposition.TargetMetrics;
import io.github.nettyping.server.http.Exchange;
import io.github.nettyping.server.http.HttpLimits;
import io.github.nettyping.server.http.HttpServer;
import io.github.nettyping.server.http.Reply;
import io.github.nettyping.server.http.Route;
import io.github.nettyping.server.http.Security;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A prober and exporter: answers by HTTP, watches targets, and probes whom it is asked to probe, all on the same event
 * loop. Safe for use by many threads.
 */
public final class PingServer implements AutoCloseable {

    private static final int WORKERS = 2;
    private static final int WORK_WAITING = 10_000;
    private static final int HASHES_WAITING = 32;
    private static final int TLS_WAITING = 10_000;
    private static final int SWEEP_BODY_BYTES = 1 << 20;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final double MILLIS_PER_SECOND = 1_000;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>nettyping</title></head>
            <body>
            <h1>nettyping</h1>
            <ul>
            <li><a href="/metrics">/metrics</a>: targets, in Prometheus' formats</li>
            <li><a href="/probe?target=127.0.0.1">/probe?target=127.0.0.1</a>: one probe
            (<a href="/probe?target=127.0.0.1&amp;debug=true">with its log</a>)</li>
            <li><a href="/api/v1/targets">/api/v1/targets</a>: targets, in JSON</li>
            <li>POST /api/v1/sweep: many hosts, a line of JSON each</li>
            <li><a href="/-/healthy">/-/healthy</a>, <a href="/-/ready">/-/ready</a>, POST /-/reload</li>
            </ul>
            </body>
            </html>
            """;

    /** What a configuration says, as a whole. */
    record State(ServerConfiguration configuration, Permitted permitted) {}

    private final ServerSettings settings;
    private final Consumer<String> messages;
    private final ThreadPoolExecutor workers = pool("nettyping-work", WORKERS, WORK_WAITING);
    private final ThreadPoolExecutor hashes = pool("nettyping-passwords", 1, HASHES_WAITING);
    private final ThreadPoolExecutor tls = pool("nettyping-tls", 1, TLS_WAITING);
    private final NameLookup names = new NameLookup(Optional.empty());
    private final Exposition exposition = new Exposition();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram lags = LoopLag.histogram();
    private final Gauge reloadSuccessful = Gauge.builder()
            .name("nettyping_config_last_reload_successful")
            .help("Whether the configuration was right when it was read the last time.")
            .build();
    private final Gauge reloadedAt = Gauge.builder()
            .name("nettyping_config_last_reload_success_timestamp_seconds")
            .help("When the configuration was read and right the last time.")
            .build();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final EventLoopGroup group;
    private final Pinger pinger;
    private final WatchedTargets targets;
    private final Monitor monitor;
    private final HttpServer http;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private volatile @Nullable Pinger wholePackets;
    private volatile State state;
    private volatile boolean ready;

    /**
     * Reads the configuration, opens the sockets, and listens; blocks until that is done.
     *
     * @param messages takes lines about what was left out of a configuration, and about what must not be; on any thread
     * @throws ConfigurationException if a configuration is wrong
     * @throws io.netty.channel.ChannelException if a socket cannot be opened; the message says why
     */
    public PingServer(ServerSettings settings, Consumer<String> messages) throws ConfigurationException {
        this.settings = settings;
        this.messages = messages;
        this.targets = new WatchedTargets(settings.buckets());
        ServerConfiguration configuration = settings.configuration();
        WebConfiguration web = settings.web();
        this.state = state(configuration);
        this.group = IcmpEventLoops.newGroup(1, "nettyping");
        try {
            this.pinger = Pinger.builder().group(group).open();
            this.monitor = pinger.monitor(WatchedTargets.options(1), WatchedTargets.listener());
            monitor.completion().whenComplete((last, lost) -> {
                if (lost != null) {
                    failure.completeExceptionally(lost);
                }
            });
            this.http = new HttpServer(
                    group, HttpLimits.of(settings.connections()), routes(), security(web), tls, this::failed);
            registry.register(lags);
            registry.register(reloadSuccessful);
            registry.register(reloadedAt);
            JvmMetrics.builder().register(registry);
            group.forEach(loop -> LoopLag.measure((EventLoop) loop, lags));
            apply(configuration, web);
            for (InetSocketAddress address : settings.listen()) {
                addresses.add(http.listen(address));
            }
            ready = true;
        } catch (RuntimeException | Error | ConfigurationException e) {
            endThreads();
            throw e;
        }
    }

    private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waiting),
                new DefaultThreadFactory(name, true));
    }

    private Map<String, Route> routes() {
        ProbeEndpoint probes = new ProbeEndpoint(this, names, exposition, workers, settings.maxProbes());
        SweepEndpoint sweeps = new SweepEndpoint(this, names, workers);
        return Map.of(
                "/",
                        Route.get(exchange -> exchange.reply(
                                Reply.ok("text/html; charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8)))),
                "/probe", Route.get(probes::answer),
                "/metrics", Route.get(exchange -> later(exchange, this::metrics)),
                "/-/healthy", Route.get(exchange -> exchange.reply(Reply.line(HttpResponseStatus.OK, "Healthy"))),
                "/-/ready",
                        Route.get(exchange -> exchange.reply(
                                ready
                                        ? Reply.line(HttpResponseStatus.OK, "Ready")
                                        : Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "not ready"))),
                "/-/reload", Route.post(0, exchange -> later(exchange, this::reloaded)),
                "/api/v1/targets", Route.get(exchange -> later(exchange, asking -> TargetsEndpoint.reply(snapshot()))),
                "/api/v1/sweep", Route.post(SWEEP_BODY_BYTES, sweeps::answer));
    }

    /** Answers by what takes longer than an event loop has time. */
    private void later(Exchange exchange, Function<Exchange, Reply> work) {
        try {
            workers.execute(() -> {
                try {
                    exchange.reply(work.apply(exchange));
                } catch (RuntimeException e) {
                    failed(e);
                    exchange.reply(Reply.line(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error"));
                }
            });
        } catch (RejectedExecutionException e) {
            exchange.reply(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too much to do"));
        }
    }

    private MonitorSnapshot snapshot() {
        return monitor.snapshot().join();
    }

    private Reply metrics(Exchange exchange) {
        List<MetricSnapshot> metrics = new ArrayList<>(TargetMetrics.of(snapshot()));
        registry.scrape().forEach(metrics::add);
        return exposition.reply(exchange, new MetricSnapshots(metrics));
    }

    private Reply reloaded(Exchange exchange) {
        try {
            reload();
            return Reply.line(HttpResponseStatus.OK, "read again");
        } catch (ConfigurationException e) {
            return Reply.line(HttpResponseStatus.INTERNAL_SERVER_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads the configurations again. Either all of it counts from then on, or nothing has changed.
     *
     * @throws ConfigurationException if something is wrong with one of them
     */
    public synchronized void reload() throws ConfigurationException {
        try {
            ServerConfiguration configuration = settings.configuration();
            apply(configuration, settings.web());
        } catch (ConfigurationException e) {
            reloadSuccessful.set(0);
            messages.accept(String.valueOf(e.getMessage()) + "; what was read before goes on");
            throw e;
        }
    }

    private State state(ServerConfiguration configuration) throws ConfigurationException {
        try {
            WatchedTargets.check(configuration.groups());
            return new State(configuration, Permitted.of(settings, configuration.groups()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    settings.config().map(file -> file + ": ").orElse("") + e.getMessage());
        }
    }

    private synchronized void apply(ServerConfiguration configuration, WebConfiguration web)
            throws ConfigurationException {
        State next = state(configuration);
        if (configuration.modules().values().stream().anyMatch(ProbeModule::dontFragment)) {
            openWholePackets();
        }
        targets.apply(configuration.groups(), monitor);
        http.secure(security(web));
        state = next;
        configuration.warnings().forEach(messages);
        reloadSuccessful.set(1);
        reloadedAt.set(System.currentTimeMillis() / MILLIS_PER_SECOND);
    }

    private Security security(WebConfiguration web) {
        return Security.of(web.tls(), web.users(), web.headers(), hashes);
    }

    /** Whether packets may be fragmented is a property of the socket. */
    private void openWholePackets() {
        if (wholePackets == null) {
            wholePackets = Pinger.builder()
                    .group(group)
                    // Not DO: it believes what earlier errors said of the path.
                    .option(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE)
                    .open();
        }
    }

    State state() {
        return state;
    }

    Pinger pinger() {
        return pinger;
    }

    /** Returns the pinger whose probes over IPv4 may not be fragmented. */
    Pinger wholePackets() {
        Pinger opened = wholePackets;
        return opened == null ? pinger : opened;
    }

    void failed(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        messages.accept("internal error: " + bug + (trace.length == 0 ? "" : " at " + trace[0]) + "; please report it");
    }

    /** Returns where it listens. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Returns what fails if this cannot go on. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Ends: is not ready any more, listens no more, answers what it was asked, and then closes everything. Blocks until that
     * is done, some seconds at most.
     */
    @Override
    public void close() {
        ready = false;
        http.stop(GRACE).join();
        monitor.close();
        pinger.close();
        Pinger whole = wholePackets;
        if (whole != null) {
            whole.close();
        }
        endThreads();
    }

    private void endThreads() {
        names.close();
        for (ThreadPoolExecutor executor : List.of(workers, hashes, tls)) {
            executor.shutdownNow();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
