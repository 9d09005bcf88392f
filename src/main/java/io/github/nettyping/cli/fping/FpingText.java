package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.TimestampReply;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** The lines of fping. Confined to the event loop. */
final class FpingText extends FpingReport {

    private static final int TOTAL_WIDTH = 7;
    private static final int ELAPSED_WIDTH = 12;

    /** All names are filled up to it. */
    private final int width;

    FpingText(FpingOptions options, FpingStreams streams, List<FpingHost> hosts, int width) {
        super(options, streams, hosts);
        this.width = width;
    }

    private void appendLabel(StringBuilder line, FpingHost host) {
        line.append(host.label);
        for (int i = host.label.length(); i < width; i++) {
            line.append(' ');
        }
        line.append(" :");
    }

    private void appendTimeOfLine(StringBuilder line, long wallNanos) {
        if (options.timestamps) {
            line.append('[');
            appendTime(line, wallNanos);
            line.append("] ");
        }
    }

    @Override
    void appendReply(StringBuilder line, FpingHost host, FpingProbes.Reply reply) {
        if (options.perProbe) {
            appendTimeOfLine(line, reply.arrivedNanos());
            appendLabel(line, host);
            line.append(" [").append(reply.index()).append("], ");
            line.append(reply.icmpBytes()).append(" bytes, ");
            FpingNumbers.appendMillis(line, reply.rttNanos());
            line.append(" ms (");
            appendSoFar(line, host);
        } else {
            line.append(host.label).append(options.verbose ? " is alive" : "");
        }
        appendExtras(line, host, reply);
        if (options.showElapsed && !options.perProbe) {
            line.append(" (");
            FpingNumbers.appendMillis(line, reply.rttNanos());
            line.append(" ms)");
        }
    }

    private static void appendSoFar(StringBuilder line, FpingHost host) {
        if (host.all.received > 0) {
            FpingNumbers.appendMillis(line, host.all.averageNanos());
        } else {
            line.append("NaN");
        }
        line.append(" avg, ").append(host.all.lossPercent()).append("% loss)");
    }

    private void appendExtras(StringBuilder line, FpingHost host, FpingProbes.Reply reply) {
        TimestampReply times = reply.times();
        if (times != null) {
            line.append(options.showAlive ? "" : ",").append(" timestamps: Originate=");
            line.append(times.originate().bits() & 0xffff_ffffL);
            line.append(" Receive=").append(times.receive().bits() & 0xffff_ffffL);
            line.append(" Transmit=").append(times.transmit().bits() & 0xffff_ffffL);
            line.append(" Localreceive=").append(timeOfDay(reply.arrivedNanos()));
        }
        if (options.printReplyDestination) {
            line.append(" (Reply-DST ").append(replyDestination(host)).append(')');
        }
        if (options.printTrafficClass) {
            appendOptional(line, "TOS", reply.trafficClass().orElse(-1));
        }
        if (options.printHopLimit) {
            appendOptional(line, "TTL", reply.hopLimit().orElse(-1));
        }
    }

    private static void appendOptional(StringBuilder line, String name, int value) {
        line.append(" (").append(name).append(' ');
        if (value < 0) {
            line.append("unknown)");
        } else {
            line.append(value).append(')');
        }
    }

    @Override
    void appendTimeout(StringBuilder line, FpingHost host, long index, long wallNanos) {
        appendTimeOfLine(line, wallNanos);
        appendLabel(line, host);
        line.append(" [").append(index).append("], timed out (");
        appendSoFar(line, host);
    }

    @Override
    void snapshot() {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        StringBuilder text = new StringBuilder(options.verbose || options.perProbe ? "\n" : "");
        text.append('[');
        appendTwo(text, now.getHour());
        appendTwo(text.append(':'), now.getMinute());
        appendTwo(text.append(':'), now.getSecond());
        streams.err(text.append("]\n"));
        for (FpingHost host : hosts) {
            StringBuilder line = new StringBuilder(96);
            appendLabel(line, host);
            appendFigures(line, host.interval);
            streams.err(line.append('\n'));
            clearInterval(host);
        }
    }

    private static void appendTwo(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private void appendFigures(StringBuilder line, FpingHost.Figures figures) {
        line.append(" xmt/rcv/%loss = ").append(figures.sent).append('/').append(figures.received);
        line.append('/').append(figures.lossPercent()).append('%');
        if (options.outage) {
            line.append(", outage(ms) = ").append(outageMillis(figures));
        }
        if (figures.received > 0) {
            line.append(", min/avg/max = ");
            FpingNumbers.appendMillis(line, figures.minNanos);
            FpingNumbers.appendMillis(line.append('/'), figures.averageNanos());
            FpingNumbers.appendMillis(line.append('/'), figures.maxNanos);
        }
    }

    @Override
    void summary() {
        if (options.verbose || options.perProbe) {
            streams.err("\n");
        }
        for (FpingHost host : hosts) {
            StringBuilder line = new StringBuilder(96);
            appendLabel(line, host);
            if (options.everyRoundTrip) {
                appendRoundTrips(line, host);
            } else {
                appendFigures(line, host.all);
            }
            streams.err(line.append('\n'));
        }
    }

    private static void appendRoundTrips(StringBuilder line, FpingHost host) {
        for (long i = 0; i < host.all.sent; i++) {
            long roundTrip = host.roundTrip(i);
            line.append(' ');
            if (roundTrip < 0) {
                line.append('-');
            } else {
                FpingNumbers.appendMillis(line, roundTrip);
            }
        }
    }

    @Override
    void totals(FpingTotals totals) {
        StringBuilder text = new StringBuilder("\n");
        total(text, totals.targets, "targets");
        total(text, totals.alive, "alive");
        total(text, totals.targets - totals.reachable, "unreachable");
        total(text, totals.unknown, "unknown addresses");
        text.append('\n');
        total(text, totals.timeouts, "timeouts (waiting for response)");
        total(text, totals.sent, "ICMP Echos sent");
        total(text, totals.received, "ICMP Echo Replies received");
        total(text, totals.otherReceived, "other ICMP received");
        text.append("\n ").append(FpingNumbers.millis(totals.minNanos)).append(" ms (min round trip time)\n");
        text.append(' ').append(FpingNumbers.millis(totals.averageNanos())).append(" ms (avg round trip time)\n");
        text.append(' ').append(FpingNumbers.millis(totals.maxNanos)).append(" ms (max round trip time)\n ");
        FpingNumbers.appendRight(text, totals.elapsedSeconds(), ELAPSED_WIDTH);
        streams.err(text.append(" sec (elapsed real time)\n\n"));
    }

    private static void total(StringBuilder text, long number, String what) {
        text.append(' ');
        FpingNumbers.appendRight(text, String.valueOf(number), TOTAL_WIDTH);
        text.append(' ').append(what).append('\n');
    }
}
