package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTableTest {

    private static final IpAddress TARGET = IpAddress.ofIpv4(0xc000_0201);

    private final SlotTable table = new SlotTable(512);

    private static Probe probe() {
        return new Probe(TARGET, ProbeOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource({"1, 1024", "512, 1024", "513, 2048", "65536, 131072", "65537, 262144"})
    void hasTwiceAsManySlotsAsProbesInFlight(int maxInFlight, int capacity) {
        assertThat(new SlotTable(maxInFlight).capacity()).isEqualTo(capacity);
    }

    @Test
    void takesTheNextSlotThoughAnEarlierOneIsFree() {
        int first = table.take(probe(), false);
        table.free(first, false);

        assertThat(table.take(probe(), false)).isEqualTo(first + 1);
    }

    @Test
    void restsASlotUntilTheRingHasComeRound() {
        int first = table.take(probe(), false);
        table.free(first, false);

        for (int i = 1; i < table.capacity(); i++) {
            int slot = table.take(probe(), false);
            assertThat(slot).isNotEqualTo(first);
            table.free(slot, false);
        }
        assertThat(table.take(probe(), false)).isEqualTo(first);
    }

    @Test
    void isFullAtItsLimitAlthoughSlotsAreFree() {
        for (int i = 0; i < 512; i++) {
            assertThat(table.isFull()).isFalse();
            table.take(probe(), false);
        }
        assertThat(table.isFull()).isTrue();
    }

    @Test
    void heldSlotKnowsWhatItsNextPacketWillBeAndIsNeitherQueuedNorWaiting() {
        for (boolean repeat : new boolean[] {false, true}) {
            int slot = table.take(probe(), false);
            table.sent(slot, 1, 2, false, 0);
            table.hold(slot, repeat);

            assertThat(table.isHeldForRepeat(slot)).isEqualTo(repeat);
            assertThat(table.isWaiting(slot)).isFalse();
            assertThat(table.isQueued(slot, table.generation(slot))).isFalse();
            assertThat(table.isOwnGeneration(slot, table.generation(slot))).isTrue();
            assertThat(table.attempt(slot)).isOne();
        }
    }

    @Test
    void raisesTheGenerationFromProbeToProbe() {
        int slot = table.take(probe(), false);
        int generation = table.generation(slot);
        table.sent(slot, 1, 2, false, 0);
        table.free(slot, false);
        for (int i = 1; i < table.capacity(); i++) {
            table.free(table.take(probe(), false), false);
        }
        table.take(probe(), false);

        assertThat(table.generation(slot)).isEqualTo(generation + 1);
        assertThat(table.isOwnGeneration(slot, generation)).isFalse();
        assertThat(table.isEarlierGeneration(slot, generation)).isTrue();
    }

    @Test
    void doesNotOwnAGenerationThatTheKernelHasNotTaken() {
        int slot = table.take(probe(), false);

        assertThat(table.isOwnGeneration(slot, table.generation(slot))).isFalse();
        table.sent(slot, 1, 2, false, 0);
        assertThat(table.isOwnGeneration(slot, table.generation(slot))).isTrue();
        assertThat(table.isOwnGeneration(slot, table.generation(slot) + 1)).isFalse();
    }

    @Test
    void knowsNoGenerationOfASlotNeverUsed() {
        assertThat(table.isOwnGeneration(5, 0)).isFalse();
        assertThat(table.isOwnGeneration(5, 1)).isFalse();
        assertThat(table.isEarlierGeneration(5, 0)).isFalse();
        assertThat(table.isEarlierGeneration(5, -1)).isFalse();
    }

    @Test
    void keepsTheSendTimesOfEveryTry() {
        int slot = table.take(probe(), false);
        int first = table.generation(slot);
        for (int i = 0; i < 300; i++) {
            if (i > 0) {
                table.queueAgain(slot, false);
            }
            table.sent(slot, 1000 + i, 2000 + i, false, 0);
        }

        for (int i = 0; i < 300; i++) {
            assertThat(table.wallNanos(slot, first + i)).isEqualTo(1000 + i);
            assertThat(table.monotonicNanos(slot, first + i)).isEqualTo(2000 + i);
            assertThat(table.attempt(slot, first + i)).isEqualTo(i + 1);
        }
    }

    @Test
    void doesNotCountARepeatedPacketAsATry() {
        int slot = table.take(probe(), false);
        int first = table.generation(slot);
        table.sent(slot, 1, 2, false, 0);
        table.queueAgain(slot, false);
        table.sent(slot, 3, 4, false, 0);
        table.queueAgain(slot, true);
        table.sent(slot, 5, 6, false, 0);
        table.queueAgain(slot, false);

        assertThat(table.attempt(slot, first)).isEqualTo(1);
        assertThat(table.attempt(slot, first + 1)).isEqualTo(2);
        assertThat(table.attempt(slot, first + 2)).isEqualTo(2);
        assertThat(table.attempt(slot, first + 3)).isEqualTo(3);
    }

    @Test
    void forgetsARepetitionWithItsProbe() {
        int slot = table.take(probe(), false);
        table.sent(slot, 1, 2, false, 0);
        table.queueAgain(slot, true);
        table.sent(slot, 3, 4, false, 0);
        table.free(slot, false);
        for (int i = 1; i < table.capacity(); i++) {
            table.free(table.take(probe(), false), false);
        }
        table.take(probe(), false);

        assertThat(table.wasRepeated(slot)).isFalse();
    }

    @Test
    void doesNotHoldOnToAProbeThatIsOver() {
        int slot = table.take(probe(), false);
        table.free(slot, true);

        assertThatIllegalStateException().isThrownBy(() -> table.probe(slot));
    }

    @Test
    void keepsAProbeThatIsOverUntilItsSlotIsTakenAgainIfAskedTo() {
        Probe over = probe();
        int slot = table.take(over, true);
        table.free(slot, true);
        assertThat(table.probe(slot)).isSameAs(over);
        assertThat(table.isLive(slot)).isFalse();
        for (int i = 1; i < table.capacity(); i++) {
            table.free(table.take(probe(), false), false);
        }
        assertThat(table.probe(slot)).isSameAs(over);
        table.free(table.take(probe(), false), false);

        assertThat(table.keepsProbe(slot)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> table.probe(slot));
    }

    @ParameterizedTest
    @CsvSource({"1, 1024", "512, 513", "513, 1536", "1024, 1025"})
    void withAllOthersInFlightASlotRestsForMoreProbesThanMayBe(int maxInFlight, int probes) {
        SlotTable full = new SlotTable(maxInFlight);
        int first = full.take(probe(), false);
        for (int i = 1; i < maxInFlight; i++) {
            full.take(probe(), false);
        }
        full.free(first, false);
        int taken = 0;
        for (int slot = -1; slot != first; taken++) {
            slot = full.take(probe(), false);
            full.free(slot, false);
        }

        assertThat(taken).isEqualTo(probes);
    }

    @Test
    void forgetsTheHostsOfAGroupWithTheirProbe() {
        Probe probe = probe();
        int slot = table.take(probe, false);
        table.groupReplies()
                .add(
                        slot,
                        new Replied(
                                probe,
                                1,
                                1,
                                TARGET,
                                0,
                                1,
                                RttSource.USER_CLOCK,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                64,
                                Set.of()));
        assertThat(table.groupReplies().first(slot)).isNotNull();
        table.free(slot, false);

        assertThat(table.groupReplies().first(slot)).isNull();
    }

    @Test
    void doesNotOwnAPacketThatTheKernelHadNotTakenWhenItsProbeLeft() {
        int slot = table.take(probe(), false);
        int first = table.generation(slot);
        table.sent(slot, 1, 2, false, 0);
        table.queueAgain(slot, false);
        table.free(slot, true);

        assertThat(table.isOwnGeneration(slot, first)).isTrue();
        assertThat(table.isOwnGeneration(slot, first + 1)).isFalse();
        assertThat(table.newestSentGeneration(slot)).isEqualTo(first);
        assertThat(table.wasAnswered(slot)).isTrue();
    }

    @Test
    void notesThatThePacketOfAProbeThatHasLeftWasSent() {
        int slot = table.take(probe(), false);
        int generation = table.generation(slot);
        table.free(slot, false);
        table.sentAfterwards(slot, generation + 1, 1, 2, false);
        assertThat(table.hasSent(slot)).isFalse();
        table.sentAfterwards(slot, generation, 3, 4, false);
        table.sentAfterwards(slot, generation, 5, 6, false);

        assertThat(table.isOwnGeneration(slot, generation)).isTrue();
        assertThat(table.wallNanos(slot, generation)).isEqualTo(3);
        assertThat(table.monotonicNanos(slot, generation)).isEqualTo(4);
        assertThat(table.isLive(slot)).isFalse();
    }

    @Test
    void holdsNoIndexOutsideItself() {
        assertThat(table.contains(0)).isTrue();
        assertThat(table.contains(table.capacity() - 1)).isTrue();
        assertThat(table.contains(table.capacity())).isFalse();
        assertThat(table.contains(-1)).isFalse();
        assertThat(table.contains(Integer.MIN_VALUE)).isFalse();
    }

    @Test
    void doesNotTakeAnUnusedSlotForAProbeToTheZeroAddress() {
        assertThat(table.isDestination(3, 0, 0, 0)).isFalse();
    }

    @Test
    void tellsLinkLocalAddressesOfTwoInterfacesApart() {
        IpAddress onTwo = new IpAddress(0xfe80L << 48, 1, 2);
        int slot = table.take(new Probe(onTwo, ProbeOptions.defaults()), false);

        assertThat(table.isDestination(slot, onTwo.high(), onTwo.low(), 2)).isTrue();
        assertThat(table.isDestination(slot, onTwo.high(), onTwo.low(), 3)).isFalse();
    }

    /** Random taking and freeing, against a map. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithAMap(long seed) {
        Random random = new Random(seed);
        Map<Integer, Probe> oracle = new HashMap<>();
        List<Integer> live = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            if (!table.isFull() && random.nextInt(100) < 55) {
                Probe probe = probe();
                int slot = table.take(probe, false);
                assertThat(oracle.put(slot, probe)).isNull();
                live.add(slot);
            } else if (!live.isEmpty()) {
                int index = random.nextInt(live.size());
                int slot = live.get(index);
                live.set(index, live.get(live.size() - 1));
                live.remove(live.size() - 1);
                assertThat(table.probe(slot)).isSameAs(oracle.remove(slot));
                table.free(slot, random.nextBoolean());
            }
            assertThat(table.inFlight()).isEqualTo(oracle.size());
        }
        for (int slot = 0; slot < table.capacity(); slot++) {
            assertThat(table.isLive(slot)).isEqualTo(oracle.containsKey(slot));
        }
    }
}
