package io.github.nettyping.correlation;

import io.github.nettyping.bench.LoopBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The deadlines of the probes under way, by a clock of the benchmark's own: 200,000 probes a second, whose timeout is
 * what brings so many under way. In this package because the queue is visible only here.
 */
public class DeadlineQueueBenchmark extends LoopBenchmark {

    private static final long STEP_NANOS = 5_000;

    /** Deadlines in the queue, a power of two. */
    @Param({"1024", "65536"})
    public int inFlight;

    private DeadlineQueue queue;
    private int mask;
    private int next;
    private long now;
    private long timeoutNanos;

    /** Fills the queue. There are twice as many slots, for what is due is found up to a tick late. */
    @Setup
    public void fill() {
        queue = new DeadlineQueue(2 * inFlight);
        mask = 2 * inFlight - 1;
        timeoutNanos = inFlight * STEP_NANOS;
        for (int i = 0; i < inFlight; i++) {
            add();
        }
    }

    private long add() {
        now += STEP_NANOS;
        return queue.add(next++ & mask, now + timeoutNanos, now);
    }

    /** A reply comes in time: the oldest deadline is taken out, and a new one put in. */
    @Benchmark
    public long addAndCancel() {
        queue.remove((next - inFlight) & mask);
        return add();
    }

    /** No reply comes: a deadline is put in, and what is due taken out, one for one in the long run. */
    @Benchmark
    public long addAndExpire() {
        long due = add();
        queue.collectDue(now);
        while (queue.hasDue()) {
            int slot = queue.firstDue();
            due ^= queue.deadlineNanos(slot);
            queue.remove(slot);
        }
        return due;
    }
}
