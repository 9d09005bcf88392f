package io.github.nettyping.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is said of nettyping and the reference alone. Confined to one thread. */
final class OursSections {

    static final String OURS = "nettyping";
    static final String REFERENCE = "reference";
    private static final String ABSENT = "not measured";

    private final Results results;
    private final Page page;

    OursSections(Results results, Page page) {
        this.results = results;
        this.page = page;
    }

    void library() throws IOException {
        page.heading("One event loop");
        page.paragraph("""
                Round trips per second through the public pipeline (encoder, decoder, correlator with token checks, kernel receive
                stamps, a handler behind them) on one event loop: the third million of one warm process. Processor seconds are user
                and system time, of the whole process in C and of the event loop in the JVM.
                """);
        BarChart chart =
                new BarChart("One event loop", "share of the C reference's round trips per second; more is better");
        List<List<String>> rows = new ArrayList<>();
        for (String scenario : measured("library", "share")) {
            Figures share = results.figures("library", scenario, OURS, "share").orElseThrow();
            chart.add(scenario, share, share.text(2), true);
            rows.add(List.of(
                    scenario,
                    text("library", scenario, REFERENCE, "round_trips_per_second", 0),
                    text("library", scenario, OURS, "round_trips_per_second", 0),
                    share.text(2),
                    text("library", scenario, REFERENCE, "cpu_seconds_per_million", 2),
                    text("library", scenario, OURS, "cpu_seconds_per_million", 2),
                    text("library", scenario, OURS, "heap_bytes", 0),
                    text("library", scenario, OURS, "direct_kib", 0),
                    missed("library", scenario, OURS)));
        }
        show(
                "library",
                chart.mark(1, "C"),
                List.of(
                        "path, socket",
                        "C, per second",
                        "nettyping, per second",
                        "share",
                        "C, CPU s per million",
                        "nettyping, CPU s per million",
                        "heap bytes each",
                        "direct KiB",
                        "missed"),
                rows);
    }

    void twoLoops() throws IOException {
        page.heading("Two event loops");
        page.paragraph(
                "Whole sweeps on two event loops with ping sockets, the third of a process and a cold command, beside two C"
                        + " references at once.");
        BarChart chart = new BarChart(
                "Two event loops", "share of two C references' round trips per second, side by side; more is better");
        List<List<String>> rows = new ArrayList<>();
        for (String scenario : measured("two-loops", "share")) {
            Figures share =
                    results.figures("two-loops", scenario, OURS, "share").orElseThrow();
            chart.add(scenario, share, share.text(2), true);
            rows.add(List.of(
                    scenario,
                    text("two-loops", scenario, REFERENCE, "round_trips_per_second", 0),
                    text("two-loops", scenario, OURS, "round_trips_per_second", 0),
                    share.text(2),
                    missed("two-loops", scenario, OURS)));
        }
        show(
                "two-loops",
                chart.mark(1, "C"),
                List.of("path", "two C, per second", "nettyping, per second", "share", "missed"),
                rows);
    }

    void million() throws IOException {
        page.heading("A million hosts by one cold command");
        page.paragraph("""
                `bin/nettyping sweep --rate auto --all-addresses -q` of 1,048,576 hosts that all answer. The whole command includes the start of
                the JVM; its own figure is `round_trips_per_second` of its summary, from the first send to the last reply.
                """);
        BarChart chart = new BarChart(
                "A million hosts, cold", "share of the C reference's round trips per second; more is better");
        List<List<String>> rows = new ArrayList<>();
        for (String scenario : measured("million", "share_whole")) {
            Figures whole =
                    results.figures("million", scenario, OURS, "share_whole").orElseThrow();
            Figures own =
                    results.figures("million", scenario, OURS, "share_own").orElseThrow();
            chart.add(scenario + ", whole command", whole, whole.text(2), true);
            chart.add(scenario + ", its own figure", own, own.text(2), true);
            rows.add(List.of(
                    scenario,
                    text("million", scenario, OURS, "wall_seconds", 2),
                    text("million", scenario, OURS, "cpu_seconds", 2),
                    text("million", scenario, REFERENCE, "round_trips_per_second", 0),
                    whole.text(2),
                    own.text(2),
                    missed("million", scenario, OURS)));
        }
        show(
                "million",
                chart.mark(1, "C"),
                List.of(
                        "path",
                        "whole command, s",
                        "CPU s",
                        "C, per second",
                        "share, whole command",
                        "share, its own figure",
                        "missed"),
                rows);
    }

    void silence() throws IOException {
        page.heading("One host of sixteen alive");
        page.paragraph("""
                65,536 hosts of which 4,096 answer and the others are silent; one try, 500 ms: from the beginning of the sweep to
                the last verdict. The bound is the timeout plus 1.25 times what the reference needs to send to all of them.
                """);
        BarChart chart = new BarChart("One host of sixteen alive", "seconds to the last verdict; less is better");
        List<List<String>> rows = new ArrayList<>();
        for (String subject : results.subjects("silence", "all")) {
            results.figures("silence", "all", subject, "seconds").ifPresent(seconds -> {
                chart.add(subject, seconds, seconds.text(2) + " s", !subject.equals("bound"));
                rows.add(List.of(
                        subject, seconds.text(2), subject.equals("bound") ? "" : missed("silence", "all", subject)));
            });
        }
        show("silence", chart, List.of("", "seconds", "missed"), rows);
    }

    void startUp() throws IOException {
        page.heading("Start-up");
        page.paragraph(
                "`bin/nettyping sweep -q --summary json 127.0.0.0/24`, the whole command, beside `java -version` of the same JDK:"
                        + " what a small sweep costs, and what the JVM alone does. Each five times a round.");
        BarChart chart = new BarChart("Start-up", "seconds of the whole command; less is better");
        List<List<String>> rows = new ArrayList<>();
        for (String subject : results.subjects("startup", "all")) {
            results.figures("startup", "all", subject, "wall_seconds").ifPresent(seconds -> {
                boolean ours = !subject.startsWith("java");
                chart.add(subject, seconds, seconds.text(3) + " s", ours);
                rows.add(List.of('`' + subject + '`', seconds.text(3), ours ? missed("startup", "all", subject) : ""));
            });
        }
        show("startup", chart, List.of("command", "seconds", "missed"), rows);
    }

    void slash8() throws IOException {
        page.heading("A whole /8");
        page.paragraph(
                "16,777,216 hosts that all answer, over the pair of interfaces, by one sweep of the library: the seconds each tenth"
                        + " took, and the memory of the process, heap and all, at its end.");
        BarChart chart = new BarChart("A whole /8", "seconds for each tenth, and memory at its end");
        List<Double> tenths = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (String scenario : measured("slash8", "seconds")) {
            Figures seconds =
                    results.figures("slash8", scenario, OURS, "seconds").orElseThrow();
            tenths.add(seconds.median());
            results.figures("slash8", scenario, OURS, "resident_mib")
                    .ifPresent(resident -> memory.add(resident.median()));
            chart.add(
                    scenario,
                    seconds,
                    seconds.text(2) + " s, " + text("slash8", scenario, OURS, "resident_mib", 0) + " MiB",
                    true);
        }
        if (tenths.isEmpty()) {
            page.paragraph("Not measured yet: `sudo bench/run.sh --only slash8` does it.");
            return;
        }
        Figures all = new Figures(tenths);
        page.chart("slash8", "Seconds and memory of each tenth of a sweep of a /8", chart.mark(all.median(), "median"));
        page.paragraph("The median tenth took " + Figures.number(all.median(), 2) + " s; the quickest "
                + percent(all.min() / all.median() - 1) + ", the slowest " + percent(all.max() / all.median() - 1)
                + ". The process had " + new Figures(memory).text(0) + " MiB. "
                + missed("slash8", "all", OURS) + " hosts were missed.");
    }

    /** Returns the scenarios of a part in which nettyping has a figure. */
    private List<String> measured(String part, String metric) {
        return results.scenarios(part).stream()
                .filter(scenario ->
                        results.figures(part, scenario, OURS, metric).isPresent())
                .toList();
    }

    private void show(String name, BarChart chart, List<String> header, List<List<String>> rows) throws IOException {
        if (rows.isEmpty()) {
            page.paragraph("Not measured yet.");
            return;
        }
        page.chart(name, "The table below, as bars", chart).table(header, rows);
    }

    private String text(String part, String scenario, String subject, String metric, int decimals) {
        return results.figures(part, scenario, subject, metric)
                .map(figures -> figures.text(decimals))
                .orElse(ABSENT);
    }

    private String missed(String part, String scenario, String subject) {
        return results.figures(part, scenario, subject, "missed")
                .map(figures -> Figures.number(figures.sum(), 0))
                .orElse(ABSENT);
    }

    private static String percent(double share) {
        return (share < 0 ? "-" : "+") + Figures.number(Math.abs(share) * 100, 0) + " %";
    }
}
