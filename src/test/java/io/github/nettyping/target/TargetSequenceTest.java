package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TargetSequenceTest {

    private static final Targets TARGETS = Targets.parse("10.0.0.0-99", "192.0.2.7", "2001:db8::1");

    @Test
    void isAscendingAndWholeUnlessToldOtherwise() {
        TargetSequence sequence = TargetSequence.of(TARGETS);

        assertThat(sequence.count()).isEqualTo(102);
        assertThat(LongStream.range(0, 102).map(sequence::indexAt).toArray())
                .containsExactly(LongStream.range(0, 102).toArray());
    }

    @Test
    void shufflesBeforeItIsDividedAndDividesBeforeItIsCutOff() {
        TargetSequence one =
                TargetSequence.of(TARGETS).limit(5).shard(new Shard(2, 3)).shuffled(8);
        TargetSequence other =
                TargetSequence.of(TARGETS).shuffled(8).shard(new Shard(2, 3)).limit(5);
        TargetSequence whole = TargetSequence.of(TARGETS).shuffled(8);

        assertThat(one.count()).isEqualTo(5);
        for (int position = 0; position < 5; position++) {
            assertThat(one.indexAt(position)).isEqualTo(other.indexAt(position));
            assertThat(one.indexAt(position)).isEqualTo(whole.indexAt(1 + 3 * position));
        }
    }

    @Test
    void hasNoPositionBeyondItsLimit() {
        TargetSequence sequence = TargetSequence.of(TARGETS).limit(3);

        assertThat(sequence.positionOf(2)).hasValue(2);
        assertThat(sequence.positionOf(3)).isEmpty();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> sequence.indexAt(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> sequence.positionOf(102));
    }

    @Test
    void passesOverWhatIsDone() {
        PositionSet done = new PositionSet();
        LongStream.of(0, 1, 2, 5, 101).forEach(done::add);
        TargetSequence sequence = TargetSequence.of(TARGETS).without(done);

        assertThat(sequence.count()).isEqualTo(102);
        assertThat(sequence.nextMissing(0)).isEqualTo(3);
        assertThat(sequence.nextMissing(5)).isEqualTo(6);
        assertThat(sequence.nextMissing(101)).isGreaterThanOrEqualTo(102);
    }

    @Test
    void refusesANegativeLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetSequence.of(TARGETS).limit(-1))
                .withMessage("targetsAtMost: -1 (expected: >= 0)");
    }
}
