package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.Trace;
import io.github.nettyping.trace.TraceOptions;
import io.github.nettyping.trace.TraceResult;
import io.github.nettyping.trace.TraceSummary;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The ways to hosts. */
final class TraceExample {

    private TraceExample() {}

    // tag::trace-one
    static void printWay(Pinger pinger, InetAddress target) {
        TraceResult result = pinger.trace(target, TraceOptions.defaults()).join();
        for (Hop hop : result.hops()) {
            String time = hop.times()
                    .map(times -> (long) times.meanNanos() / 1000 + " us")
                    .orElse("*");
            System.out.println(hop.number() + "  " + hop.from() + "  " + time);
        }
        System.out.println(result.ending());
    }
    // end::trace-one

    // tag::trace-many
    static Map<IpAddress, Integer> distances(Pinger pinger, Targets targets) {
        TraceOptions options = TraceOptions.builder()
                .probesPerHop(1)
                .maxSilentHops(5)
                .probesPerSecond(5_000)
                .build();
        Map<IpAddress, Integer> hops = new ConcurrentHashMap<>();
        Trace trace = pinger.trace(targets, options, result -> {
            if (result.isReached()) {
                hops.put(result.target(), result.hops().size());
            }
        });
        TraceSummary summary = trace.completion().join();
        System.out.println(summary.probesSent() + " probes, " + summary.endings());
        return hops;
    }
    // end::trace-many

    // tag::trace-mtu
    static OptionalInt longestPacket(Pinger pinger, InetAddress target) {
        TraceOptions options = TraceOptions.builder()
                .pathMtu(true)
                .timeout(Duration.ofMillis(500))
                .build();
        TraceResult result = pinger.trace(target, options).join();
        for (Hop hop : result.hops()) {
            hop.mtu().ifPresent(mtu -> System.out.println(hop.from() + " takes " + mtu + " bytes"));
        }
        return result.pathMtu();
    }
    // end::trace-mtu
}
