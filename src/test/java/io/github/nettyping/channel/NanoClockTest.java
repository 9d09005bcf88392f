package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NanoClockTest {

    private static final long OFFSET = 1_000_000_000_000L;

    /** Clocks that go on by so much at each reading. */
    private static NanoClock clock(long... steps) {
        return new NanoClock() {
            private long now;
            private int reading;

            private long next() {
                now += steps[Math.min(reading++, steps.length - 1)];
                return now;
            }

            @Override
            public long monotonicNanos() {
                return next();
            }

            @Override
            public long wallNanos() {
                return OFFSET + next();
            }
        };
    }

    @Test
    void theWallClockIsReadInTheMiddle() {
        assertThat(clock(30).wallOffsetNanos()).isEqualTo(OFFSET);
    }

    @Test
    void aReadingThatSomethingCameBetweenIsTakenAgain() {
        assertThat(clock(30, 5_000_000, 30).wallOffsetNanos()).isEqualTo(OFFSET);
        assertThat(clock(30, 30, 5_000_000, 30).wallOffsetNanos()).isEqualTo(OFFSET);
    }

    @Test
    void aFewMicrosecondsInOneDirectionAreNoticed() {
        // Between the first reading and the second only: the round trips of the batch would be shorter by that.
        assertThat(clock(30, 9_000, 30, 30).wallOffsetNanos()).isEqualTo(OFFSET);
    }

    @Test
    void theTightestReadingCountsWhereNoneIsTight() {
        assertThat(clock(30, 9_000, 8_000, 30, 400, 300, 30, 7_000, 7_000, 30, 6_000, 9_000)
                        .wallOffsetNanos())
                .isEqualTo(OFFSET + 400 - 350);
    }

    @Test
    void whateverComesBetweenNoReadingIsWrongByMoreThanHalfOfItsTime() {
        SplittableRandom random = new SplittableRandom(15);
        for (int i = 0; i < 10_000; i++) {
            long[] steps = random.longs(64, 20, 40)
                    .map(step -> random.nextInt(3) == 0 ? step + random.nextInt(50_000) : step)
                    .toArray();
            long tightest = LongStream.range(0, NanoClock.MAX_READINGS)
                    .map(reading -> steps[(int) (3 * reading + 1)] + steps[(int) (3 * reading + 2)])
                    .min()
                    .orElseThrow();
            assertThat(Math.abs(clock(steps).wallOffsetNanos() - OFFSET))
                    .isLessThanOrEqualTo(Math.max(tightest, NanoClock.TIGHT_READING_NANOS) / 2 + 1);
        }
    }

    @Test
    void aMachineThatAlwaysComesBetweenHoldsNobodyUp() {
        assertThat(clock(5_000_000).wallOffsetNanos()).isEqualTo(OFFSET);
    }

    @Test
    void theClocksOfThisMachineAgreeWithThemselves() {
        long first = NanoClock.SYSTEM.wallOffsetNanos();
        assertThat(Math.abs(NanoClock.SYSTEM.wallOffsetNanos() - first)).isLessThan(1_000_000_000L);
    }
}
