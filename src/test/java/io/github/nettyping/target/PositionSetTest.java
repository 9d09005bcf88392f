package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionSetTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1_000, 20_000})
    void isTheSameAsAPlainSetInWhateverOrderPositionsCome(int disorder) {
        Random random = new Random(disorder);
        int total = 50_000;
        PositionSet set = new PositionSet();
        BitSet plain = new BitSet();
        int[] positions = random.ints(3L * total, 0, total).toArray();
        for (int i = 0; i < positions.length; i++) {
            // Mostly ascending, as positions are when a sweep takes them one after another.
            int position = Math.min(total - 1, (int) ((long) i * total / positions.length) + positions[i] % disorder);

            assertThat(set.add(position)).isEqualTo(!plain.get(position));
            plain.set(position);

            int asked = random.nextInt(total + 100);
            assertThat(set.contains(asked)).isEqualTo(plain.get(asked));
            assertThat(set.firstMissing(asked)).isEqualTo(plain.nextClearBit(asked));
            assertThat(set.count()).isEqualTo(plain.cardinality());
        }

        PositionSet read = PositionSet.of(set.floor(), set.bitmap());
        for (int position = 0; position < total + 1_000; position++) {
            assertThat(read.contains(position)).isEqualTo(plain.get(position));
        }
        assertThat(read.count()).isEqualTo(set.count());
        assertThat(read.floor()).isEqualTo(set.floor()).isLessThanOrEqualTo(plain.nextClearBit(0));
    }

    /** A /0 is never more in memory than what is under way. */
    @Test
    void takesNoRoomForWhatIsBelowTheFirstMissingPosition() {
        PositionSet set = new PositionSet();
        for (long position = 0; position < 10_000_000; position++) {
            set.add(position ^ 63);
        }

        assertThat(set.floor()).isEqualTo(10_000_000);
        assertThat(set.bitmap()).isEmpty();
    }

    @Test
    void reachesBeyondWhatAnIntCounts() {
        PositionSet set = PositionSet.of(1L << 40, new byte[] {1});

        set.add((1L << 40) + 2);

        assertThat(set.firstMissing(0)).isEqualTo((1L << 40) + 1);
        assertThat(set.count()).isEqualTo((1L << 40) + 2);
        assertThat(set.bitmap()).containsExactly(0b101);
    }

    @Test
    void aCopyChangesOnItsOwn() {
        PositionSet set = new PositionSet();
        set.add(7);
        PositionSet copy = set.copy();

        set.add(8);
        copy.add(9);

        assertThat(copy.contains(8)).isFalse();
        assertThat(set.contains(9)).isFalse();
        assertThat(copy.contains(7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-64, 1, 63})
    void refusesAFloorThatIsNone(long floor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PositionSet.of(floor, new byte[0]))
                .withMessageStartingWith("floor: " + floor);
    }
}
