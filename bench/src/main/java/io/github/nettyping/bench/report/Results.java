package io.github.nettyping.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file of {@code bench/run.sh}: a line for each figure. Immutable. */
final class Results {

    private static final int FIELDS = 6;

    private record Row(String part, String scenario, String subject, String metric, String value) {}

    private final List<Row> rows;

    private Results(List<Row> rows) {
        this.rows = rows;
    }

    static Results read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            // The value comes last and may hold commas.
            String[] fields = line.split(",", FIELDS);
            if (fields.length < FIELDS) {
                throw new IOException(file + ": " + line + " (expected: part,scenario,subject,round,metric,value)");
            }
            rows.add(new Row(fields[0], fields[1], fields[2], fields[4], fields[5]));
        }
        return new Results(List.copyOf(rows));
    }

    /** Returns the scenarios of a part, as they were first measured. */
    List<String> scenarios(String part) {
        return rows.stream()
                .filter(row -> row.part.equals(part))
                .map(Row::scenario)
                .distinct()
                .toList();
    }

    /** Returns what was measured in a scenario, as it was first measured. */
    List<String> subjects(String part, String scenario) {
        return rows.stream()
                .filter(row -> row.part.equals(part) && row.scenario.equals(scenario))
                .map(Row::subject)
                .distinct()
                .toList();
    }

    /** Returns all figures of one kind, if it was measured. */
    Optional<Figures> figures(String part, String scenario, String subject, String metric) {
        List<Double> values = rows.stream()
                .filter(row -> is(row, part, scenario, subject, metric))
                .map(row -> Double.valueOf(row.value))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Figures(values));
    }

    /** Returns the newest note of one kind, if there is one. */
    Optional<String> note(String part, String scenario, String subject, String metric) {
        return rows.stream()
                .filter(row -> is(row, part, scenario, subject, metric))
                .map(Row::value)
                .reduce((first, second) -> second);
    }

    /** Returns how often there is a figure or note of one kind. */
    long times(String part, String scenario, String subject, String metric) {
        return rows.stream()
                .filter(row -> is(row, part, scenario, subject, metric))
                .count();
    }

    private static boolean is(Row row, String part, String scenario, String subject, String metric) {
        return row.part.equals(part)
                && row.scenario.equals(scenario)
                && row.subject.equals(subject)
                && row.metric.equals(metric);
    }
}
