package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many on-link targets may be begun when; a clock that only the test moves. */
class NeighbourBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** Any; a monotonic clock may also be negative, and close to the end of its range. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final NeighbourBudget budget = new NeighbourBudget(768, START);

    @Test
    void aSmallNetworkIsBegunAtOnce() {
        assertThat(budget.take(254, START)).isEqualTo(254);
        assertThat(budget.nanosUntilDue(START)).isZero();
    }

    @Test
    void noMoreThanTheBudgetIsBegunInThreeSeconds() {
        assertThat(budget.take(1_000, START)).isEqualTo(768);
        assertThat(budget.take(1, START + 3 * SECOND)).isZero();
        assertThat(budget.take(1_000, START + 3 * SECOND + 100 * MILLI)).isEqualTo(768);
    }

    @Test
    void whatWasBegunLaterIsDueLater() {
        budget.take(700, START);
        budget.take(68, START + SECOND);

        assertThat(budget.take(1_000, START + 3_100 * MILLI)).isEqualTo(700);
        assertThat(budget.take(1_000, START + 4_000 * MILLI)).isZero();
        assertThat(budget.take(1_000, START + 4_100 * MILLI)).isEqualTo(68);
    }

    @Test
    void saysExactlyWhenOneMoreIsFree() {
        budget.take(768, START + 1_234 * MILLI);
        long now = START + 2_000 * MILLI;

        long wait = budget.nanosUntilDue(now);

        assertThat(wait).isEqualTo(2_300 * MILLI);
        assertThat(budget.take(1, now + wait - 1)).isZero();
        assertThat(budget.take(1, now + wait)).isEqualTo(1);
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        budget.take(768, START);

        assertThat(budget.take(5_000, START + 3_600 * SECOND)).isEqualTo(768);
        assertThat(budget.take(1, START + 3_603 * SECOND)).isZero();
    }

    @Test
    void aClockThatGoesBackStandsStill() {
        budget.take(700, START + 50 * SECOND);

        assertThat(budget.take(100, START + 49 * SECOND)).isEqualTo(68);
        assertThat(budget.take(100, START + 52 * SECOND)).isZero();
        assertThat(budget.nanosUntilDue(START - SECOND)).isPositive();
    }

    @Test
    void nothingIsTakenForNothing() {
        assertThat(budget.take(0, START)).isZero();
        assertThat(budget.take(-1, START)).isZero();
        assertThat(budget.take(768, START)).isEqualTo(768);
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThatThrownBy(() -> new NeighbourBudget(0, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mostInWindow: 0");
    }

    private record Taken(long nanos, int count) {}

    @Test
    void inNoThreeSecondsMoreThanTheBudgetAndNeverLongWithoutOne() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(1_000);
            NeighbourBudget any = new NeighbourBudget(most, START);
            Deque<Taken> window = new ArrayDeque<>();
            long inWindow = 0;
            long all = 0;
            long now = START;
            for (int i = 0; i < 5_000; i++) {
                now += random.nextInt(8) == 0 ? any.nanosUntilDue(now) : random.nextLong(40 * MILLI);
                int taken = any.take(1 + random.nextInt(100), now);
                window.add(new Taken(now, taken));
                inWindow += taken;
                all += taken;
                while (now - window.element().nanos() > 3 * SECOND) {
                    inWindow -= window.remove().count();
                }
                assertThat(inWindow).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(most);
                assertThat(any.nanosUntilDue(now)).isBetween(0L, NeighbourBudget.PERIOD_NANOS);
            }
            // What was taken in one period can be taken in the next.
            assertThat(all)
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(Math.min(most * ((now - START) / NeighbourBudget.PERIOD_NANOS), 5_000));
        }
    }
}
