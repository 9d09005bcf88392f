package io.github.nettyping.bench;

import io.github.nettyping.packet.AddressFormat;
import io.github.nettyping.packet.IpAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write one address as text, as a sweep does for each of its result lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AddressFormatBenchmark {

    /** A power of two, so that a mask finds the next one. */
    private static final int ADDRESSES = 1024;

    /** The form of the address: {@code ipv6} has no zero group, {@code ipv6_zeros} a run of five. */
    @Param({"ipv4", "ipv6", "ipv6_zeros"})
    public String form;

    private final IpAddress[] addresses = new IpAddress[ADDRESSES];
    private final StringBuilder line = new StringBuilder(64);
    private int next;

    /** Draws the addresses, the same ones in each run. */
    @Setup
    public void drawAddresses() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < ADDRESSES; i++) {
            addresses[i] = draw(random);
        }
    }

    private IpAddress draw(SplittableRandom random) {
        switch (form) {
            case "ipv4":
                return IpAddress.ofIpv4(random.nextInt());
            case "ipv6":
                // A bit in each group keeps all of them from being zero.
                return new IpAddress(
                        random.nextLong() | 0x2001_0001_0001_0001L, random.nextLong() | 0x0001_0001_0001_0001L, 0);
            case "ipv6_zeros":
                return new IpAddress(0x2001_0db8_0000_0000L, random.nextInt(1, 0x1_0000), 0);
            default:
                throw new IllegalArgumentException(form);
        }
    }

    /** Into a builder that is used again. */
    @Benchmark
    public int append() {
        line.setLength(0);
        return AddressFormat.append(line, nextAddress()).length();
    }

    /** Into a string of its own. */
    @Benchmark
    public String asString() {
        return nextAddress().toString();
    }

    private IpAddress nextAddress() {
        return addresses[next++ & (ADDRESSES - 1)];
    }
}
