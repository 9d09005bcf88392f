package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DelayVariationTest {

    private final DelayVariation variation = new DelayVariation(2);

    @Test
    void jitterIsTheRunningMeanOfRfc3550() {
        variation.record(0, 1, 1_000);
        variation.record(0, 2, 1_160);
        variation.record(0, 3, 1_000);

        // 160/16 = 10, then 10 + (160 - 10)/16
        assertThat(variation.jitterNanos()).hasValueCloseTo(19.375, within(1e-9));
    }

    @Test
    void oneReplyHasNoJitter() {
        variation.record(0, 1, 1_000);

        assertThat(variation.jitterNanos()).isEmpty();
    }

    @Test
    void targetsAreStreamsOfTheirOwn() {
        variation.record(0, 1, 1_000);
        variation.record(1, 1, 9_000);
        variation.record(0, 2, 1_160);
        variation.record(1, 2, 9_320);

        assertThat(variation.jitterNanos()).hasValueCloseTo(15.0, within(1e-9));
        assertThat(variation.variations().maxNanos()).hasValue(320);
    }

    @Test
    void variationIsBetweenNeighboursThatWereBothAnswered() {
        variation.record(0, 1, 1_000);
        // The second is lost.
        variation.record(0, 3, 9_000);
        variation.record(0, 4, 8_900);

        assertThat(variation.variations().count()).isEqualTo(1);
        assertThat(variation.variations().maxNanos()).hasValue(100);
    }

    @Test
    void repliesBehindThoseToLaterProbesAreReordered() {
        variation.record(0, 1, 1_000);
        variation.record(0, 4, 1_000);
        variation.record(0, 2, 1_000);
        variation.record(0, 3, 1_000);

        assertThat(variation.reordered()).isEqualTo(2);
    }

    @Test
    void streamsOfOtherLoopsAreAdded() {
        DelayVariation other = new DelayVariation(2);
        for (DelayVariation each : new DelayVariation[] {variation, other}) {
            each.record(0, 1, 1_000);
        }
        variation.record(0, 2, 1_160);
        other.record(0, 2, 1_320);

        variation.add(other);

        assertThat(variation.jitterNanos()).hasValueCloseTo(15.0, within(1e-9));
        assertThat(variation.variations().count()).isEqualTo(2);
    }
}
