package io.github.nettyping.server;

import io.github.nettyping.Pinger;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.server.config.GoDuration;
import io.github.nettyping.server.config.ProbeModule;
import io.github.nettyping.server.exposition.Exposition;
import io.github.nettyping.server.exposition.ProbeMetrics;
import io.github.nettyping.server.http.Exchange;
import io.github.nettyping.server.http.Reply;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code /probe}: asks one host once, and tells what became of it as blackbox_exporter does. Safe for use by many threads. */
final class ProbeEndpoint {

    /** What Prometheus says how long it waits, from which a moment is kept for the answer to get there. */
    private static final String SCRAPE_TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

    private static final double KEPT_SECONDS = 0.5;
    private static final double DEFAULT_SECONDS = 120;
    private static final double MOST_SECONDS = 3_600;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PingServer server;
    private final NameLookup names;
    private final Exposition exposition;
    private final Executor workers;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    ProbeEndpoint(PingServer server, NameLookup names, Exposition exposition, Executor workers, int most) {
        this.server = server;
        this.names = names;
        this.exposition = exposition;
        this.workers = workers;
        this.most = most;
    }

    void answer(Exchange exchange) {
        PingServer.State state = server.state();
        String name = exchange.parameter("module").orElse(ProbeModule.DEFAULT_NAME);
        ProbeModule module = state.configuration().modules().get(name);
        if (module == null) {
            String other = state.configuration().otherModules().get(name);
            exchange.reply(Reply.bad(
                    other == null
                            ? "unknown module (expected: one of "
                                    + String.join(
                                            ", ",
                                            state.configuration().modules().keySet()) + ')'
                            : "the prober of this module is " + other + " (expected: icmp)"));
            return;
        }
        Optional<String> target = exchange.parameter("target");
        if (target.isEmpty()) {
            exchange.reply(Reply.bad("no target (expected: /probe?target=HOST)"));
            return;
        }
        Duration within;
        try {
            within = within(exchange, module);
        } catch (IllegalArgumentException e) {
            exchange.reply(Reply.bad(String.valueOf(e.getMessage())));
            return;
        }
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            exchange.reply(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many probes at once"));
            return;
        }
        new Asked(exchange, module, target.get(), within, state).begin();
    }

    /** Returns how long a probe may take: as the module says, but no longer than the scrape or the request. */
    static Duration within(Exchange exchange, ProbeModule module) {
        double scrape =
                exchange.header(SCRAPE_TIMEOUT).map(ProbeEndpoint::seconds).orElse(0.0);
        double left = (scrape == 0 ? DEFAULT_SECONDS : scrape) - KEPT_SECONDS;
        double given = module.timeout().map(Duration::toNanos).orElse(0L) / NANOS_PER_SECOND;
        double chosen = given > 0 && given < left ? given : left;
        if (left <= 0) {
            // Too short to keep anything of it.
            chosen = given > 0 ? Math.min(given, scrape) : scrape;
        }
        Optional<String> asked = exchange.parameter("timeout");
        if (asked.isPresent()) {
            Duration wanted = GoDuration.parse(asked.get())
                    .filter(value -> !value.isZero())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "timeout that is none (expected: " + GoDuration.EXPECTED + ')'));
            chosen = Math.min(chosen, wanted.toNanos() / NANOS_PER_SECOND);
        }
        return Duration.ofNanos((long) (chosen * NANOS_PER_SECOND));
    }

    private static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(SCRAPE_TIMEOUT + ": no number (expected: seconds)", e);
        }
        throw new IllegalArgumentException(SCRAPE_TIMEOUT + ": out of range (expected: 0 to 3600)");
    }

    /** One probe under way. */
    private final class Asked {

        private final Exchange exchange;
        private final ProbeModule module;
        private final String target;
        private final Duration within;
        private final PingServer.State state;
        private final long begunNanos = System.nanoTime();
        private final List<String> log = new ArrayList<>();
        private double lookup;
        private long resolvedAtNanos;

        Asked(Exchange exchange, ProbeModule module, String target, Duration within, PingServer.State state) {
            this.exchange = exchange;
            this.module = module;
            this.target = target;
            this.within = within;
            this.state = state;
        }

        void begin() {
            log("resolving " + target);
            CompletableFuture<List<InetAddress>> found = names.addressesOfBothFamilies(target);
            found.copy()
                    .orTimeout(within.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((addresses, failure) -> guarded(() -> resolved(addresses, failure)));
        }

        private void resolved(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
            lookup = elapsed();
            Instant now = Instant.now();
            resolvedAtNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            Optional<IpAddress> chosen = addresses == null ? Optional.empty() : choose(addresses);
            if (chosen.isEmpty()) {
                if (!state.permitted().permits(target)) {
                    refuse();
                    return;
                }
                log(failure == null ? "no address of the wanted family" : reason(failure));
                tell(Optional.empty(), null);
                return;
            }
            IpAddress address = chosen.get();
            if (!state.permitted().permits(target) && !state.permitted().permits(address)) {
                refuse();
                return;
            }
            log("resolved to " + address);
            Duration left = within.minusNanos(System.nanoTime() - begunNanos);
            if (left.isNegative() || left.isZero()) {
                log("no time left");
                tell(chosen, null);
                return;
            }
            CompletableFuture<ProbeOutcome> outcome;
            try {
                boolean whole = module.dontFragment() && address.family() == IpFamily.IPV4;
                Pinger pinger = whole ? server.wholePackets() : server.pinger();
                outcome = pinger.ping(address.toInetAddress(), module.options(address.family(), left));
            } catch (IllegalArgumentException e) {
                log(String.valueOf(e.getMessage()));
                tell(chosen, null);
                return;
            }
            exchange.gone().thenRun(() -> outcome.cancel(false));
            outcome.whenComplete((result, lost) -> guarded(() -> {
                if (lost != null) {
                    log(reason(lost));
                }
                tell(chosen, result);
            }));
        }

        private Optional<IpAddress> choose(List<InetAddress> addresses) {
            List<IpAddress> found = addresses.stream().map(IpAddress::of).toList();
            return found.stream()
                    .filter(address -> address.family() == module.preferred())
                    .findFirst()
                    .or(() -> module.fallback() ? found.stream().findFirst() : Optional.empty());
        }

        private void refuse() {
            running.decrementAndGet();
            exchange.reply(Reply.line(
                    HttpResponseStatus.FORBIDDEN,
                    "this target may not be asked (expected: one of --allow, or configured)"));
        }

        private void tell(Optional<IpAddress> address, @Nullable ProbeOutcome outcome) {
            running.decrementAndGet();
            double setup = Math.max(0, sentAtNanos(outcome) - resolvedAtNanos) / NANOS_PER_SECOND;
            Replied reply = outcome instanceof Replied replied ? replied : null;
            if (outcome != null) {
                log("outcome: " + Words.status(outcome.kind()));
            }
            ProbeMetrics metrics = new ProbeMetrics(
                    reply != null,
                    elapsed(),
                    within.toNanos() / NANOS_PER_SECOND,
                    lookup,
                    address,
                    setup,
                    reply == null ? 0 : reply.rttNanos() / NANOS_PER_SECOND,
                    reply == null ? OptionalInt.empty() : reply.hopLimit());
            try {
                workers.execute(() -> exchange.reply(made(metrics)));
            } catch (RejectedExecutionException e) {
                exchange.reply(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too much to do"));
            }
        }

        private Reply made(ProbeMetrics metrics) {
            if (!exchange.parameter("debug").equals(Optional.of("true"))) {
                return exposition.reply(exchange, metrics.snapshots());
            }
            String text = "Logs for the probe:\n" + String.join("\n", log)
                    + "\n\n\n\nMetrics that would have been returned:\n" + exposition.text(metrics.snapshots())
                    + "\n\n\nModule configuration:\n" + module.yaml();
            return Reply.ok("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }

        private void log(String line) {
            log.add(String.format(Locale.ROOT, "%.6f %s", elapsed(), line));
        }

        private double elapsed() {
            return (System.nanoTime() - begunNanos) / NANOS_PER_SECOND;
        }

        /** Whatever happens, there is an answer. */
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                server.failed(e);
                exchange.reply(Reply.line(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error"));
            }
        }
    }

    private static long sentAtNanos(@Nullable ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            return reply.sentAtNanos();
        }
        if (outcome instanceof TimedOut silent) {
            return silent.sentAtNanos();
        }
        if (outcome instanceof DroppedLocally dropped) {
            return dropped.sentAtNanos();
        }
        return outcome instanceof IcmpErrorOutcome error ? error.sentAtNanos() : 0;
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? "the name was not resolved in time" : String.valueOf(cause);
    }
}
