package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.ping.iputils.IputilsWords;
import io.github.nettyping.cli.ping.iputils.PingDamage;
import io.github.nettyping.cli.ping.iputils.PingLine;
import io.github.nettyping.cli.ping.iputils.PingNumbers;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The lines about one host that ping(8) of iputils would print, but for their ends. Confined to one thread.
 *
 * <p>It shows a time only if its payload has room for a time stamp; so does this, though it would know the time.
 *
 * @param lead stands before each line
 */
record IputilsLines(PingHost host, PingPlan plan, PingView view, String lead, Wire wire) {

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int ICMP_HEADER_BYTES = 8;
    /** It counts the most there can be. */
    private static final int IPV4_OPTION_BYTES = 40;

    private static final char BELL = 7;

    /**
     * What is told of the packets.
     *
     * @param from          whether their source is told
     * @param interfaceName that was asked for
     * @param identifier    if it is known
     * @param flowLabel     that was asked for
     * @param ipv4Options   whether there are any in the header
     */
    record Wire(
            boolean from,
            Optional<String> interfaceName,
            OptionalInt identifier,
            OptionalInt flowLabel,
            boolean ipv4Options) {}

    /** Returns what comes before the first probe. */
    PingLine header() {
        int bytes = plan.payloadBytes();
        if (host.address().family() == IpFamily.IPV6) {
            PingLine line = PingLine.naming(lead + "PING " + VisibleText.of(host.word()) + '(', host.address(), ") ");
            if (wire.flowLabel().isPresent()) {
                line = line.and(String.format(
                        Locale.ROOT, ", flow 0x%05x, ", wire.flowLabel().getAsInt()));
            }
            if (tellsSource()) {
                line = line.and("from ").andNaming(source(), interfaceName());
            }
            return line.and(bytes + " data bytes");
        }
        int packetBytes = bytes + ICMP_HEADER_BYTES + IPV4_HEADER_BYTES + (wire.ipv4Options() ? IPV4_OPTION_BYTES : 0);
        String from = tellsSource() ? "from " + source() + interfaceName() : "";
        return PingLine.of(lead + "PING " + VisibleText.of(host.word()) + " (" + host.address() + ") " + from + bytes
                + '(' + packetBytes + ") bytes of data.");
    }

    private boolean tellsSource() {
        return wire.from() && host.source().isPresent();
    }

    private IpAddress source() {
        return host.source().orElseThrow();
    }

    private String interfaceName() {
        return ' ' + VisibleText.of(wire.interfaceName().orElse("")) + ": ";
    }

    /** Returns the line of a reply that came at a time; its data is wrong as {@link PingDamage} says. */
    PingLine reply(Instant at, long sequence, Replied reply, boolean duplicate, String damage) {
        StringBuilder after = new StringBuilder(": icmp_seq=").append(sequence);
        if (view.verbose() && wire.identifier().isPresent()) {
            after.append(" ident=").append(wire.identifier().getAsInt());
        }
        OptionalInt hops = reply.hopLimit();
        if (hops.isPresent()) {
            after.append(" ttl=").append(hops.getAsInt());
        }
        if (isTruncated(reply)) {
            after.append(" (truncated)");
        } else {
            appendMeasured(after, reply, duplicate);
            after.append(damage.replace("\n", '\n' + lead));
            if (view.audible()) {
                after.append(BELL);
            }
        }
        String before =
                begin(at).append(reply.icmpBytes()).append(" bytes from ").toString();
        return PingLine.naming(before, reply.from(), after.toString());
    }

    boolean isTruncated(Replied reply) {
        return reply.icmpBytes() < plan.payloadBytes() + ICMP_HEADER_BYTES;
    }

    private void appendMeasured(StringBuilder line, Replied reply, boolean duplicate) {
        if (plan.isTimed()) {
            line.append(' ');
            view.colour().begin(line, Colour.Tone.GOOD);
            line.append("time=");
            if (view.precise()) {
                PingNumbers.appendFigure(line, Math.max(0, reply.rttNanos()));
            } else {
                PingNumbers.appendRoundTrip(line, reply.rttNanos());
            }
            line.append(" ms");
            view.colour().end(line);
        }
        // Of a group it is no wonder that several answer.
        if (duplicate && (view.verbose() || !host.group())) {
            line.append(" (DUP!)");
        }
        // The unspecified address is this host, whatever its address.
        if (reply.flags().contains(ReplyFlag.OTHER_SOURCE) && !host.address().isAnyLocal()) {
            line.append(" (DIFFERENT ADDRESS!)");
        }
    }

    PingLine error(Instant at, long sequence, IcmpErrorOutcome error) {
        String words = view.colour().paint(Colour.Tone.ODD, IputilsWords.of(error.error()));
        return from(at, error, " icmp_seq=" + sequence + ' ' + words);
    }

    /** Returns the line of a redirect or source quench that came at a time. */
    PingLine notice(Instant at, long sequence, IcmpErrorOutcome notice) {
        return from(at, notice, ": icmp_seq=" + sequence + ' ' + IputilsWords.of(notice.error()));
    }

    private PingLine from(Instant at, IcmpErrorOutcome error, String after) {
        StringBuilder before = begin(at).append("From ");
        Optional<IpAddress> from = error.error().from();
        return from.isPresent()
                ? PingLine.naming(before.toString(), from.get(), after)
                : PingLine.of(before.append("unknown").append(after).toString());
    }

    /** Returns the line that says, when the next probe is sent, that this one has not been answered. */
    PingLine outstanding(Instant at, long sequence) {
        return PingLine.of(begin(at)
                .append(view.colour().paint(Colour.Tone.BAD, "no answer yet for icmp_seq=" + sequence))
                .toString());
    }

    private StringBuilder begin(Instant at) {
        StringBuilder line = new StringBuilder(lead);
        if (view.timestamps()) {
            line.append('[').append(at.getEpochSecond()).append('.');
            Numbers.appendPadded(line, at.getNano() / 1_000, 6);
            line.append("] ");
        }
        return line;
    }
}
