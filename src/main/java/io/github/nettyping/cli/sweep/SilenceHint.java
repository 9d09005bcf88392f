package io.github.nettyping.cli.sweep;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.route.RouteLookup;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** What to look at when nobody answered at all, and no router said why. Stateless. */
final class SilenceHint {

    private SilenceHint() {}

    /** Tells whether there is anything to hint at: verdicts, all of them silence or trouble on this side. */
    static boolean isDue(SweepSummary summary) {
        CorrelatorStatistics.Outcomes outcomes = summary.statistics().outcomes();
        return silent(outcomes) > 0 && silent(outcomes) == outcomes.total();
    }

    private static long silent(CorrelatorStatistics.Outcomes outcomes) {
        return outcomes.timedOut() + outcomes.notSent() + outcomes.droppedLocally();
    }

    /** Returns the hint, one line, for a sweep for which one is due; the source of its probes may be unknown. */
    static String of(SweepSummary summary, SweepOptions options, SweepClues clues, Optional<IpAddress> source) {
        CorrelatorStatistics statistics = summary.statistics();
        CorrelatorStatistics.Outcomes outcomes = statistics.outcomes();
        if (outcomes.notSent() > 0 && clues.notSent().isPresent()) {
            return "no target answered: " + counted(outcomes.notSent(), "target")
                    + " could not be asked, the first for "
                    + reason(clues.notSent().get());
        }
        if (!summary.interfacesLost().isEmpty()) {
            return "no target answered, but the carrier was lost or the MTU changed meanwhile: "
                    + String.join(", ", summary.interfacesLost());
        }
        if (summary.localDrops() > 0 || outcomes.droppedLocally() > 0) {
            return "no target answered, but this host dropped " + counted(summary.localDrops(), "received packet")
                    + ", replies perhaps: raise --rcvbuf or lower --rate (see nettyping doctor)";
        }
        if (statistics.late() > 0) {
            return "no target answered in time, but " + counted(statistics.late(), "reply", "replies")
                    + " came after the last deadline: raise --timeout";
        }
        CorrelatorStatistics.Rejected rejected = statistics.rejected();
        if (rejected.wrongSource() > 0) {
            return "no target answered, but " + counted(rejected.wrongSource(), "authentic reply", "authentic replies")
                    + " came from other addresses: a router translates them, or hosts have several; --any-source accepts"
                    + " them";
        }
        long spoilt = rejected.token() + rejected.checksum() + rejected.malformed();
        if (spoilt > 0) {
            return "no target answered, but " + counted(spoilt, "packet")
                    + " came that are no answers to what was sent: something on the way changes or forges them";
        }
        return silence(options, clues.silent(), source);
    }

    private static String reason(NotSent failed) {
        return failed.cause().map(SystemCallException::getMessage).orElseGet(() -> switch (failed.reason()) {
            case NO_FREE_SLOT -> "want of room: lower --max-in-flight";
            case UNSUPPORTED_OPTION -> "an option its socket does not take: try --socket raw";
            case CHANNEL_CLOSED -> "the socket was closed";
            case REFUSED_BY_KERNEL, WRITE_FAILED -> "an unknown reason";
        });
    }

    private static String silence(SweepOptions options, Optional<IpAddress> target, Optional<IpAddress> source) {
        StringBuilder hint = new StringBuilder("no target answered, and no router said why: a firewall, here or on the"
                + " way, may drop echo requests or replies, or there is no way back to ");
        hint.append(
                source.map(address -> address + ", where the probes came from").orElse("where the probes came from"));
        hint.append("; see ");
        target.ifPresent(address -> hint.append("\"ip route get ")
                .append(address)
                .append(interfaceName(options).map(name -> " oif " + name).orElse(""))
                .append("\", \"nettyping trace ")
                .append(address)
                .append("\" and "));
        return hint.append("\"nettyping doctor\"").toString();
    }

    private static Optional<String> interfaceName(SweepOptions options) {
        return Optional.ofNullable((String) options.sockets().channelOptions().get(IcmpChannelOption.INTERFACE));
    }

    /** Returns the address that a sweep sends from to a target, if the kernel tells. */
    static Optional<IpAddress> sourceTo(IpAddress target, SweepOptions options) {
        InetAddress given = options.sockets().localAddresses().get(target.family());
        if (given != null) {
            return Optional.of(IpAddress.of(given));
        }
        RouteLookup lookup = new RouteLookup(
                interfaceName(options),
                number(options, ChannelOption.IP_TOS),
                number(options, IcmpChannelOption.MARK),
                false);
        try {
            return Optional.of(lookup.find(target).source());
        } catch (SystemCallException e) {
            // There is no route any more, or no UDP here: then the hint has no address.
            return Optional.empty();
        }
    }

    private static OptionalInt number(SweepOptions options, ChannelOption<Integer> option) {
        Object value = options.sockets().channelOptions().get(option);
        return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
    }

    private static String counted(long count, String one) {
        return counted(count, one, one + 's');
    }

    private static String counted(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
