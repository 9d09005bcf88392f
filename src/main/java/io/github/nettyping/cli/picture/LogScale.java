package io.github.nettyping.cli.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values stand on a logarithmic axis. Immutable.
 *
 * @param low    the value at the beginning, more than 0
 * @param high   the value at the end, more than {@code low}
 * @param start  coordinate of the beginning
 * @param length to the end; negative if the axis goes up
 */
public record LogScale(double low, double high, double start, double length) {

    private static final double[] STEPS = {1, 2, 5};

    /** Returns a scale that begins and ends at round values, which it has ticks at. */
    public static LogScale around(double low, double high, double start, double length) {
        double decade = Math.pow(10, Math.floor(Math.log10(low) + 1e-9));
        double from = decade;
        for (double step : STEPS) {
            if (decade * step <= low) {
                from = decade * step;
            }
        }
        double to = decade;
        for (int i = 0; to < high || to <= from; i++) {
            int decades = i / STEPS.length;
            to = decade * STEPS[i % STEPS.length] * Math.pow(10, decades);
        }
        return new LogScale(from, to, start, length);
    }

    /** Returns a value's coordinate; those beyond the ends stand there. */
    public double at(double value) {
        double inside = Math.max(low, Math.min(high, value));
        return start + length * Math.log(inside / low) / Math.log(high / low);
    }

    /** Returns round values between the ends: powers of ten, and what lies between if these are few. */
    public List<Double> ticks() {
        boolean fine = Math.log10(high / low) < 3.5;
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high * 1.000001; power++) {
            for (double step : fine ? STEPS : new double[] {1}) {
                double tick = step * Math.pow(10, power);
                if (tick >= low * 0.999999 && tick <= high * 1.000001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
