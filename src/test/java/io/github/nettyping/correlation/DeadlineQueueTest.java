package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {

    private static final long TICK = DeadlineQueue.TICK_NANOS;
    private static final long TURN = TICK * DeadlineQueue.BUCKETS;

    private final DeadlineQueue queue = new DeadlineQueue(1024);

    private static List<Integer> takeDue(DeadlineQueue queue) {
        List<Integer> due = new ArrayList<>();
        while (queue.hasDue()) {
            int slot = queue.firstDue();
            queue.remove(slot);
            due.add(slot);
        }
        return due;
    }

    private List<Integer> dueAt(long now) {
        queue.collectDue(now);
        return takeDue(queue);
    }

    @Test
    void isNotDueAtItsDeadline() {
        queue.add(7, 100 * TICK + 5, 0);

        assertThat(dueAt(100 * TICK + 5)).isEmpty();
    }

    @Test
    void isDueOneTickAfterItsDeadlineAtTheLatest() {
        queue.add(7, 100 * TICK + 5, 0);

        assertThat(dueAt(101 * TICK)).containsExactly(7);
    }

    @Test
    void tellsWhenToLook() {
        queue.add(7, 100 * TICK + 5, 0);
        queue.add(8, 90 * TICK, 0);

        assertThat(queue.nextDueNanos()).isEqualTo(91 * TICK);
    }

    @Test
    void tellsWhenToLookForTheDeadlineJustAdded() {
        queue.add(8, 90 * TICK, 0);

        assertThat(queue.add(7, 100 * TICK + 5, 0)).isEqualTo(101 * TICK);
    }

    @Test
    void findsTheNextDeadlineAcrossTheEndOfTheWheel() {
        queue.add(7, TURN + 3 * TICK, TURN - 5 * TICK);

        assertThat(queue.nextDueNanos()).isEqualTo(TURN + 4 * TICK);
    }

    @Test
    void looksAtOnceWhileSlotsAreDue() {
        queue.add(7, 10 * TICK, 0);
        queue.collectDue(20 * TICK);

        assertThat(queue.nextDueNanos()).isLessThanOrEqualTo(20 * TICK);
    }

    @Test
    void passesOverDeadlinesOfLaterTurns() {
        queue.add(7, TURN + 10 * TICK, 0);
        queue.add(8, 10 * TICK, 0);

        assertThat(dueAt(11 * TICK)).containsExactly(8);
        assertThat(dueAt(TURN + 10 * TICK)).isEmpty();
        assertThat(dueAt(TURN + 11 * TICK)).containsExactly(7);
    }

    @Test
    void findsWhatBecameDueDuringAPauseOfManyTurns() {
        queue.add(1, 10 * TICK, 0);
        queue.add(2, 3 * TURN, 0);

        assertThat(dueAt(50 * TURN)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void forgetsWhatIsRemoved() {
        queue.add(7, 10 * TICK, 0);
        queue.remove(7);

        assertThat(queue.isEmpty()).isTrue();
        assertThat(dueAt(20 * TICK)).isEmpty();
    }

    @Test
    void forgetsADueSlotThatIsRemoved() {
        queue.add(7, 10 * TICK, 0);
        queue.add(8, 10 * TICK, 0);
        queue.collectDue(20 * TICK);
        queue.remove(7);

        assertThat(takeDue(queue)).containsExactly(8);
    }

    @Test
    void ignoresTheRemovalOfASlotThatIsNotThere() {
        queue.add(7, 10 * TICK, 0);
        queue.remove(8);

        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void keepsTheOrderOfEqualDeadlines() {
        for (int slot : new int[] {5, 3, 9, 1}) {
            queue.add(slot, 10 * TICK, 0);
        }

        assertThat(dueAt(11 * TICK)).containsExactly(5, 3, 9, 1);
    }

    @Test
    void acceptsADeadlineThatIsOverAlready() {
        queue.add(1, 500 * TICK, 0);
        queue.collectDue(400 * TICK);
        queue.add(7, 100 * TICK, 400 * TICK);

        assertThat(queue.nextDueNanos()).isEqualTo(401 * TICK);
        assertThat(dueAt(401 * TICK)).containsExactly(7);
    }

    @Test
    void worksWithClocksThatBeginBelowZero() {
        long start = -3 * TICK - 1;
        queue.add(7, start + 2 * TICK, start);

        assertThat(dueAt(start + 2 * TICK)).isEmpty();
        assertThat(dueAt(start + 3 * TICK)).containsExactly(7);
    }

    private void hold(int slot) {
        queue.add(slot, 10 * TICK, 0);
        queue.collectDue(20 * TICK);
        queue.hold(slot);
    }

    @Test
    void heldSlotsAreNotAmongThoseWithDeadlines() {
        hold(7);

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.hasDue()).isFalse();
        assertThat(dueAt(100 * TURN)).isEmpty();
        assertThat(queue.heldSlots()).isOne();
    }

    @Test
    void heldSlotsDoNotChangeWhenToLook() {
        hold(7);
        queue.add(8, 90 * TICK, 20 * TICK);

        assertThat(queue.nextDueNanos()).isEqualTo(91 * TICK);
        assertThat(dueAt(91 * TICK)).containsExactly(8);
        assertThat(queue.heldSlots()).isOne();
    }

    @Test
    void slotsAreHeldInTheOrderInWhichTheyCame() {
        for (int slot : new int[] {5, 3, 9, 1}) {
            hold(slot);
        }
        queue.remove(3);

        List<Integer> held = new ArrayList<>();
        while (queue.heldSlots() > 0) {
            held.add(queue.firstHeld());
            queue.remove(queue.firstHeld());
        }
        assertThat(held).containsExactly(5, 9, 1);
    }

    @Test
    void slotThatWasHeldCanHaveADeadlineAgain() {
        hold(7);
        queue.remove(7);
        queue.add(7, 30 * TICK, 20 * TICK);

        assertThat(queue.heldSlots()).isZero();
        assertThat(dueAt(31 * TICK)).containsExactly(7);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void holdingTheLastSlotOfABucketEmptiesIt() {
        queue.add(7, 10 * TICK, 0);
        queue.hold(7);
        queue.add(8, 90 * TICK, 0);

        assertThat(queue.nextDueNanos()).isEqualTo(91 * TICK);
    }

    /** Random additions, removals and steps of the clock, against a sorted map; half of what is due is held, against a list. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithASortedMap(long seed) {
        Random random = new Random(seed);
        int slots = 1024;
        TreeMap<Long, Set<Integer>> oracle = new TreeMap<>();
        long[] deadlines = new long[slots];
        Set<Integer> present = new TreeSet<>(Comparator.naturalOrder());
        List<Integer> held = new ArrayList<>();
        long now = random.nextLong() >> 8;

        for (int step = 0; step < 20_000; step++) {
            int slot = random.nextInt(slots);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    if (present.add(slot)) {
                        long wait =
                                switch (random.nextInt(4)) {
                                    case 0 -> 1_000_000_000L;
                                    case 1 -> random.nextInt(3_000_000);
                                    case 2 -> (long) (random.nextDouble() * 20 * TURN);
                                    default -> random.nextInt(1_500_000_000);
                                };
                        deadlines[slot] = now + wait;
                        queue.add(slot, now + wait, now);
                        oracle.computeIfAbsent(now + wait, ignored -> new HashSet<>())
                                .add(slot);
                    }
                }
                case 4, 5 -> {
                    if (present.remove(slot) && !held.remove((Integer) slot)) {
                        oracle.get(deadlines[slot]).remove(slot);
                        oracle.values().removeIf(Set::isEmpty);
                    }
                    queue.remove(slot);
                }
                default -> {
                    now += random.nextInt(50) == 0
                            ? (long) (random.nextDouble() * 3 * TURN)
                            : random.nextInt(5_000_000);
                    queue.collectDue(now);
                    List<Integer> nowHeld = new ArrayList<>();
                    List<Integer> taken = new ArrayList<>();
                    while (queue.hasDue()) {
                        int first = queue.firstDue();
                        if (random.nextBoolean()) {
                            queue.hold(first);
                            nowHeld.add(first);
                        } else {
                            queue.remove(first);
                            taken.add(first);
                        }
                    }
                    Set<Integer> due = new HashSet<>(taken);
                    due.addAll(nowHeld);
                    long wholeTicks = now & -TICK;
                    Set<Integer> expected = new HashSet<>();
                    oracle.headMap(wholeTicks).values().forEach(expected::addAll);
                    oracle.headMap(wholeTicks).clear();
                    assertThat(due).isEqualTo(expected);
                    held.addAll(nowHeld);
                    present.removeAll(taken);
                }
            }
            assertThat(queue.isEmpty()).isEqualTo(oracle.isEmpty());
            assertThat(queue.heldSlots()).isEqualTo(held.size());
            if (!held.isEmpty()) {
                assertThat(queue.firstHeld()).isEqualTo(held.get(0));
            }
            if (!oracle.isEmpty()) {
                // Perhaps too early, never too late.
                assertThat(queue.nextDueNanos()).isLessThanOrEqualTo((oracle.firstKey() & -TICK) + TICK);
            }
        }
    }
}
