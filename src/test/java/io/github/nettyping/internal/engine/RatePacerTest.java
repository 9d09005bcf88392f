package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatePacerTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TENTH = 100 * MILLI;
    private static final long TEN_SECONDS = 10_000 * MILLI;
    /** Clocks begin anywhere. */
    private static final long START = Long.MAX_VALUE - TEN_SECONDS / 3;

    /** Sends what is due whenever it wakes up, and notes how much it sent, and the most in any 100 ms. */
    private static final class Sender {

        private final ArrayDeque<Long> lastTenth = new ArrayDeque<>();
        private final RatePacer pacer;
        private long now = START;
        private long sent;
        private int most;

        Sender(RatePacer pacer) {
            this.pacer = pacer;
        }

        /** Sends what is due, and waits until something is due again, at least a millisecond, and as much longer as it is late. */
        void run(long nanos, LongUnaryOperator lateness) {
            for (long end = now + nanos; now - end < 0; ) {
                int taken = pacer.take(Integer.MAX_VALUE, now);
                sent += taken;
                while (!lastTenth.isEmpty() && now - lastTenth.peek() >= TENTH) {
                    lastTenth.remove();
                }
                for (int i = 0; i < taken; i++) {
                    lastTenth.add(now);
                }
                most = Math.max(most, lastTenth.size());
                now += Math.max(MILLI, pacer.nanosUntilDue(now));
                now += lateness.applyAsLong(now);
            }
        }
    }

    private static Sender sender(long rate) {
        return new Sender(new RatePacer(rate, START));
    }

    private static int inTenth(long rate, double shares) {
        // One more is allowed, and probes are whole.
        return (int) Math.max(Math.ceil(rate / 10.0 * shares - 1e-9), Math.ceil(rate / 10.0) + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 999, 1_000, 50_000, 1_000_000})
    void allowsTheRateOverTenSecondsWhateverTheStep(long rate) {
        for (long step : new long[] {MILLI / 7, MILLI, 9 * MILLI}) {
            RatePacer pacer = new RatePacer(rate, 0);
            long taken = 0;
            for (long now = 0; now < 10_000 * MILLI; now += step) {
                taken += pacer.take(Integer.MAX_VALUE, now);
            }
            assertThat(taken).isBetween(10 * rate - rate / 100 - 1, 10 * rate + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 10, 20, 33, 50, 60, 100, 101, 333, 1_000, 5_000, 100_000})
    void keepsTheMeanAndNoTenthOfASecondOverflowsHoweverLateItIsWokenUp(long rate) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Sender sender = sender(rate);
            // Usually up to 6 ms late, at times 20 or 60.
            sender.run(TEN_SECONDS, now -> {
                int kind = random.nextInt(1_000);
                return (long) (random.nextDouble() * (kind == 0 ? 60 : kind < 20 ? 20 : 6) * MILLI);
            });

            assertThat((double) sender.sent)
                    .as("seed %d", seed)
                    .isCloseTo(10.0 * rate, within(Math.max(1.0, rate / 10.0)));
            assertThat(sender.most).as("seed %d", seed).isLessThanOrEqualTo(inTenth(rate, 1.2));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 50, 333, 1_000, 5_000, 100_000})
    void whereItIsWokenUpInTimeNoTenthOfASecondHasMoreThanItsShareAndTenMilliseconds(long rate) {
        Random random = new Random(rate);
        Sender sender = sender(rate);
        sender.run(TEN_SECONDS, now -> (long) (random.nextDouble() * 5 * MILLI));

        assertThat((double) sender.sent).isCloseTo(10.0 * rate, within(Math.max(1.0, rate / 100.0)));
        assertThat(sender.most).isLessThanOrEqualTo(inTenth(rate, 1.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 50, 100, 1_000, 10_000})
    void aPauseOfLessThanATenthOfASecondIsMadeUpForWithinASecond(long rate) {
        Sender sender = sender(rate);
        sender.run(1_000 * MILLI, now -> 0);
        sender.now += 80 * MILLI;
        sender.run(1_920 * MILLI, now -> 0);

        assertThat((double) sender.sent).isCloseTo(3.0 * rate, within(1 + rate / 1_000.0));
        assertThat(sender.most).isLessThanOrEqualTo(inTenth(rate, 1.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 50, 100, 333, 1_000, 5_000})
    void aMachineThatIsLateAllTheTimeGetsTenMillisecondsWorthEachTime(long rate) {
        Sender sender = sender(rate);
        sender.run(TEN_SECONDS, now -> 40 * MILLI);

        // 41 ms or an interval and 40 ms from one time to the next.
        double wakeUps = 10_000.0 / Math.max(41, 1_000.0 / rate + 40);
        assertThat((double) sender.sent)
                .isGreaterThanOrEqualTo(Math.min(9.9 * rate, 0.95 * wakeUps * (1 + rate / 100)));
        assertThat(sender.most).isLessThanOrEqualTo(inTenth(rate, 1.2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 50, 100, 1_000, 10_000})
    void ofALongerPauseOnlyATenthOfASecondIsMadeUpFor(long rate) {
        Sender sender = sender(rate);
        sender.run(1_000 * MILLI, now -> 0);
        sender.now += 60_000 * MILLI;
        sender.run(2_000 * MILLI, now -> 0);

        assertThat((double) sender.sent).isBetween(3.0 * rate - 1, 3.1 * rate + 1);
        assertThat(sender.most).isLessThanOrEqualTo(inTenth(rate, 1.1));
    }

    @Test
    void aPauseSkipsWholeIntervalsAndKeepsTheGrid() {
        RatePacer pacer = new RatePacer(2, 0);
        assertThat(pacer.take(10, 0)).isOne();

        assertThat(pacer.take(10, 3_700 * MILLI)).isOne();
        assertThat(pacer.nanosUntilDue(3_700 * MILLI)).isEqualTo(300 * MILLI);
        assertThat(pacer.take(10, 4_000 * MILLI)).isOne();
        assertThat(pacer.nanosUntilDue(4_000 * MILLI)).isEqualTo(500 * MILLI);
    }

    @Test
    void anIntervalIsExactForHours() {
        long interval = 7_000_001;
        RatePacer pacer = RatePacer.every(interval);
        pacer.begin(START);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(pacer.take(2, START + i * interval)).isOne();
            assertThat(pacer.nanosUntilDue(START + i * interval)).isEqualTo(interval);
        }
    }

    @Test
    void anUpperBoundMakesUpForTenMillisecondsAndNoMore() {
        RatePacer pacer = RatePacer.atMost(10_000, 0, 0, 1);
        pacer.take(1, 0);

        assertThat(pacer.take(1_000_000, 60_000 * MILLI)).isEqualTo(100);
        assertThat(pacer.take(1_000_000, 60_001 * MILLI)).isEqualTo(10);
    }

    @Test
    void aSlowBeginningIsNotMadeUpFor() {
        RatePacer pacer = new RatePacer(1_000, 0);
        assertThat(pacer.take(1, 0)).isOne();
        pacer.sentFirst(80 * MILLI);

        assertThat(pacer.take(10, 80 * MILLI)).isZero();
        assertThat(pacer.take(10, 81 * MILLI)).isOne();
    }

    @Test
    void whatIsGivenBackIsDueAgain() {
        RatePacer pacer = new RatePacer(1_000, 0);
        pacer.take(1, 0);
        assertThat(pacer.take(64, 8 * MILLI)).isEqualTo(8);
        pacer.giveBack(8);

        assertThat(pacer.nanosUntilDue(8 * MILLI)).isZero();
        assertThat(pacer.take(64, 8 * MILLI)).isEqualTo(8);
    }

    @Test
    void severalTogetherHaveOneProbeDueAtATime() {
        RatePacer[] pacers = {new RatePacer(300, 0, 0, 3), new RatePacer(300, 0, 1, 3), new RatePacer(300, 0, 2, 3)};
        long interval = TimeUnit.SECONDS.toNanos(1) / 300;
        for (int i = 0; i < 30; i++) {
            int due = 0;
            for (RatePacer pacer : pacers) {
                due += pacer.take(10, i * (interval + 1));
            }
            assertThat(due).isOne();
        }
    }

    @Test
    void tellsWhenTheNextProbeIsDue() {
        RatePacer pacer = new RatePacer(100, 0);
        assertThat(pacer.nanosUntilDue(0)).isZero();
        assertThat(pacer.take(1, 0)).isOne();

        assertThat(pacer.nanosUntilDue(0)).isEqualTo(10 * MILLI);
        assertThat(pacer.take(1, 10 * MILLI - 1)).isZero();
        assertThat(pacer.take(1, 10 * MILLI)).isOne();
    }
}
