package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.PingStatistics;
import java.util.List;

/** The closing lines of ping(8) of iputils. Stateless. */
public final class PingStatisticsText {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private PingStatisticsText() {}

    /**
     * What there is to say about a host at the end. Immutable.
     *
     * @param corrupted    packets with a wrong checksum
     * @param late         replies to probes that were lost by then
     * @param elapsedNanos from the first probe to the last
     * @param pipe         the most probes that were out when one of them was answered
     */
    public record Figures(
            String host,
            PingStatistics statistics,
            long corrupted,
            long late,
            long elapsedNanos,
            long pipe,
            boolean timed,
            long smoothedMicros,
            boolean gapTold) {}

    /** Returns the lines without their ends, the first one empty; the last one may be, too. */
    public static List<String> of(Figures figures, Colour colour) {
        return List.of(
                "", "--- " + figures.host() + " ping statistics ---", counts(figures, colour), roundTrips(figures));
    }

    /** Returns the same in one line, without its end and without the host's name. */
    public static String lineOf(Figures figures, Colour colour) {
        String trips = roundTrips(figures);
        return trips.isEmpty() ? counts(figures, colour) : counts(figures, colour) + ", " + trips;
    }

    private static String counts(Figures figures, Colour colour) {
        PingStatistics statistics = figures.statistics();
        StringBuilder line = new StringBuilder();
        line.append(statistics.sent()).append(" packets transmitted, ");
        line.append(statistics.received()).append(" received");
        appendNonzero(line, statistics.duplicates(), "duplicates");
        appendNonzero(line, figures.corrupted(), "corrupted");
        appendNonzero(line, figures.late(), "late");
        appendNonzero(line, statistics.errors(), "errors");
        if (statistics.sent() > 0) {
            boolean whole = statistics.received() == statistics.sent();
            line.append(", ");
            colour.begin(line, whole ? Colour.Tone.GOOD : Colour.Tone.BAD);
            line.append(PingNumbers.lossPercent(statistics.sent(), statistics.received()));
            line.append("% packet loss");
            colour.end(line);
            line.append(", time ");
            line.append((figures.elapsedNanos() + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI)
                    .append("ms");
        }
        return line.toString();
    }

    private static void appendNonzero(StringBuilder line, long count, String word) {
        if (count > 0) {
            line.append(", +").append(count).append(' ').append(word);
        }
    }

    private static String roundTrips(Figures figures) {
        StringBuilder line = new StringBuilder();
        Distribution trips = figures.statistics().roundTrips();
        if (trips.count() > 0 && figures.timed()) {
            line.append("rtt min/avg/max/mdev = ");
            PingNumbers.appendFigure(line, trips.minNanos().orElseThrow());
            PingNumbers.appendFigure(line.append('/'), (long) trips.meanNanos().orElseThrow());
            PingNumbers.appendFigure(line.append('/'), trips.maxNanos().orElseThrow());
            PingNumbers.appendFigure(
                    line.append('/'), (long) trips.standardDeviationNanos().orElseThrow());
            line.append(" ms");
        }
        if (figures.pipe() > 1) {
            line.append(comma(line)).append("pipe ").append(figures.pipe());
        }
        long sent = figures.statistics().sent();
        if (figures.gapTold() && trips.count() > 0 && sent > 1) {
            line.append(comma(line)).append("ipg/ewma ");
            PingNumbers.appendFigure(line, figures.elapsedNanos() / (sent - 1));
            long smoothedMicros = figures.timed() ? figures.smoothedMicros() : 0;
            PingNumbers.appendFigure(line.append('/'), smoothedMicros * NANOS_PER_MICRO);
            line.append(" ms");
        }
        return line.toString();
    }

    private static String comma(StringBuilder line) {
        return line.length() == 0 ? "" : ", ";
    }
}
