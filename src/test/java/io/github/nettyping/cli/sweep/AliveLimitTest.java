package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.probe.ProbeOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AliveLimitTest {

    private static final ProbeOutcome ALIVE = SampleOutcomes.replied("127.0.0.1", 1);
    private static final ProbeOutcome SILENT = SampleOutcomes.timedOut("127.0.0.2");

    private final List<ProbeOutcome> passed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger stops = new AtomicInteger();

    private AliveLimit limit(long enough) {
        return new AliveLimit(enough, passed::add, stops::incrementAndGet);
    }

    @Test
    void nothingPassesAfterTheLastThatIsWanted() {
        AliveLimit limit = limit(2);
        limit.onOutcome(SILENT);
        limit.onOutcome(ALIVE);
        assertThat(stops).hasValue(0);
        limit.onOutcome(ALIVE);
        assertThat(stops).hasValue(1);
        limit.onOutcome(ALIVE);
        limit.onOutcome(SILENT);

        assertThat(passed).containsExactly(SILENT, ALIVE, ALIVE);
        assertThat(stops).hasValue(1);
    }

    @Test
    void severalEventLoopsTogetherGetNoMore() throws InterruptedException {
        AliveLimit limit = limit(1_000);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread loop = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int n = 0; n < 1_000; n++) {
                    limit.onOutcome(ALIVE);
                }
            });
            loop.start();
            loops.add(loop);
        }
        start.countDown();
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(passed).hasSize(1_000);
        assertThat(stops).hasValue(1);
    }
}
