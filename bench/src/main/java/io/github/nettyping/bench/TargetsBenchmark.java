package io.github.nettyping.bench;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From words to addresses: read once for each sweep, walked once for each probe. */
public class TargetsBenchmark extends LoopBenchmark {

    /** What is read. */
    @State(Scope.Thread)
    public static class Word {

        /** A prefix, and a list of 1,016 ranges. */
        @Param({"10.0.0.0/8", "10.0-3.1-254.5"})
        public String word;
    }

    /** What is walked. */
    @State(Scope.Thread)
    public static class Walk {

        /** A power of two, so that a mask finds the next one. */
        private static final int JUMPS = 1024;

        /** Separate ranges the set consists of: a /8, or every other address of a /15. */
        @Param({"1", "65536"})
        public int ranges;

        private TargetCursor cursor;
        private long count;
        private long index;
        private final long[] places = new long[JUMPS];
        private int jump;

        /** Makes the set, and draws where to jump, the same places in each run. */
        @Setup
        public void build() {
            Targets.Builder builder = Targets.builder().allAddresses(true);
            if (ranges == 1) {
                builder.add("10.0.0.0/8");
            } else {
                for (int i = 0; i < ranges; i++) {
                    builder.add(IpAddress.ofIpv4(0x0a00_0000 + 2 * i));
                }
            }
            Targets targets = builder.build();
            count = targets.count();
            cursor = targets.cursor();
            SplittableRandom random = new SplittableRandom(42);
            for (int i = 0; i < JUMPS; i++) {
                places[i] = random.nextLong(count);
            }
        }
    }

    /** A word becomes a set. */
    @Benchmark
    public Targets parse(Word word) {
        return Targets.builder().allAddresses(true).add(word.word).build();
    }

    /** To the next address, as a sweep in order does. */
    @Benchmark
    public long step(Walk walk) {
        walk.cursor.moveTo(walk.index);
        walk.index = walk.index + 1 == walk.count ? 0 : walk.index + 1;
        return walk.cursor.low();
    }

    /** To any address, as a sweep in random order does. */
    @Benchmark
    public long jump(Walk walk) {
        walk.cursor.moveTo(walk.places[walk.jump++ & (Walk.JUMPS - 1)]);
        return walk.cursor.low();
    }
}
