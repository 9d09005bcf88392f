package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is printed in the course of a run, as lines for people or as JSON. Confined to the event loop. */
abstract class FpingReport {

    final FpingOptions options;
    final FpingStreams streams;
    final List<FpingHost> hosts;

    private final FpingNetdata netdata;
    private @Nullable DateTimeFormatter format;

    FpingReport(FpingOptions options, FpingStreams streams, List<FpingHost> hosts) {
        this.options = options;
        this.streams = streams;
        this.hosts = hosts;
        this.netdata = new FpingNetdata(options, streams, hosts);
    }

    static FpingReport of(FpingOptions options, FpingStreams streams, List<FpingHost> hosts) {
        return options.json
                ? new FpingJson(options, streams, hosts)
                : new FpingText(options, streams, hosts, width(hosts));
    }

    /** Returns how many bytes the longest name has. */
    private static int width(List<FpingHost> hosts) {
        int width = 0;
        for (FpingHost host : hosts) {
            width = Math.max(width, host.label.length());
        }
        return width;
    }

    /** A target has answered. */
    final void reply(FpingHost host, FpingProbes.Reply reply) {
        if (options.verbose || options.showAlive || options.perProbe) {
            if (reply.from() != null) {
                streams.err(" [<- " + AddressText.of(reply.from()) + ']');
            }
            StringBuilder line = new StringBuilder(96);
            appendReply(line, host, reply);
            streams.out(line.append('\n'));
        }
    }

    abstract void appendReply(StringBuilder line, FpingHost host, FpingProbes.Reply reply);

    /** A probe has not been answered in time. */
    final void timeout(FpingHost host, long index, long wallNanos) {
        if (options.perProbe) {
            StringBuilder line = new StringBuilder(96);
            appendTimeout(line, host, index, wallNanos);
            streams.out(line.append('\n'));
        }
    }

    abstract void appendTimeout(StringBuilder line, FpingHost host, long index, long wallNanos);

    /** A target that is asked until it answers has answered again. */
    final void duplicate(FpingHost host, FpingProbes.Reply reply) {
        StringBuilder line = new StringBuilder(96);
        line.append(host.label).append(" : duplicate for [").append(reply.index());
        line.append("], ").append(reply.icmpBytes()).append(" bytes, ");
        FpingNumbers.appendMillis(line, reply.rttNanos());
        line.append(" ms");
        if (reply.from() != null) {
            line.append(" [<- ").append(AddressText.of(reply.from())).append(']');
        }
        streams.err(line.append('\n'));
    }

    final void error(IcmpError error, FpingHost host) {
        if (!options.quiet) {
            streams.err(FpingErrors.line(error, host.label));
        }
    }

    /** This machine did not send a probe. */
    final void notSent(FpingHost host, String reason) {
        if (options.verbose && !options.quiet) {
            streams.err(host.label + ": error while sending ping: " + reason + '\n');
        }
    }

    /** Prints the figures of all targets since the last time, because it is due. */
    final void interval() {
        if (options.netdata) {
            netdata.print();
        } else {
            snapshot();
        }
    }

    /** Prints the same because it was asked for. */
    abstract void snapshot();

    /** Prints the figures of all targets. */
    abstract void summary();

    /** Prints those that did not answer. */
    final void unreachable() {
        if (!options.verbose && !options.showUnreachable) {
            return;
        }
        for (FpingHost host : hosts) {
            if (host.all.received == 0) {
                streams.out(host.label + (options.verbose ? " is unreachable\n" : "\n"));
            }
        }
    }

    abstract void totals(FpingTotals totals);

    final void reachable(long reachable) {
        String verdict = reachable >= options.minReachable ? "Enough" : "Not enough";
        streams.out(
                verdict + " hosts reachable (required: " + options.minReachable + ", reachable: " + reachable + ")\n");
    }

    // What both have in common.

    /** Returns how long a target was silent, in milliseconds. */
    final long outageMillis(FpingHost.Figures figures) {
        return (long) ((figures.sent - figures.received) * (double) options.periodNanos / 1e6);
    }

    final void clearInterval(FpingHost host) {
        if (!options.cumulative) {
            host.clearInterval();
        }
    }

    static ZonedDateTime local(long wallNanos) {
        return Instant.ofEpochSecond(0, wallNanos).atZone(ZoneId.systemDefault());
    }

    /** Returns milliseconds since midnight, as in an ICMP timestamp. */
    static long timeOfDay(long wallNanos) {
        return Math.floorMod(wallNanos / 1_000_000, 86_400_000L);
    }

    /** Appends the time of a line. */
    final void appendTime(StringBuilder line, long wallNanos) {
        if (options.timeFormat == FpingOptions.TimeFormat.SECONDS) {
            FpingNumbers.appendSeconds(line, wallNanos);
            return;
        }
        DateTimeFormatter used = format;
        if (used == null) {
            used = DateTimeFormatter.ofPattern(pattern(options.timeFormat), Locale.ENGLISH);
            format = used;
        }
        used.formatTo(local(wallNanos), line);
    }

    private static String pattern(FpingOptions.TimeFormat format) {
        return switch (format) {
            case SECONDS -> "";
            case CTIME -> "EEE MMM ppd HH:mm:ss yyyy";
            case ISO -> "yyyy-MM-dd'T'HH:mm:ssxx";
            case RFC3339 -> "yyyy-MM-dd HH:mm:ss";
        };
    }

    /** Returns where an answer came to, as far as the options say so. */
    final String replyDestination(FpingHost host) {
        boolean four = host.address.family() == IpFamily.IPV4;
        Optional<IpAddress> source = Optional.ofNullable(four ? options.source4 : options.source6);
        return source.map(AddressText::of).orElse(four ? "unknown" : "not supported");
    }
}
