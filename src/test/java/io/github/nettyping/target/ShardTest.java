package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 8", "7, 8", "8, 8", "9, 8", "254, 3", "65536, 8", "65534, 7", "5, 12", "0, 4", "1000, 999"})
    void partsAreDisjointAndTheirUnionIsTheWhole(int targets, int count) {
        for (TargetSequence order : orders(targets)) {
            BitSet seen = new BitSet(targets);
            long sum = 0;
            long smallest = Long.MAX_VALUE;
            long largest = 0;
            for (int index = 1; index <= count; index++) {
                TargetSequence part = order.shard(new Shard(index, count));
                for (long position = 0; position < part.count(); position++) {
                    int target = (int) part.indexAt(position);
                    assertThat(seen.get(target)).isFalse();
                    seen.set(target);
                }
                sum += part.count();
                smallest = Math.min(smallest, part.count());
                largest = Math.max(largest, part.count());
            }

            assertThat(sum).isEqualTo(targets);
            assertThat(seen.cardinality()).isEqualTo(targets);
            assertThat(largest - smallest).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"65534, 7", "254, 8", "3, 5"})
    void everyTargetHasItsPositionInOnePart(int targets, int count) {
        for (TargetSequence order : orders(targets)) {
            for (int index = 1; index <= count; index++) {
                TargetSequence part = order.shard(new Shard(index, count)).limit(targets / count);
                long found = 0;
                for (long target = 0; target < targets; target++) {
                    OptionalLong position = part.positionOf(target);
                    if (position.isPresent()) {
                        assertThat(part.indexAt(position.getAsLong())).isEqualTo(target);
                        found++;
                    }
                }
                assertThat(found).isEqualTo(part.count());
            }
        }
    }

    private static TargetSequence[] orders(int targets) {
        Targets set = targets == 0
                ? Targets.builder().build()
                : Targets.parse(
                        "10.0.0.0-" + Targets.parse("10.0.0.0-10.255.255.255").get(targets - 1));
        return new TargetSequence[] {
            TargetSequence.of(set),
            TargetSequence.of(set).shuffled(1),
            TargetSequence.of(set).shuffled(-2)
        };
    }

    @Test
    void takesTurnsInAscendingOrder() {
        TargetSequence part = TargetSequence.of(Targets.parse("10.0.0.1-9")).shard(new Shard(2, 4));

        assertThat(part.count()).isEqualTo(2);
        assertThat(part.get(0)).hasToString("10.0.0.2");
        assertThat(part.get(1)).hasToString("10.0.0.6");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, index", "2, 1, index", "-1, 3, index", "1, 0, count", "1, -1, count"})
    void refusesPartsThatAreNone(int index, int count, String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shard(index, count))
                .withMessageStartingWith(wrong + ": ");
    }
}
