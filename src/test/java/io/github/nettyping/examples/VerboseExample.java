package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Loops of one's own that print what comes: a ping and a traceroute. */
final class VerboseExample {

    private VerboseExample() {}

    static void ping(
            IcmpChannel channel,
            ByHandExample.Answers answers,
            IpAddress host,
            int count,
            Duration interval,
            Consumer<String> out)
            throws InterruptedException {
        out.accept("PING " + host + ": 56 data bytes");
        for (int sequence = 0; sequence < count; sequence++) {
            try {
                ByHandExample.Answer answer = answers.send(
                                channel, host, sequence, SendOptions.none(), Duration.ofSeconds(1))
                        .get();
                String millis = String.format(Locale.ROOT, "%.3f ms", answer.rttNanos() / 1e6);
                out.accept(
                        answer.error().isPresent()
                                ? "From " + answer.from() + ": "
                                        + answer.error().get().name()
                                : answer.icmpBytes() + " bytes from " + answer.from() + ": icmp_seq=" + sequence
                                        + " time=" + millis);
            } catch (ExecutionException e) {
                out.accept(
                        e.getCause() instanceof TimeoutException
                                ? "Request timeout for icmp_seq " + sequence
                                : "icmp_seq " + sequence + ": " + e.getCause().getMessage());
            }
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        }
    }

    static void traceroute(
            IcmpChannel channel,
            ByHandExample.Answers answers,
            IpAddress host,
            int maxHops,
            Duration timeout,
            Consumer<String> out)
            throws InterruptedException {
        for (int hops = 1; hops <= maxHops; hops++) {
            SendOptions options = SendOptions.builder().hopLimit(hops).build();
            try {
                ByHandExample.Answer answer =
                        answers.send(channel, host, hops, options, timeout).get();
                String millis = String.format(Locale.ROOT, "%.3f ms", answer.rttNanos() / 1e6);
                out.accept(hops + " " + answer.from() + " " + millis);
                // Any other error comes from where the way ends.
                if (!(answer.error().orElse(null) instanceof TimeExceededMessage)) {
                    return;
                }
            } catch (ExecutionException e) {
                out.accept(hops + " *");
            }
        }
    }
}
