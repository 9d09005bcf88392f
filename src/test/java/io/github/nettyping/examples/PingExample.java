package io.github.nettyping.examples;

// tag::ping
import io.github.nettyping.Pinger;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.net.InetAddress;

public final class PingExample {
    public static void main(String[] args) {
        // tag::ping-lines
        try (Pinger pinger = Pinger.builder().open()) {
            ProbeOutcome outcome = pinger.ping(InetAddress.getLoopbackAddress()).join();
            System.out.println(outcome instanceof Replied reply ? reply.rttNanos() / 1000 + " us" : outcome.kind());
        }
        // end::ping-lines
    }
}
// end::ping
