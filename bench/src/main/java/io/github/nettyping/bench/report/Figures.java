package io.github.nettyping.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one thing came to, each time it was measured; at least once. Immutable. */
final class Figures {

    private final double[] sorted;

    Figures(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no figures");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double sum() {
        return Arrays.stream(sorted).sum();
    }

    /** Returns the median, and smallest and largest if they differ as written. */
    String text(int decimals) {
        String smallest = number(min(), decimals);
        String largest = number(max(), decimals);
        String middle = number(median(), decimals);
        return smallest.equals(largest) ? middle : middle + " (" + smallest + " to " + largest + ')';
    }

    /** Returns a number with commas between its thousands. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
