package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.codec.Ipv4Option;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.RouteOption;
import io.github.nettyping.codec.TimeOfDay;
import io.github.nettyping.codec.TimestampOption;
import io.github.nettyping.packet.IpAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What ping(8) of iputils says of the options in the IPv4 header of a reply, behind its line. One for each host, because a
 * route is told once as long as it stays the same. Padding is not told: ping sockets leave it out. Confined to one thread.
 */
public final class HeaderOptionLines {

    private static final int ROUTER_ALERT = 148;

    private final String lead;
    private List<IpAddress> route = List.of();

    /** {@code lead} stands before each line. */
    public HeaderOptionLines(String lead) {
        this.lead = lead;
    }

    /** Returns the line of a reply with what its header says. */
    public PingLine append(PingLine reply, Ipv4Options options) {
        PingLine line = reply;
        for (Ipv4Option option : options.list()) {
            if (option instanceof RouteOption found) {
                line = route(line, found);
            } else if (option instanceof TimestampOption found) {
                line = times(line, found);
            } else if (option instanceof Ipv4Option.RouterAlert) {
                line = line.and(unknown(ROUTER_ALERT));
            } else if (option instanceof Ipv4Option.Other other) {
                line = line.and(unknown(other.type()));
            }
        }
        return line;
    }

    private String newLine(String text) {
        return '\n' + lead + text;
    }

    private String unknown(int type) {
        return newLine("unknown option " + Integer.toHexString(type));
    }

    private PingLine route(PingLine line, RouteOption option) {
        if (option.kind() != RouteOption.Kind.RECORD) {
            String name = option.kind() == RouteOption.Kind.STRICT_SOURCE ? "SSRR: " : "LSRR: ";
            return hosts(line.and(newLine(name)), option.addresses());
        }
        List<IpAddress> recorded = option.recorded();
        if (recorded.isEmpty()) {
            return line;
        }
        if (recorded.equals(route)) {
            return line.and("\t(same route)");
        }
        route = List.copyOf(recorded);
        return hosts(line.and(newLine("RR: ")), recorded);
    }

    private PingLine hosts(PingLine line, List<IpAddress> hosts) {
        PingLine longer = line;
        for (Iterator<IpAddress> each = hosts.iterator(); each.hasNext(); ) {
            longer = longer.and("\t").andNaming(each.next(), each.hasNext() ? newLine("") : "\n");
        }
        return longer;
    }

    private PingLine times(PingLine line, TimestampOption option) {
        List<TimestampOption.Entry> recorded = option.recorded();
        if (recorded.isEmpty()) {
            return line;
        }
        PingLine longer = line.and(newLine("TS: "));
        Clocks clocks = new Clocks();
        for (Iterator<TimestampOption.Entry> each = recorded.iterator(); each.hasNext(); ) {
            TimestampOption.Entry entry = each.next();
            Optional<IpAddress> address = entry.address();
            if (address.isPresent()) {
                longer = longer.and("\t").andNaming(address.get(), "");
            }
            longer = longer.and('\t' + clocks.text(entry.time())).and(each.hasNext() ? newLine("") : "\n");
        }
        return option.overflow() == 0 ? longer : longer.and(lead + "Unrecorded hops: " + option.overflow() + '\n');
    }

    /** Times after the first of their kind stand as what they are later than the one before. */
    private static final class Clocks {

        private int standard;
        private int other;

        String text(TimeOfDay time) {
            int value = time.bits() & Integer.MAX_VALUE;
            if (time.isStandard()) {
                String text = standard == 0 ? value + " absolute" : String.valueOf((long) value - standard);
                standard = value;
                return text;
            }
            String text = (other == 0 ? value + " absolute" : String.valueOf((long) value - other)) + " not-standard";
            other = value;
            return text;
        }
    }
}
