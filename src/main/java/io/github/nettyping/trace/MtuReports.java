package io.github.nettyping.trace;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which routers have told how long packets may be. A router that finds a packet too long has already counted one hop of
 * it, so it is at least one hop nearer than the probe's hop limit. Confined to the event loop.
 */
final class MtuReports {

    /** Type and code of ICMPv4 "fragmentation needed". RFC 792, page 4. */
    private static final int DESTINATION_UNREACHABLE = 3;

    private static final int FRAGMENTATION_NEEDED = 4;

    /** No path narrows so many times; further reports are not kept. */
    private static final int MAX_REPORTS = 64;

    /** A router told an MTU to probes with this hop limit or a higher one. */
    private record Report(Optional<IpAddress> from, int mtu, int hopLimit) {}

    private List<Report> reports = List.of();

    /** Tells whether an error says that the probe was too long. */
    static boolean isTooLong(IcmpError error) {
        return error instanceof PacketTooBigMessage
                || (error.family() == IpFamily.IPV4
                        && error.type() == DESTINATION_UNREACHABLE
                        && error.code() == FRAGMENTATION_NEEDED);
    }

    /** Returns the MTU such an error tells, if it does: old routers do not. */
    static OptionalInt told(IcmpError error) {
        if (error instanceof PacketTooBigMessage message) {
            return message.mtu() > 0 ? OptionalInt.of(message.mtu()) : OptionalInt.empty();
        }
        return error instanceof DestinationUnreachableMessage message ? message.nextHopMtu() : OptionalInt.empty();
    }

    void add(int hopLimit, IcmpError error) {
        OptionalInt mtu = told(error);
        if (mtu.isEmpty()) {
            return;
        }
        if (reports.isEmpty()) {
            reports = new ArrayList<>(1);
        }
        for (int i = 0; i < reports.size(); i++) {
            Report known = reports.get(i);
            if (known.mtu() == mtu.getAsInt() && known.from().equals(error.from())) {
                reports.set(i, new Report(known.from(), known.mtu(), Math.min(known.hopLimit(), hopLimit)));
                return;
            }
        }
        if (reports.size() < MAX_REPORTS) {
            reports.add(new Report(error.from(), mtu.getAsInt(), hopLimit));
        }
    }

    /** Returns the smallest MTU that was told at a hop. */
    OptionalInt toldAt(int number, List<HopRecord> hops, int firstHop) {
        OptionalInt smallest = OptionalInt.empty();
        for (Report report : reports) {
            if (hopOf(report, hops, firstHop) == number) {
                smallest = OptionalInt.of(Math.min(report.mtu(), smallest.orElse(report.mtu())));
            }
        }
        return smallest;
    }

    /** Returns the hop at which the router answers, or else the farthest at which it can be. */
    private static int hopOf(Report report, List<HopRecord> hops, int firstHop) {
        int farthest = report.hopLimit() - 1;
        if (report.from().isPresent()) {
            IpAddress from = report.from().get();
            for (int number = Math.min(farthest, firstHop + hops.size() - 1); number >= firstHop; number--) {
                if (hops.get(number - firstHop).isFrom(from)) {
                    return number;
                }
            }
        }
        return farthest;
    }
}
