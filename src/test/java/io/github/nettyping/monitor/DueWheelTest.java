package io.github.nettyping.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueWheelTest {

    private static final long MILLI = DueWheel.TICK_NANOS;
    private static final long TURN = 4_096 * MILLI;
    /** The clock of an event loop may begin anywhere. */
    private static final long START = -5_000_000_123L;

    private final DueWheel wheel = new DueWheel(START);
    private long number;

    private MonitoredTarget add(long dueNanos) {
        MonitorTarget asked = MonitorTarget.of("host" + number);
        MonitoredTarget target = new MonitoredTarget(
                null,
                number++,
                asked,
                new History(Judgement.of(MonitorOptions.builder().build()), 0));
        target.dueNanos = START + dueNanos;
        wheel.add(target);
        return target;
    }

    private List<MonitoredTarget> take(long now) {
        List<MonitoredTarget> taken = new ArrayList<>();
        for (@Nullable MonitoredTarget next = wheel.takeDue(START + now); next != null; ) {
            taken.add(next);
            next = wheel.takeDue(START + now);
        }
        return taken;
    }

    @Test
    void nobodyIsEarlyAndNobodyMoreThanATickLate() {
        MonitoredTarget one = add(10 * MILLI + 1);
        assertThat(take(10 * MILLI + 1)).isEmpty();
        assertThat(take(11 * MILLI)).containsExactly(one);
    }

    @Test
    void whatIsDueInALaterTurnWaitsForIt() {
        MonitoredTarget later = add(3 * TURN + 7 * MILLI);
        MonitoredTarget now = add(7 * MILLI);
        assertThat(take(8 * MILLI)).containsExactly(now);
        assertThat(take(TURN + 8 * MILLI)).isEmpty();
        assertThat(take(2 * TURN + 8 * MILLI)).isEmpty();
        assertThat(take(3 * TURN + 8 * MILLI)).containsExactly(later);
    }

    @Test
    void afterAPauseOfManyTurnsEverybodyIsThere() {
        List<MonitoredTarget> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(add(i * MILLI));
        }
        assertThat(take(10 * TURN)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void removedOnesDisappear() {
        MonitoredTarget gone = add(MILLI);
        MonitoredTarget stays = add(MILLI);
        gone.removed = true;
        assertThat(take(2 * MILLI)).containsExactly(stays);
        assertThat(take(20 * TURN)).isEmpty();
    }

    @Test
    void theNextTickIsKnown() {
        assertThat(wheel.nextNanos()).isEqualTo(START + TURN);
        add(77 * MILLI);
        add(900 * MILLI);
        assertThat(wheel.nextNanos()).isEqualTo(START + 77 * MILLI);
        take(77 * MILLI);
        assertThat(wheel.nextNanos()).isEqualTo(START + 900 * MILLI);
        take(1_000 * MILLI);
        assertThat(wheel.nextNanos()).isGreaterThan(START + 1_000 * MILLI);
    }

    @Test
    void whatShouldHaveBeenIsDueNow() {
        take(100 * MILLI);
        MonitoredTarget late = add(5 * MILLI);
        assertThat(take(101 * MILLI)).containsExactly(late);
    }

    @Test
    void randomTimesComeInTheirTicks() {
        Random random = new Random(20);
        List<MonitoredTarget> waiting = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                waiting.add(add(now + (long) (random.nextDouble() * 3 * TURN)));
            }
            now += random.nextInt(40) * MILLI / 2;
            long until = START + now / MILLI * MILLI;
            List<MonitoredTarget> taken = take(now);
            assertThat(taken).allMatch(target -> target.dueNanos <= until);
            waiting.removeAll(taken);
            assertThat(waiting).noneMatch(target -> target.dueNanos <= until - MILLI);
        }
    }
}
