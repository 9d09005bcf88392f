package io.github.nettyping.examples;

import io.github.nettyping.PingOptions;
import io.github.nettyping.PingSeries;
import io.github.nettyping.Pinger;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.statistics.PingStatistics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Some pings to a host, or to each of several at the same time, summed up. */
final class HostsExample {

    private HostsExample() {}

    // tag::counted-ping
    static PingStatistics ping(Pinger pinger, InetAddress host) {
        return start(pinger, host, 4, Duration.ofMillis(100)).join();
    }

    private static CompletableFuture<PingStatistics> start(
            Pinger pinger, InetAddress host, int count, Duration interval) {
        ProbeOptions probe = ProbeOptions.builder()
                .attempts(1)
                .timeout(Duration.ofSeconds(2))
                .payloadBytes(56)
                .build();
        PingOptions options = PingOptions.builder()
                .probe(probe)
                .count(count)
                .interval(interval)
                .build();
        PingSeries series = pinger.series(host, options, result -> {}); // Or look at each result here.
        return series.completion();
    }
    // end::counted-ping

    // tag::multiping
    static CompletableFuture<List<PingStatistics>> multiping(Pinger pinger, List<InetAddress> hosts) {
        List<CompletableFuture<PingStatistics>> series = hosts.stream()
                .map(host -> start(pinger, host, 2, Duration.ofMillis(100)))
                .toList();
        return CompletableFuture.allOf(series.toArray(CompletableFuture[]::new))
                .thenApply(all -> series.stream().map(CompletableFuture::join).toList());
    }
    // end::multiping
}
