package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColoursTest {

    static List<Sight> sights() {
        return List.of(
                new Sight("all", 1, 0, 0, 0, 1, 0, 0, 0, 1),
                new Sight(
                        "no red", 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
                        1.051998),
                new Sight(
                        "no green",
                        0.367322,
                        0.860646,
                        -0.227968,
                        0.280085,
                        0.672501,
                        0.047413,
                        -0.011820,
                        0.042940,
                        0.968881));
    }

    /** How much of linear red, green and blue an eye adds up: Machado, Oliveira, Fernandes 2009, severity 1. */
    private static final class Sight {

        private final String name;
        private final double[] matrix;

        Sight(String name, double... matrix) {
            this.name = name;
            this.matrix = matrix;
        }

        @Override
        public String toString() {
            return name;
        }

        /** Returns the colour as seen, in CIELAB under D65. */
        double[] lab(int colour) {
            double[] linear = new double[3];
            for (int i = 0; i < 3; i++) {
                double value = ((colour >> (16 - 8 * i)) & 0xff) / 255.0;
                linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
            }
            double[] seen = new double[3];
            for (int i = 0; i < 9; i++) {
                seen[i / 3] += matrix[i] * linear[i % 3];
            }
            double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
            double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
            double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        private static double f(double t) {
            return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
        }

        double distance(int one, int other) {
            double[] from = lab(one);
            double[] to = lab(other);
            return Math.sqrt(
                    Math.pow(from[0] - to[0], 2) + Math.pow(from[1] - to[1], 2) + Math.pow(from[2] - to[2], 2));
        }
    }

    @ParameterizedTest
    @MethodSource("sights")
    void aLongerRoundTripIsDarker(Sight sight) {
        for (int step = 5; step < 256; step += 5) {
            assertThat(sight.lab(Ramp.colourAt(step))[0]).isLessThan(sight.lab(Ramp.colourAt(step - 5))[0]);
        }
    }

    /** A distance of 2.3 is just seen side by side. */
    @ParameterizedTest
    @MethodSource("sights")
    void statesDifferFromEachOtherAndFromRoundTrips(Sight sight) {
        for (boolean dark : new boolean[] {false, true}) {
            List<String> close = new ArrayList<>();
            for (CellState one : CellState.values()) {
                if (one == CellState.ALIVE) {
                    continue;
                }
                int colour = dark ? one.dark() : one.light();
                for (CellState other : CellState.values()) {
                    double distance = sight.distance(colour, dark ? other.dark() : other.light());
                    if (other != CellState.ALIVE && other != one && distance < 12) {
                        close.add(one + " and " + other + ": " + distance);
                    }
                }
                for (int step = 0; step < 256; step++) {
                    double distance = sight.distance(colour, Ramp.colourAt(step));
                    if (distance < 12) {
                        close.add(one + " and a round trip at " + step + ": " + distance);
                    }
                }
            }
            assertThat(close).as(dark ? "dark" : "light").isEmpty();
        }
    }

    @Test
    void rampIsLogarithmicAndEndsAtItsEnds() {
        Ramp ramp = new Ramp(1e5, 1e8, List.of());

        assertThat(ramp.step(1e5)).isZero();
        assertThat(ramp.step(1e6)).isEqualTo(85);
        assertThat(ramp.step(1e7)).isEqualTo(170);
        assertThat(ramp.step(1e8)).isEqualTo(255);
        assertThat(ramp.step(1)).isZero();
        assertThat(ramp.step(1e12)).isEqualTo(255);
        assertThat(Ramp.colourAt(0)).isEqualTo(0xfde725);
        assertThat(Ramp.colourAt(255)).isEqualTo(0x3b528b);
    }

    @Test
    void mixedCellShowsTheShareAlive() {
        SweepMap map = SweepMap.of(
                Targets.builder().allAddresses(true).add("10.0.0.0/8").build());
        SweepMap.Part part = map.newPart();
        Ramp ramp = new Ramp(1e5, 1e8, List.of());
        for (int host = 0; host < 256; host++) {
            part.record(SweepMapTest.replied(IpAddress.ofIpv4(0x0a000000 | host), 1_000_000));
            part.record(
                    host < 64
                            ? SweepMapTest.replied(IpAddress.ofIpv4(0x0a000100 | host), 1_000_000)
                            : SweepMapTest.timedOut(IpAddress.ofIpv4(0x0a000100 | host)));
            part.record(SweepMapTest.timedOut(IpAddress.ofIpv4(0x0a000200 | host)));
        }
        part.record(SweepMapTest.replied(IpAddress.ofIpv4(0x0a000300), 1_000_000));

        CellColours colours = new CellColours(map, map.sum(List.of(part)), ramp);

        int alive = ramp.colour(1e6);
        int silent = CellState.TIMEOUT.light();
        assertThat(colours.of(0)).isEqualTo(alive);
        assertThat(colours.of(1)).isEqualTo(Ramp.mix(silent, alive, 0.3 + 0.7 / 4));
        assertThat(colours.of(2)).isEqualTo(silent);
        assertThat(colours.of(3)).isEqualTo(Ramp.mix(CellState.NO_VERDICT.light(), alive, 0.3 + 0.7 / 256));
        assertThat(colours.of(4)).isEqualTo(CellState.NO_VERDICT.light());
    }
}
