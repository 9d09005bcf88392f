package io.github.nettyping.bench;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads of the kind event loops are made of. On others Netty recycles no object, and what is measured
 * would allocate what it never allocates in use.
 *
 * <p>JMH makes it by name: {@link LoopBenchmark} says so to each fork.
 */
public final class LoopThreads extends ThreadPoolExecutor {

    /**
     * Called by JMH.
     *
     * @param threads how many
     * @param prefix  of their names
     */
    public LoopThreads(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
