package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

    @ParameterizedTest
    @ValueSource(
            longs = {1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 254, 256, 1_000, 4_097, 65_535, 65_536, 65_537, 1_000_003})
    void hasEveryNumberOnce(long size) {
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 0x1234_5678_9abc_def0L}) {
            Permutation permutation = new Permutation(size, seed);
            BitSet seen = new BitSet((int) size);
            for (long place = 0; place < size; place++) {
                long number = permutation.at(place);

                assertThat(number).isBetween(0L, size - 1);
                seen.set((int) number);
                assertThat(permutation.placeOf(number)).isEqualTo(place);
            }
            assertThat(seen.cardinality()).isEqualTo((int) size);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, (1L << 32) + 1, 1L << 40, Long.MAX_VALUE / 3, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void findsPlacesBackInSetsOfAnySize(long size) {
        Random random = new Random(size);
        for (int i = 0; i < 1_000; i++) {
            Permutation permutation = new Permutation(size, random.nextLong());
            long place = random.nextLong(size);
            long number = permutation.at(place);

            assertThat(number).isBetween(0L, size - 1);
            assertThat(permutation.placeOf(number)).isEqualTo(place);
        }
    }

    /**
     * Machines that do parts of a run, and a run that goes on after an update, must agree. The numbers come from a second
     * implementation, in Python.
     */
    @Test
    void isTheSameInEveryVersion() {
        long[] first = new long[8];
        Permutation permutation = new Permutation(1L << 24, 42);
        for (int place = 0; place < first.length; place++) {
            first[place] = permutation.at(place);
        }

        assertThat(first).containsExactly(16575882, 5541241, 3435887, 11238049, 4388145, 13603078, 5837022, 9975205);
        assertThat(new Permutation(1_000, 7).at(999)).isEqualTo(447);
    }

    @Test
    void otherSeedsGiveOtherOrders() {
        Permutation one = new Permutation(1_000_000, 1);
        Permutation two = new Permutation(1_000_000, 2);
        int same = 0;
        for (int place = 0; place < 1_000_000; place++) {
            same += one.at(place) == two.at(place) ? 1 : 0;
        }

        // One on average, if they have nothing to do with each other.
        assertThat(same).isLessThan(20);
    }

    /** What the order is for: no network gets more than its share in any stretch of time. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 99, -7})
    void spreadsEveryStretchOverAllNetworks(long seed) {
        int networks = 256;
        int stretch = 25_600;
        Permutation permutation = new Permutation(networks * 65_536L, seed);
        for (long start = 0; start < 10L * stretch; start += stretch) {
            int[] probes = new int[networks];
            for (long place = start; place < start + stretch; place++) {
                probes[(int) (permutation.at(place) >>> 16)]++;
            }
            double chiSquare = 0;
            for (int count : probes) {
                chiSquare += (count - 100.0) * (count - 100.0) / 100;
            }

            // 255 degrees of freedom: 255 on average, deviation 22.6; the bounds are five deviations off.
            assertThat(chiSquare).isBetween(255 - 5 * 22.6, 255 + 5 * 22.6);
        }
    }

    /** Neighbours in the set are no neighbours in time. */
    @Test
    void neighboursAreFarApart() {
        long size = 1 << 20;
        Permutation permutation = new Permutation(size, 5);
        double sum = 0;
        for (long number = 0; number < size - 1; number++) {
            sum += Math.abs(permutation.placeOf(number) - permutation.placeOf(number + 1));
        }

        // Two random places are a third of the size apart on average.
        assertThat(sum / (size - 1) / size).isBetween(0.32, 0.35);
    }
}
