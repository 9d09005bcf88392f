package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How much of the neighbour table a sweep may fill. */
class NeighbourRoomTest {

    @Test
    void threeQuartersAreFilledWithWhatIsInUse() {
        assertThat(new NeighbourRoom(1_024, 0).perThreeSeconds()).isEqualTo(768);
        assertThat(new NeighbourRoom(1_024, 68).perThreeSeconds()).isEqualTo(700);
    }

    @Test
    void aFullTableStillLetsASweepGoOn() {
        assertThat(new NeighbourRoom(1_024, 1_024).perThreeSeconds()).isEqualTo(128);
        assertThat(new NeighbourRoom(4, 1_024).perThreeSeconds()).isEqualTo(1);
        assertThat(new NeighbourRoom(0, 0).perThreeSeconds()).isEqualTo(1);
    }

    @Test
    void aTableWithoutALimitIsALargeOne() {
        assertThat(new NeighbourRoom(Long.MAX_VALUE, 0).perThreeSeconds()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void negativeFiguresAreRefused() {
        assertThatThrownBy(() -> new NeighbourRoom(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NeighbourRoom(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
