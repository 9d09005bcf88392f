package io.github.nettyping.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks of the parts of an event loop have in common: nanoseconds per operation, in one thread of the kind
 * event loops have, with buffers neither sampled for leaks nor shown to the flight recorder.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.github.nettyping.bench.LoopThreads",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.jfr.enabled=false"
        })
public abstract class LoopBenchmark {

    /** For subclasses. */
    protected LoopBenchmark() {}
}
