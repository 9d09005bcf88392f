package io.github.nettyping.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where nettyping is behind, by the figures themselves. Immutable. */
final class Weaknesses {

    private static final String RATE = "round_trips_per_second";

    private final Results results;

    Weaknesses(Results results) {
        this.results = results;
    }

    void write(Page page) {
        List<String> points = new ArrayList<>();
        processor(points);
        cold(points);
        quicker(points);
        oneHost(points);
        overBound(points);
        startUp(points);
        missed(points);
        failed(points);
        page.heading("Where it is behind");
        if (points.isEmpty()) {
            page.paragraph("Nowhere, by these figures.");
        } else {
            page.list(points);
        }
    }

    private void processor(List<String> points) {
        for (String scenario : results.scenarios("library")) {
            Optional<Figures> ours = figures("library", scenario, OursSections.OURS, "cpu_seconds_per_million");
            Optional<Figures> theirs = figures("library", scenario, OursSections.REFERENCE, "cpu_seconds_per_million");
            if (ours.isPresent()
                    && theirs.isPresent()
                    && ours.get().median() > theirs.get().median()) {
                points.add("A warm loop, " + scenario + ", spends "
                        + Figures.number(ours.get().median() / theirs.get().median(), 2)
                        + " times the processor time of C for each round trip.");
            }
        }
    }

    private void cold(List<String> points) {
        for (String scenario : results.scenarios("million")) {
            figures("million", scenario, OursSections.OURS, "share_whole")
                    .filter(share -> share.median() < 1)
                    .ifPresent(share -> points.add("A cold command for a million hosts, " + scenario + ", reaches "
                            + Figures.number(share.median(), 2)
                            + " of C: the JVM starts, and compiles while it sweeps."));
        }
    }

    private void quicker(List<String> points) {
        for (String scenario : results.scenarios(PeerSections.PART)) {
            Optional<Figures> ours = figures(PeerSections.PART, scenario, OursSections.OURS, "wall_seconds");
            for (String tool : results.subjects(PeerSections.PART, scenario)) {
                Optional<Figures> theirs = figures(PeerSections.PART, scenario, tool, "wall_seconds");
                if (ours.isPresent()
                        && theirs.isPresent()
                        && theirs.get().median() < ours.get().median()) {
                    points.add(tool + " is quicker with " + PeerSections.title(scenario) + ": "
                            + Figures.number(theirs.get().median(), 2) + " s instead of "
                            + Figures.number(ours.get().median(), 2) + " s"
                            + figures(PeerSections.PART, scenario, tool, "missed")
                                    .filter(missed -> missed.median() > 0)
                                    .map(missed -> ", but misses " + Figures.number(missed.median(), 0))
                                    .orElse("")
                            + '.');
                }
            }
        }
    }

    private void oneHost(List<String> points) {
        Optional<Figures> ours = figures(PeerSections.PART, PeerSections.ONE_HOST, "nettyping ping -f", RATE);
        Optional<Figures> theirs = figures(PeerSections.PART, PeerSections.ONE_HOST, "ping -f", RATE);
        if (ours.isPresent()
                && theirs.isPresent()
                && ours.get().median() < theirs.get().median()) {
            points.add("`nettyping ping -f` does " + Figures.number(ours.get().median(), 0)
                    + " round trips a second with one host, `ping -f` "
                    + Figures.number(theirs.get().median(), 0) + '.');
        }
    }

    private void overBound(List<String> points) {
        figures("silence", "all", "bound", "seconds").ifPresent(bound -> {
            for (String subject : results.subjects("silence", "all")) {
                figures("silence", "all", subject, "seconds")
                        .filter(seconds -> seconds.median() > bound.median())
                        .ifPresent(seconds -> points.add("With one host of sixteen alive, the " + subject + " takes "
                                + Figures.number(seconds.median(), 2) + " s where the bound is "
                                + Figures.number(bound.median(), 2) + " s."));
            }
        });
    }

    private void startUp(List<String> points) {
        Optional<Figures> ours = figures("startup", "all", "sweep 127.0.0.0/24", "wall_seconds");
        Optional<Figures> jvm = figures("startup", "all", "java -version", "wall_seconds");
        if (ours.isPresent() && jvm.isPresent()) {
            points.add("A small sweep takes " + Figures.number(ours.get().median(), 2) + " s, "
                    + Figures.number(ours.get().median() / jvm.get().median(), 1)
                    + " times as long as `java -version`.");
        }
    }

    private void missed(List<String> points) {
        for (String part :
                List.of("library", "two-loops", "million", PeerSections.PART, "silence", "startup", "slash8")) {
            for (String scenario : results.scenarios(part)) {
                for (String subject : results.subjects(part, scenario)) {
                    boolean ours = !part.equals(PeerSections.PART) || subject.equals(OursSections.OURS);
                    figures(part, scenario, subject, "missed")
                            .filter(missed -> ours && missed.sum() > 0)
                            .ifPresent(missed -> points.add("It missed " + Figures.number(missed.sum(), 0)
                                    + " hosts that were there, in " + part + ", " + scenario + ", " + subject + '.'));
                }
            }
        }
    }

    private void failed(List<String> points) {
        for (String part : results.scenarios("method")) {
            for (String scenario : results.scenarios(part)) {
                for (String subject : results.subjects(part, scenario)) {
                    boolean ours = !part.equals(PeerSections.PART) || subject.equals(OursSections.OURS);
                    results.note(part, scenario, subject, "failed")
                            .filter(code -> ours)
                            .ifPresent(code -> points.add("A run failed: " + part + ", " + scenario + ", " + subject
                                    + ", exit code " + code + (code.equals("124") ? " (out of time)." : ".")));
                }
            }
        }
    }

    private Optional<Figures> figures(String part, String scenario, String subject, String metric) {
        return results.figures(part, scenario, subject, metric);
    }
}
