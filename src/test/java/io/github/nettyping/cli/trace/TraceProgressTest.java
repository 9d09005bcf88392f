package io.github.nettyping.cli.trace;

import static io.github.nettyping.cli.trace.TraceSamples.hop;
import static io.github.nettyping.cli.trace.TraceSamples.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.TraceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TraceProgressTest {

    private static final IpAddress OTHER = SampleOutcomes.address("198.51.100.8");
    private static final Hop NEAR = hop(1, "198.18.0.2");
    private static final Hop FAR = hop(2, "198.51.100.7");

    private final List<TraceReport> reports = new ArrayList<>();
    private final List<Hop> expected = new ArrayList<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final FirstFailure failures = new FirstFailure(failed::incrementAndGet);
    private final TraceProgress progress = new TraceProgress(new Collected(), failures);

    private static final class Broken implements TraceFormat {

        @Override
        public void expect(Hop hop) {}

        @Override
        public void write(TraceReport report) {
            throw new IllegalStateException("broken");
        }

        @Override
        public CompletableFuture<Void> over() {
            return CompletableFuture.completedFuture(null);
        }
    }

    private final class Collected implements TraceFormat {

        @Override
        public void expect(Hop hop) {
            expected.add(hop);
        }

        @Override
        public void write(TraceReport report) {
            reports.add(report);
        }

        @Override
        public CompletableFuture<Void> over() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void resultIsPassedOnOnce() {
        TraceResult result = reached(NEAR, FAR);
        progress.onHop(TraceSamples.TARGET, NEAR);
        progress.onHop(TraceSamples.TARGET, FAR);
        assertThat(reports).isEmpty();
        progress.onCycle(1, result);
        progress.onResult(result);
        progress.writeUnfinished();
        assertThat(reports).containsExactly(TraceReport.of(result));
    }

    @Test
    void hopsAreExpectedAsTheyCome() {
        progress.onHop(TraceSamples.TARGET, NEAR);
        assertThat(expected).containsExactly(NEAR);
    }

    @Test
    void whatIsKnownOfTheFirstCycleIsKept() {
        progress.onHop(TraceSamples.TARGET, NEAR);
        progress.onHop(OTHER, NEAR);
        progress.onHop(TraceSamples.TARGET, FAR);
        progress.writeUnfinished();
        assertThat(reports)
                .containsExactly(
                        TraceReport.unfinished(TraceSamples.TARGET, List.of(NEAR, FAR)),
                        TraceReport.unfinished(OTHER, List.of(NEAR)));
        progress.writeUnfinished();
        assertThat(reports).hasSize(2);
    }

    @Test
    void lastCycleReplacesThoseBefore() {
        TraceResult second = reached(hop(1, "198.51.100.7"));
        progress.onHop(TraceSamples.TARGET, NEAR);
        progress.onCycle(1, reached(NEAR, FAR));
        progress.onCycle(2, second);
        progress.writeUnfinished();
        assertThat(reports).containsExactly(TraceReport.of(second));
    }

    @Test
    void failureOfTheFormatEndsTheRunOnce() {
        TraceProgress broken = new TraceProgress(new Broken(), failures);
        broken.onResult(reached(NEAR));
        broken.onResult(reached(NEAR));
        assertThat(failed).hasValue(1);
        assertThat(failures.failure()).get().isInstanceOf(IllegalStateException.class);
    }
}
