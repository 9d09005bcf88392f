package io.github.nettyping.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code benchmarks.md} and its pictures from the figures that {@code bench/run.sh} kept.
 *
 * <pre>Report RESULTS DOCS</pre>
 */
public final class Report {

    private Report() {}

    /** Runs as the class comment says. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: Report RESULTS DOCS");
            System.exit(2);
        }
        Results results = Results.read(Path.of(args[0]));
        Page page = new Page(Path.of(args[1]));
        begin(page);
        machine(page, results);
        method(page);
        OursSections ours = new OursSections(results, page);
        ours.library();
        ours.twoLoops();
        ours.million();
        PeerSections peers = new PeerSections(results, page);
        peers.sweeps();
        peers.oneHost();
        ours.silence();
        ours.startUp();
        ours.slash8();
        new Weaknesses(results).write(page);
        again(page, results);
        page.write("benchmarks.md");
    }

    private static void begin(Page page) {
        page.title("Benchmarks");
        page.paragraph("""
                After this page you know how fast nettyping is beside a C program that does nothing but send and receive, and
                beside other pingers, on one machine. `bench/run.sh` writes all of this page and its pictures from what it
                measured: do not edit them. JMH measures what single parts of the library cost, see
                [bench/README.md](../bench/README.md).
                """);
    }

    private static void machine(Page page, Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (String fact : results.subjects("machine", "machine")) {
            if (!fact.equals("load") && !fact.equals("virtual")) {
                results.note("machine", "machine", fact, "fact")
                        .filter(value -> !value.isBlank())
                        .ifPresent(value -> rows.add(List.of(fact, value)));
            }
        }
        page.heading("Machine").table(List.of("", ""), rows);
        String virtual = results.note("machine", "machine", "virtual", "fact")
                        .orElse("no")
                        .equals("yes")
                ? "It is a virtual machine. "
                : "";
        page.paragraph(virtual + "Its load averages, over 1, 5 and 15 minutes, were "
                + results.note("machine", "machine", "load", "fact").orElse("unknown")
                + " when measuring began. Anything near the number of cores means that other programs were at work, and that"
                + " the figures are worth less.");
    }

    private static void method(Page page) {
        page.heading("How it is measured");
        page.list(
                List.of(
                        "**Paths.** Loopback, and a pair of virtual interfaces between two network namespaces with no way out; the far"
                                + " one has every address of 10.0.0.0/8, and every sixteenth of 198.19.0.0/16. There is no network card and"
                                + " no loss: kernel and program are measured, nothing else.",
                        "**Reference.** [bench/limit.c](../bench/limit.c): one thread, `sendmmsg` and `recvmmsg` with 64 messages each,"
                                + " at most 2,048 unanswered; no state, no timeouts, no checks. It is the ceiling of one thread on this"
                                + " kernel.",
                        "**In turns.** Each round measures everything once, one thing at a time; where a share is given, the reference"
                                + " runs right before and right after, and the share is of their mean.",
                        "**Figures** are medians of all rounds, with the smallest and the largest behind them, and as the line across a"
                                + " bar. Nothing is left out; what failed is named.",
                        "**Missed** are hosts that were there and were not found, in all rounds together unless a column says otherwise."));
    }

    private static void again(Page page, Results results) {
        page.heading("Measuring again");
        page.commands(
                "sudo bench/run.sh                 # all but the /8, 5 rounds",
                "sudo bench/run.sh --only slash8   # the /8, which takes minutes; all other figures stay");
        List<List<String>> rows = new ArrayList<>();
        for (String part : results.scenarios("method")) {
            String seconds = results.figures(part, "all", "run", "part_seconds")
                    .map(figures -> figures.text(0) + " s")
                    .orElse("");
            rows.add(List.of(
                    part,
                    results.note("method", part, "run", "date").orElse(""),
                    results.note("method", part, "run", "rounds").orElse(""),
                    seconds));
        }
        page.table(List.of("part", "measured", "rounds", "a round takes"), rows);
        page.paragraph("""
                Needs root, a C compiler, a JDK and Maven; of fping, zmap, masscan, nmap and ping it measures what is installed. All
                packets stay in network namespaces that it makes and removes. `bench/run.sh --help` has the options. On a busy
                machine the shares hold better than the times, and neither holds well.
                """);
    }
}
