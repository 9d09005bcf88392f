package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

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
    void anUndisturbedReadingIsTaken() {
        assertThat(clock(30).wallOffsetNanos()).isEqualTo(OFFSET + 30);
    }

    @Test
    void oneThatSomethingCameBetweenIsTakenAgain() {
        assertThat(clock(30, 5_000_000, 30).wallOffsetNanos()).isEqualTo(OFFSET + 30);
        assertThat(clock(30, 30, 5_000_000, 30).wallOffsetNanos()).isEqualTo(OFFSET + 30);
    }

    @Test
    void aMachineThatAlwaysComesBetweenHoldsNobodyUp() {
        assertThat(clock(5_000_000).wallOffsetNanos()).isEqualTo(OFFSET + 5_000_000);
    }

    @Test
    void theClocksOfThisMachineAgreeWithThemselves() {
        long first = NanoClock.SYSTEM.wallOffsetNanos();
        assertThat(Math.abs(NanoClock.SYSTEM.wallOffsetNanos() - first)).isLessThan(1_000_000_000L);
    }
}
