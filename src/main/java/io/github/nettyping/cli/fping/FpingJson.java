package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.TimestampReply;
import java.time.Instant;
import java.util.List;

/**
 * The JSON of fping, an object a line, blank for blank. Confined to the event loop.
 *
 * <p>Not by the writer that the other commands use: programs compare lines, and these have blanks of their own.
 */
final class FpingJson extends FpingReport {

    FpingJson(FpingOptions options, FpingStreams streams, List<FpingHost> hosts) {
        super(options, streams, hosts);
    }

    /** Returns the line about a name that was not found, which there is also with {@code -q}. */
    static CharSequence warning(String word, String reason) {
        StringBuilder line = new StringBuilder(96).append("{\"warning\": {");
        appendHost(line, word);
        return line.append("\"message\": \"").append(reason).append("\"}}\n");
    }

    private void appendBegin(StringBuilder line, String name, long wallNanos, FpingHost host) {
        line.append("{\"").append(name).append("\": {");
        if (options.timestamps) {
            line.append("\"timestamp\": \"");
            appendTime(line, wallNanos);
            line.append("\", ");
        }
        appendHost(line, host.label);
    }

    private static void appendHost(StringBuilder line, String name) {
        line.append("\"host\": \"");
        appendEscaped(line, name);
        line.append("\", ");
    }

    /** As fping does not: neither a word that is no name nor what an address resolves to may break a line. */
    static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else {
                line.append(c < ' ' ? '?' : c);
            }
        }
    }

    @Override
    void appendReply(StringBuilder line, FpingHost host, FpingProbes.Reply reply) {
        appendBegin(line, "resp", reply.arrivedNanos(), host);
        line.append("\"seq\": ").append(reply.index()).append(", \"size\": ").append(reply.icmpBytes());
        line.append(", \"rtt\": ");
        FpingNumbers.appendMillis(line, reply.rttNanos());
        TimestampReply times = reply.times();
        if (times != null) {
            line.append(", \"timestamps\": {\"originate\": ")
                    .append(times.originate().bits() & 0xffff_ffffL);
            line.append(", \"receive\": ").append(times.receive().bits() & 0xffff_ffffL);
            line.append(", \"transmit\": ").append(times.transmit().bits() & 0xffff_ffffL);
            line.append(", \"localreceive\": ")
                    .append(timeOfDay(reply.arrivedNanos()))
                    .append('}');
        }
        if (options.printReplyDestination) {
            line.append(", \"replyDst\": \"").append(replyDestination(host)).append('"');
        }
        if (options.printTrafficClass) {
            line.append(", \"tos\": ").append(reply.trafficClass().orElse(-1));
        }
        if (options.printHopLimit) {
            line.append(", \"ttl\": ").append(reply.hopLimit().orElse(-1));
        }
        line.append("}}");
    }

    @Override
    void appendTimeout(StringBuilder line, FpingHost host, long index, long wallNanos) {
        appendBegin(line, "timeout", wallNanos, host);
        line.append("\"seq\": ").append(index).append("}}");
    }

    @Override
    void snapshot() {
        long seconds = Instant.now().getEpochSecond();
        for (FpingHost host : hosts) {
            StringBuilder line = new StringBuilder(160);
            line.append("{\"intSum\": {\"time\": ").append(seconds).append(',');
            appendHost(line, host.label);
            appendFigures(line, host.interval);
            streams.out(line.append("}}\n"));
            clearInterval(host);
        }
    }

    private void appendFigures(StringBuilder line, FpingHost.Figures figures) {
        line.append("\"xmt\": ").append(figures.sent).append(", \"rcv\": ").append(figures.received);
        line.append(", \"loss\": ").append(figures.lossPercent());
        if (options.outage) {
            line.append(", \"outage(ms)\": ").append(outageMillis(figures));
        }
        if (figures.received > 0) {
            FpingNumbers.appendMillis(line.append(", \"rttMin\": "), figures.minNanos);
            FpingNumbers.appendMillis(line.append(", \"rttAvg\": "), figures.averageNanos());
            FpingNumbers.appendMillis(line.append(", \"rttMax\": "), figures.maxNanos);
        }
    }

    @Override
    void summary() {
        for (FpingHost host : hosts) {
            StringBuilder line = new StringBuilder(160);
            line.append(options.everyRoundTrip ? "{\"vSum\": {" : "{\"summary\": {");
            appendHost(line, host.label);
            if (options.everyRoundTrip) {
                appendRoundTrips(line, host);
            } else {
                appendFigures(line, host.all);
            }
            streams.out(line.append("}}\n"));
        }
    }

    private static void appendRoundTrips(StringBuilder line, FpingHost host) {
        line.append("\"values\": [");
        for (long i = 0; i < host.all.sent; i++) {
            line.append(i == 0 ? "" : ", ");
            long roundTrip = host.roundTrip(i);
            if (roundTrip < 0) {
                line.append("null");
            } else {
                FpingNumbers.appendMillis(line, roundTrip);
            }
        }
        line.append(']');
    }

    @Override
    void totals(FpingTotals totals) {
        StringBuilder line = new StringBuilder("{\"stats\": {\"targets\": ").append(totals.targets);
        line.append(", \"alive\": ").append(totals.alive);
        line.append(", \"unreachable\": ").append(totals.targets - totals.reachable);
        line.append(", \"unknownAddresses\": ").append(totals.unknown);
        line.append(", \"timeouts\": ").append(totals.timeouts);
        line.append(", \"icmpEchosSent\": ").append(totals.sent);
        line.append(", \"icmpEchoRepliesReceived\": ").append(totals.received);
        line.append(", \"otherIcmpReceived\": ").append(totals.otherReceived);
        FpingNumbers.appendMillis(line.append(", \"rttMin\": "), totals.minNanos);
        FpingNumbers.appendMillis(line.append(", \"rttAvg\": "), totals.averageNanos());
        FpingNumbers.appendMillis(line.append(", \"rttMax\": "), totals.maxNanos);
        line.append(", \"elapsed\": ").append(totals.elapsedSeconds());
        streams.out(line.append("}}\n"));
    }
}
