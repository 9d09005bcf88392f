package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopTimes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A report in the columns of {@code mtr --report}, 0.95. Confined to one thread.
 *
 * <p>Other than there, {@code HOST} is the target; the column of hosts is wider if one of them would not fit; behind the
 * columns stands how traceroute(8) marks the hop; and lines follow on the path MTU and on what this machine refused.
 */
record TraceText(Map<IpAddress, String> typed, boolean pathMtu, Colour colour) implements TraceLayout {

    /** Where the figures begin, unless a host needs more. */
    private static final int HOST_COLUMNS = 33;

    private static final String HEADING = " Loss%   Snt   Last   Avg  Best  Wrst StDev";
    private static final String NOBODY = "???";
    private static final double NANOS_PER_MILLI = 1e6;
    /** From here on there is no room for a decimal. */
    private static final double LONG_MILLIS = 999.95;

    @Override
    public void append(StringBuilder out, TraceReport report, Function<IpAddress, Optional<String>> names) {
        List<Hop> hops = shown(report.hops());
        List<String> hosts = hops.stream().map(hop -> label(hop, names)).toList();
        String heading = "HOST: " + target(report.target());
        int columns = Math.max(HOST_COLUMNS, heading.length());
        for (String host : hosts) {
            columns = Math.max(columns, host.length());
        }
        pad(out.append(colour.paint(Colour.Tone.HEADING, heading)), columns - heading.length());
        out.append(colour.paint(Colour.Tone.HEADING, HEADING)).append('\n');
        for (int i = 0; i < hops.size(); i++) {
            pad(out.append(hosts.get(i)), columns - hosts.get(i).length());
            appendHop(out, hops.get(i), names);
        }
        report.appendEnd(out, pathMtu);
    }

    /** Returns the hops to the last that is known, and one more: that of several silent ones says it all. */
    private static List<Hop> shown(List<Hop> hops) {
        int end = hops.size();
        while (end > 0 && isUnknown(hops.get(end - 1))) {
            end--;
        }
        return hops.subList(0, Math.min(end + 1, hops.size()));
    }

    private static boolean isUnknown(Hop hop) {
        return hop.from().isEmpty() && hop.received() == 0;
    }

    private String target(IpAddress target) {
        String name = typed.get(target);
        return name == null ? AddressText.of(target) : VisibleText.word(name) + " (" + AddressText.of(target) + ')';
    }

    private String label(Hop hop, Function<IpAddress, Optional<String>> names) {
        String number = (hop.number() < 10 ? "  " : " ") + hop.number() + ".|-- ";
        return number + (hop.from().isEmpty() ? NOBODY : host(hop.from().get(0), names));
    }

    /** Whoever owns an address chooses its name; that shall neither control the terminal nor look like two columns. */
    private String host(IpAddress address, Function<IpAddress, Optional<String>> names) {
        return names.apply(address).map(VisibleText::word).orElseGet(() -> AddressText.of(address));
    }

    private void appendHop(StringBuilder out, Hop hop, Function<IpAddress, Optional<String>> names) {
        appendFigures(out, hop);
        mark(hop).ifPresent(mark -> out.append(' ').append(colour.paint(Colour.Tone.ODD, mark)));
        out.append('\n');
        for (MplsLabelStack.Label label : hop.mplsLabels()) {
            out.append("    [MPLS: Lbl ").append(label.value());
            out.append(" TC ").append(label.trafficClass());
            out.append(" S ").append(label.bottomOfStack() ? 1 : 0);
            out.append(" TTL ").append(label.ttl()).append("]\n");
        }
        for (int i = 1; i < hop.from().size(); i++) {
            out.append(i == 1 ? "    |  `|-- " : "    |   |-- ");
            out.append(host(hop.from().get(i), names)).append('\n');
        }
    }

    private void appendFigures(StringBuilder out, Hop hop) {
        if (hop.loss() > 0) {
            colour.begin(out, Colour.Tone.BAD);
        }
        // The percent sign has no room then.
        cell(out, hop.loss() == 1 ? "100.0" : Numbers.decimal(100 * hop.loss(), 1) + '%', 6);
        if (hop.loss() > 0) {
            colour.end(out);
        }
        cell(out.append(' '), Long.toString(hop.sent()), 5);
        out.append(' ');
        Optional<HopTimes> times = hop.times();
        appendMillis(out, times.map(HopTimes::lastNanos).orElse(0L));
        appendMillis(out, times.map(HopTimes::meanNanos).orElse(0.0));
        appendMillis(out, times.map(HopTimes::minNanos).orElse(0L));
        appendMillis(out, times.map(HopTimes::maxNanos).orElse(0L));
        appendMillis(out, times.map(HopTimes::stdevNanos).orElse(0.0));
    }

    private static void appendMillis(StringBuilder out, double nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        cell(out.append(' '), Numbers.decimal(millis, millis < LONG_MILLIS ? 1 : 0), 5);
    }

    private static void cell(StringBuilder out, String text, int columns) {
        pad(out, columns - text.length()).append(text);
    }

    private static StringBuilder pad(StringBuilder out, int columns) {
        return out.append(" ".repeat(Math.max(0, columns)));
    }

    private static Optional<String> mark(Hop hop) {
        if (hop.error().isPresent()) {
            return hop.error().map(TracerouteWords::of);
        }
        // As traceroute --mtu.
        return hop.mtu().isPresent() ? Optional.of("F=" + hop.mtu().getAsInt()) : Optional.empty();
    }
}
