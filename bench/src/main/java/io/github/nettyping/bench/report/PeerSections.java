package io.github.nettyping.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of other programs. Confined to one thread. */
final class PeerSections {

    static final String PART = "peers";
    static final String ONE_HOST = "one host";

    private final Results results;
    private final Page page;

    PeerSections(Results results, Page page) {
        this.results = results;
        this.page = page;
    }

    void sweeps() throws IOException {
        page.heading("Beside other programs");
        page.paragraph("""
                The whole command, over the pair of interfaces, to hosts that all answer, one try each; results are counted and
                thrown away. What each was told:
                """);
        page.list(List.of(
                "`nettyping sweep --rate auto --all-addresses -q -t 500ms -r 0`, each time a new JVM",
                "`fping -a -q -i0 -r0 -t500`; at most 65,535 hosts a process, so several one after another",
                "`zmap -M icmp_echoscan -r 100000 -T1 -c1` and `masscan --ping --rate 100000 --wait 1`: both send at the rate they"
                        + " are told and then wait a second, so most of their time is chosen, not needed",
                "while masscan runs, a ping each fifth of a second comes in from outside, since it ends only when something"
                        + " arrives",
                "`nmap -sn -PE -n -T5 --max-retries 0 --min-rate 10000`"));
        for (String scenario : results.scenarios(PART)) {
            if (scenario.endsWith(" hosts")) {
                sweep(scenario);
            }
        }
    }

    private void sweep(String scenario) throws IOException {
        String title = title(scenario);
        BarChart chart = new BarChart(title, "seconds of the whole command; less is better");
        List<List<String>> rows = new ArrayList<>();
        for (String tool : results.subjects(PART, scenario)) {
            Optional<Figures> seconds = results.figures(PART, scenario, tool, "wall_seconds");
            if (seconds.isEmpty()) {
                rows.add(List.of(tool, without(scenario, tool), "", ""));
                continue;
            }
            Figures missed = results.figures(PART, scenario, tool, "missed").orElseThrow();
            String label = seconds.get().text(2) + " s";
            chart.add(
                    tool,
                    seconds.get(),
                    missed.max() > 0 ? label + ", incomplete" : label,
                    tool.equals(OursSections.OURS));
            long failed = results.times(PART, scenario, tool, "failed");
            rows.add(List.of(
                    failed == 0 ? tool : tool + ", but for " + failed + " failed or out of time",
                    seconds.get().text(2),
                    results.figures(PART, scenario, tool, "cpu_seconds")
                            .orElseThrow()
                            .text(2),
                    missed.text(0)));
        }
        page.subheading(title);
        page.chart("peers-" + scenario.replaceAll("\\D", ""), "The table below, as bars", chart);
        page.table(List.of("program", "seconds", "CPU s", "missed in a run"), rows);
    }

    /** Returns the name of a scenario, with commas between its thousands if it begins with a number. */
    static String title(String scenario) {
        String digits = scenario.replaceAll("\\D", "");
        return digits.isEmpty() ? scenario : Figures.number(Double.parseDouble(digits), 0) + " hosts";
    }

    void oneHost() {
        List<List<String>> rows = new ArrayList<>();
        for (String tool : results.subjects(PART, ONE_HOST)) {
            Optional<Figures> rate = results.figures(PART, ONE_HOST, tool, "round_trips_per_second");
            rows.add(List.of(
                    '`' + tool + '`',
                    rate.map(figures -> figures.text(0)).orElseGet(() -> without(ONE_HOST, tool)),
                    results.figures(PART, ONE_HOST, tool, "missed")
                            .map(figures -> figures.text(0))
                            .orElse("")));
        }
        if (!rows.isEmpty()) {
            page.subheading("One host");
            page.paragraph("""
                    Round trips with one host by the whole command: a million with 64 probes under way (in the C reference up to
                    2,048), 100,000 where the next probe follows the reply to the last.
                    """);
            page.table(List.of("program", "round trips per second", "packets missed in a run"), rows);
        }
    }

    private String without(String scenario, String tool) {
        if (results.figures(PART, scenario, tool, "absent").isPresent()) {
            return "not installed";
        }
        return results.note(PART, scenario, tool, "failed")
                .map(code -> "failed, exit code " + code)
                .orElse("not measured");
    }
}
