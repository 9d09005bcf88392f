package io.github.nettyping.diagnosis;

import io.github.nettyping.packet.IpFamily;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Figures of the kernel that limit how fast one can ping, and how many. A figure is empty if the kernel does not show
 * it; some are shown in the machine's first network namespace only. Immutable.
 *
 * @param receiveBufferMaxBytes {@code net.core.rmem_max}
 * @param sendBufferMaxBytes    {@code net.core.wmem_max}
 * @param ipv4Neighbours        room for IPv4 neighbours
 * @param ipv6Neighbours        room for IPv6 neighbours
 * @param largestLinkAddresses  number of addresses in the largest IPv4 network reached without a router, except
 *                              loopback
 * @param connectionTracking    the connection table, if a firewall keeps state
 * @param icmpRatelimitMillis   {@code net.ipv4.icmp_ratelimit}: least time between two ICMP errors to one host
 * @param icmpMessagesPerSecond {@code net.ipv4.icmp_msgs_per_sec}: most ICMP errors a second, to all hosts together
 */
public record KernelLimits(
        OptionalLong receiveBufferMaxBytes,
        OptionalLong sendBufferMaxBytes,
        NeighbourTable ipv4Neighbours,
        NeighbourTable ipv6Neighbours,
        OptionalLong largestLinkAddresses,
        Optional<ConnectionTracking> connectionTracking,
        OptionalLong icmpRatelimitMillis,
        OptionalLong icmpMessagesPerSecond) {

    /**
     * How many neighbours the kernel remembers. Each family has one table for all network namespaces. Immutable.
     * arp(7).
     *
     * @param threshold1 {@code gc_thresh1}: with no more than this, none is forgotten
     * @param threshold2 {@code gc_thresh2}: what is beyond this is kept for 5 seconds
     * @param threshold3 {@code gc_thresh3}: the most there can be
     */
    public record NeighbourTable(OptionalLong threshold1, OptionalLong threshold2, OptionalLong threshold3) {

        /** A neighbour that does not answer is asked three times, a second apart. {@code mcast_solicit} of arp(7). */
        private static final int UNRESOLVED_SECONDS = 3;

        /**
         * {@return how many silent addresses on a link of this machine can be probed per second} A third of the last
         * threshold. If more are probed, the table fills up, and other programs get no neighbours either.
         */
        public OptionalLong unansweredPerSecond() {
            return threshold3.isPresent()
                    ? OptionalLong.of(threshold3.getAsLong() / UNRESOLVED_SECONDS)
                    : OptionalLong.empty();
        }

        /**
         * Reads the limits that the network namespace of the calling thread shows.
         *
         * @param family which table
         * @return the limits; all empty unless it is the machine's first namespace
         */
        public static NeighbourTable ofThisMachine(IpFamily family) {
            return read(new Machine(Path.of("/")), family == IpFamily.IPV4 ? "ipv4" : "ipv6");
        }

        private static NeighbourTable read(Machine machine, String family) {
            String prefix = "/proc/sys/net/" + family + "/neigh/default/gc_thresh";
            return new NeighbourTable(
                    machine.number(prefix + 1), machine.number(prefix + 2), machine.number(prefix + 3));
        }
    }

    /**
     * The table of connections. Each address that is probed takes a place in it for half a minute. Immutable.
     *
     * @param count {@code nf_conntrack_count}
     * @param max   {@code nf_conntrack_max}; when it is reached, sends fail with {@code EPERM}
     */
    public record ConnectionTracking(long count, long max) {

        /** {@return whether nine tenths are in use: sends fail, or soon will} */
        public boolean isNearlyFull() {
            return count >= max - max / 10;
        }
    }

    static KernelLimits read(Machine machine) {
        OptionalLong count = machine.number("/proc/sys/net/netfilter/nf_conntrack_count");
        OptionalLong max = machine.number("/proc/sys/net/netfilter/nf_conntrack_max");
        return new KernelLimits(
                machine.number("/proc/sys/net/core/rmem_max"),
                machine.number("/proc/sys/net/core/wmem_max"),
                NeighbourTable.read(machine, "ipv4"),
                NeighbourTable.read(machine, "ipv6"),
                largestLink(machine),
                count.isPresent() && max.isPresent()
                        ? Optional.of(new ConnectionTracking(count.getAsLong(), max.getAsLong()))
                        : Optional.empty(),
                machine.number("/proc/sys/net/ipv4/icmp_ratelimit"),
                machine.number("/proc/sys/net/ipv4/icmp_msgs_per_sec"));
    }

    // The columns: Iface Destination Gateway Flags RefCnt Use Metric Mask ...; addresses in hexadecimal.
    // proc_pid_net(5).
    private static OptionalLong largestLink(Machine machine) {
        return machine.lines("/proc/thread-self/net/route")
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length >= 8 && words[2].equals("00000000") && !words[0].equals("lo"))
                .mapToLong(words -> 1L << (Integer.SIZE - Integer.bitCount(Integer.parseUnsignedInt(words[7], 16))))
                .max();
    }
}
