package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HilbertTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 9, 15, 16})
    void everyPlaceHasOneCell(int bits) {
        Hilbert curve = new Hilbert(bits);
        assertThat(curve.width() * curve.height()).isEqualTo(1 << bits);
        boolean[] taken = new boolean[1 << bits];
        for (int cell = 0; cell < 1 << bits; cell++) {
            int x = curve.x(cell);
            int y = curve.y(cell);
            assertThat(x).isBetween(0, curve.width() - 1);
            assertThat(y).isBetween(0, curve.height() - 1);
            assertThat(taken[y * curve.width() + x]).isFalse();
            taken[y * curve.width() + x] = true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 16})
    void neighboursOnTheLineAreNeighboursInThePlane(int bits) {
        Hilbert curve = new Hilbert(bits);
        for (int cell = 1; cell < 1 << bits; cell++) {
            int distance = Math.abs(curve.x(cell) - curve.x(cell - 1)) + Math.abs(curve.y(cell) - curve.y(cell - 1));
            assertThat(distance).as("from cell %d", cell - 1).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 9})
    void alignedQuarterOfALineIsAnAlignedSquare(int bits) {
        Hilbert curve = new Hilbert(bits);
        for (int part = 2; part <= bits; part += 2) {
            int side = 1 << (part / 2);
            for (int cell = 0; cell < 1 << bits; cell++) {
                int first = cell >> part << part;
                assertThat(curve.x(cell) / side).isEqualTo(curve.x(first) / side);
                assertThat(curve.y(cell) / side).isEqualTo(curve.y(first) / side);
            }
        }
    }

    @Test
    void beginsAtTheTopLeftAndEndsAtTheBottomLeft() {
        Hilbert curve = new Hilbert(4);
        int[][] drawn = new int[4][4];
        for (int cell = 0; cell < 16; cell++) {
            drawn[curve.y(cell)][curve.x(cell)] = cell;
        }
        assertThat(drawn).isDeepEqualTo(new int[][] {{0, 3, 4, 5}, {1, 2, 7, 6}, {14, 13, 8, 9}, {15, 12, 11, 10}});
    }

    @Test
    void halfALineIsTheUpperHalfOfASquare() {
        Hilbert half = new Hilbert(5);
        Hilbert whole = new Hilbert(6);
        assertThat(half.width()).isEqualTo(8);
        assertThat(half.height()).isEqualTo(4);
        for (int cell = 0; cell < 32; cell++) {
            assertThat(half.x(cell)).isEqualTo(whole.x(cell));
            assertThat(half.y(cell)).isEqualTo(whole.y(cell));
        }
    }
}
