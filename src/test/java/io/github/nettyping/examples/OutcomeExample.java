package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One ping, and what can become of it. */
final class OutcomeExample {

    private OutcomeExample() {}

    // tag::outcome
    static CompletableFuture<String> verdict(Pinger pinger, InetAddress host) {
        ProbeOptions options = ProbeOptions.builder()
                .timeout(Duration.ofMillis(200))
                .attempts(3)
                .failFast(true)
                .build();
        return pinger.ping(host, options).thenApply(OutcomeExample::describe); // Runs on the event loop.
    }

    // tag::describe
    private static String describe(ProbeOutcome outcome) {
        return switch (outcome.kind()) {
            case REPLIED -> "alive, " + ((Replied) outcome).rttNanos() + " ns";
            case UNREACHABLE, TIME_EXCEEDED, OTHER_ICMP_ERROR ->
                ((IcmpErrorOutcome) outcome).error().name();
            case TIMED_OUT -> "silent";
            case NOT_SENT, DROPPED_LOCALLY -> "trouble on this machine: " + outcome;
        };
    }
    // end::describe
    // end::outcome
}
