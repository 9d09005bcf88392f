package io.github.nettyping.correlation;

import io.github.nettyping.bench.LoopBenchmark;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * The token of one probe (SipHash), made for each packet sent and again for each reply that must be believed. In this
 * package because it is visible only here.
 */
public class ProbeTokenBenchmark extends LoopBenchmark {

    /** The mapped form of 10.0.0.0. */
    private static final long FIRST_TARGET = 0xffff_0a00_0000L;

    private final ProbeToken token = new ProbeToken(0x0123_4567_89ab_cdefL, 0x0fed_cba9_8765_4321L);
    private int next;

    /** Of another target each time. */
    @Benchmark
    public long token() {
        int slot = next++ & 0x1_ffff;
        return token.of(0, FIRST_TARGET + slot, slot, next);
    }
}
