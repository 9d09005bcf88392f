package io.github.nettyping.cli.picture;

/** How many replies took how long, as SVG. Stateless. */
public final class RoundTripChart {

    private static final int COUNT_TICKS = 4;

    private RoundTripChart() {}

    /** Returns the picture; empty if nothing came back. */
    public static String of(Cells cells) {
        long[] classes = cells.classes();
        int first = classes.length;
        int last = -1;
        long most = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] > 0) {
                first = Math.min(first, i);
                last = i;
                most = Math.max(most, classes[i]);
            }
        }
        if (last < 0) {
            return "";
        }
        Chart chart = new Chart("how many replies had which round trip");
        LogScale times = LogScale.around(
                Cells.classStartNanos(first), Cells.classStartNanos(last + 1), Chart.LEFT, Chart.RIGHT - Chart.LEFT);
        double step = Chart.roundStep(most * 10.0 / COUNT_TICKS);
        double top = Math.max(1, Math.ceil(most / Math.max(1, step))) * Math.max(1, step);
        for (double count = 0; count <= top; count += Math.max(1, step)) {
            double y = Chart.BOTTOM - (Chart.BOTTOM - Chart.TOP) * count / top;
            chart.line("grid", Chart.LEFT, y, Chart.RIGHT, y);
            chart.text("end", Chart.LEFT - 8, y + 4, Long.toString((long) count));
        }
        for (double tick : times.ticks()) {
            // At the very end it would be cut off.
            String anchor = times.at(tick) > Chart.RIGHT - 20 ? "end" : "middle";
            chart.text(anchor, times.at(tick), Chart.BOTTOM + 18, Chart.time(tick));
        }
        chart.caption("round trip");
        for (int i = first; i <= last; i++) {
            if (classes[i] > 0) {
                double left = times.at(Cells.classStartNanos(i));
                double width = times.at(Cells.classStartNanos(i + 1)) - left;
                // One reply among millions is seen too.
                double height = Math.max(1, (Chart.BOTTOM - Chart.TOP) * classes[i] / top);
                String told = Chart.time(Cells.classStartNanos(i)) + " to "
                        + Chart.time(Cells.classStartNanos(i + 1)) + ": " + classes[i]
                        + (classes[i] == 1 ? " reply" : " replies");
                chart.box("bar", left, Chart.BOTTOM - height, Math.max(1, width - 1), height, told);
            }
        }
        return chart.end();
    }
}
