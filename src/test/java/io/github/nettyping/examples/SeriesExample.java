package io.github.nettyping.examples;

import io.github.nettyping.PingOptions;
import io.github.nettyping.PingResult;
import io.github.nettyping.PingSeries;
import io.github.nettyping.Pinger;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingStatistics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A host asked again and again, three ways. */
final class SeriesExample {

    private SeriesExample() {}

    // tag::series-list
    static List<PingResult> list(Pinger pinger, InetAddress host) {
        PingOptions options =
                PingOptions.builder().count(5).interval(Duration.ofMillis(20)).build();
        return pinger.series(host, options).join(); // Never join on the event loop.
    }
    // end::series-list

    // tag::series-listener
    static PingStatistics listen(Pinger pinger, InetAddress host, Consumer<String> output) {
        PingOptions options =
                PingOptions.builder().count(5).interval(Duration.ofMillis(20)).build();
        PingSeries series = pinger.series(host, options, result -> {
            if (result.outcome() instanceof Replied reply) {
                output.accept(result.sequence() + ": " + reply.rttNanos() + " ns");
            }
        });
        return series.completion().join(); // Without a count: series.stop() ends it.
    }
    // end::series-listener

    // tag::series-publisher
    static final class FirstReply implements Flow.Subscriber<PingResult> {

        private final CompletableFuture<PingResult> found = new CompletableFuture<>();
        private Flow.Subscription subscription;

        static CompletableFuture<PingResult> of(Pinger pinger, InetAddress host) {
            FirstReply subscriber = new FirstReply();
            pinger.publisher(host, PingOptions.builder().build()).subscribe(subscriber);
            return subscriber.found;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(1); // One result, so one probe.
        }

        @Override
        public void onNext(PingResult result) {
            if (result.outcome() instanceof Replied) {
                subscription.cancel();
                found.complete(result);
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable cause) {
            found.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            found.cancel(false);
        }
    }
    // end::series-publisher
}
