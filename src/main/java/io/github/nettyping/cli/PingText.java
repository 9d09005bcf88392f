package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The lines about one host that ping(8) of iputils would print, but for their ends. Confined to one thread.
 *
 * <p>It shows a time only if its payload has room for a time stamp; so does this, though it would know the time.
 */
final class PingText {

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final char BELL = 7;

    private final PingHost host;
    private final PingPlan plan;
    private final PingView view;
    private final String lead;

    /** Makes the lines of a host; {@code lead} stands before each of them. */
    PingText(PingHost host, PingPlan plan, PingView view, String lead) {
        this.host = host;
        this.plan = plan;
        this.view = view;
        this.lead = lead;
    }

    /** Returns what comes before the first probe. */
    PingLine header() {
        int bytes = plan.payloadBytes();
        if (host.address().family() == IpFamily.IPV6) {
            return PingLine.naming(lead + "PING " + host.word() + '(', host.address(), ") " + bytes + " data bytes");
        }
        int packetBytes = bytes + ICMP_HEADER_BYTES + IPV4_HEADER_BYTES;
        return PingLine.of(lead + "PING " + host.word() + " (" + host.address() + ") " + bytes + '(' + packetBytes
                + ") bytes of data.");
    }

    /** Returns the line of a reply that came at a time. */
    PingLine reply(Instant at, long sequence, Replied reply, boolean duplicate) {
        StringBuilder after = new StringBuilder(": icmp_seq=").append(sequence);
        OptionalInt hops = reply.hopLimit();
        if (hops.isPresent()) {
            after.append(" ttl=").append(hops.getAsInt());
        }
        if (reply.icmpBytes() < plan.payloadBytes() + ICMP_HEADER_BYTES) {
            after.append(" (truncated)");
        } else {
            appendMeasured(after, reply, duplicate);
        }
        String before =
                begin(at).append(reply.icmpBytes()).append(" bytes from ").toString();
        return PingLine.naming(before, reply.from(), after.toString());
    }

    private void appendMeasured(StringBuilder line, Replied reply, boolean duplicate) {
        if (plan.isTimed()) {
            line.append(" time=");
            PingNumbers.appendRoundTrip(line, reply.rttNanos());
            line.append(" ms");
        }
        if (duplicate) {
            line.append(" (DUP!)");
        }
        // It would compare byte by byte; here the correlator has done so, and tells that they differ.
        if (reply.flags().contains(ReplyFlag.DAMAGED)) {
            line.append(" (DAMAGED!)");
        }
        if (view.audible()) {
            line.append(BELL);
        }
    }

    /** Returns the line of an ICMP error that came at a time. */
    PingLine error(Instant at, long sequence, IcmpErrorOutcome error) {
        StringBuilder before = begin(at).append("From ");
        String after = " icmp_seq=" + sequence + ' ' + IputilsWords.of(error.error());
        Optional<IpAddress> from = error.error().from();
        return from.isPresent()
                ? PingLine.naming(before.toString(), from.get(), after)
                : PingLine.of(before.append("unknown").append(after).toString());
    }

    /** Returns the line that says, when the next probe is sent, that this one has not been answered. */
    PingLine outstanding(Instant at, long sequence) {
        return PingLine.of(
                begin(at).append("no answer yet for icmp_seq=").append(sequence).toString());
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
