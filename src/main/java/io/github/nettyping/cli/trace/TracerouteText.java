package io.github.nettyping.cli.trace;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.trace.Hop;
import io.github.nettyping.trace.HopAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A report in the shape of traceroute(8) of Linux, 2.1: a line for each hop, with every probe of the newest cycle.
 * Confined to one thread.
 *
 * @param typed        names of targets
 * @param maxHops      as it stands in the heading
 * @param payloadBytes the same; empty if that is found out
 * @param numeric      whether hosts stand without names
 */
record TracerouteText(
        Map<IpAddress, String> typed, int maxHops, OptionalInt payloadBytes, boolean numeric, Colour colour)
        implements TraceLayout {

    private static final int IPV4_HEADERS = 20 + 8;
    private static final int IPV6_HEADERS = 40 + 8;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public void append(StringBuilder out, TraceReport report, Function<IpAddress, Optional<String>> names) {
        String address = AddressText.of(report.target());
        out.append("traceroute to ")
                .append(VisibleText.word(typed.getOrDefault(report.target(), address)))
                .append(" (")
                .append(address)
                .append("), ")
                .append(maxHops)
                .append(" hops max");
        payloadBytes.ifPresent(bytes -> out.append(", ")
                .append(bytes + (report.target().family() == IpFamily.IPV4 ? IPV4_HEADERS : IPV6_HEADERS))
                .append(" byte packets"));
        out.append('\n');
        report.hops().forEach(hop -> append(out, hop, names));
        report.appendEnd(out, payloadBytes.isEmpty());
    }

    private void append(StringBuilder out, Hop hop, Function<IpAddress, Optional<String>> names) {
        out.append(hop.number() < 10 ? " " : "").append(hop.number()).append(' ');
        Optional<IpAddress> before = Optional.empty();
        Optional<String> mark = hop.error().map(TracerouteWords::of);
        for (HopAnswer answer : hop.newest()) {
            out.append(' ');
            if (answer.rttNanos().isEmpty()) {
                out.append(colour.paint(Colour.Tone.BAD, "*"));
                continue;
            }
            if (answer.from().isPresent() && !answer.from().equals(before)) {
                before = answer.from();
                out.append(host(before.get(), names)).append(' ');
            }
            out.append(' ')
                    .append(Numbers.decimal(answer.rttNanos().getAsLong() / NANOS_PER_MILLI, 3))
                    .append(" ms");
            if (mark.isPresent() && answer.from().equals(hop.error().flatMap(error -> error.from()))) {
                out.append(' ').append(colour.paint(Colour.Tone.ODD, mark.get()));
            }
        }
        hop.mtu().ifPresent(mtu -> out.append(" F=").append(mtu));
        out.append('\n');
    }

    private String host(IpAddress address, Function<IpAddress, Optional<String>> names) {
        String number = AddressText.of(address);
        return numeric ? number : names.apply(address).map(VisibleText::word).orElse(number) + " (" + number + ')';
    }
}
