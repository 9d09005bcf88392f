package io.github.nettyping.internal.linux.netlink;

import io.github.nettyping.internal.linux.SockAddrs;
import io.github.nettyping.internal.linux.SocketHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A route as the kernel tells it: {@code struct rtmsg} and its attributes. Immutable. rtnetlink(7).
 *
 * @param family       {@code AF_INET} or {@code AF_INET6}
 * @param prefixLength bits of the destination that count, 0 to 32 or 128
 * @param high         bytes 0 to 7 of the destination, as {@code IpAddress} has them
 * @param low          bytes 8 to 15, IPv4 in its mapped form
 * @param sourceLength bits of the source that count; more than 0 for routes of some sources only
 * @param tos          the only type of service it is for, 0 for all
 * @param table        number of its table
 * @param type         {@code RTN_*}
 * @param flags        {@code RTM_F_*}
 * @param metric       the least of several with the same destination wins
 * @param hops         where it leads, none for those that lead nowhere
 */
public record RouteMessage(
        int family,
        int prefixLength,
        long high,
        long low,
        int sourceLength,
        int tos,
        int table,
        int type,
        int flags,
        long metric,
        List<NextHop> hops) {

    /** {@code struct rtmsg}. */
    public static final int HEADER_BYTES = 12;

    public static final int RTM_DST_LEN = 1;
    public static final int RTM_SRC_LEN = 2;
    public static final int RTM_TOS = 3;
    public static final int RTM_TABLE = 4;
    public static final int RTM_TYPE = 7;
    public static final int RTM_FLAGS = 8;

    // struct rtnexthop: unsigned short length, flags, hops, int interface.
    public static final int RTNH_BYTES = 8;
    public static final int RTNH_FLAGS = 2;
    public static final int RTNH_IFINDEX = 4;

    private static final long IPV4_PREFIX = 0xffffL << 32;

    /**
     * A place a route leads to. Immutable.
     *
     * @param interfaceIndex the device it leaves by, 0 if none is told
     * @param flags          {@code RTNH_F_*}
     * @param gateway        whether packets go to somebody else than the destination
     */
    public record NextHop(int interfaceIndex, int flags, boolean gateway) {}

    /** Makes the list of next hops unmodifiable. */
    public RouteMessage {
        hops = List.copyOf(hops);
    }

    /** Reads a route from the bytes {@code begin} to {@code end - 1}; empty if they are malformed. */
    public static Optional<RouteMessage> parse(ByteBuffer bytes, int begin, int end) {
        if (end - begin < HEADER_BYTES) {
            return Optional.empty();
        }
        Reader reader = new Reader(bytes, begin);
        return reader.read(new NetlinkAttributes(bytes, begin + HEADER_BYTES, end));
    }

    /** What was found so far. */
    private static final class Reader {

        private final ByteBuffer bytes;
        private final int begin;
        private final int family;
        private int table;
        private long high;
        private long low;
        private long metric;
        private int interfaceIndex;
        private boolean gateway;
        private boolean apart;
        private List<NextHop> hops = List.of();
        private boolean malformed;

        Reader(ByteBuffer bytes, int begin) {
            this.bytes = bytes;
            this.begin = begin;
            this.family = field(0);
            this.table = field(RTM_TABLE);
            this.low = isIpv4() ? IPV4_PREFIX : 0;
        }

        Optional<RouteMessage> read(NetlinkAttributes attributes) {
            while (attributes.next()) {
                take(attributes);
            }
            int longest = isIpv4() ? Integer.SIZE : 2 * Long.SIZE;
            if (malformed
                    || attributes.isMalformed()
                    || field(RTM_DST_LEN) > longest
                    || (!isIpv4() && family != SocketHeader.AF_INET6)) {
                return Optional.empty();
            }
            int flags = bytes.getInt(begin + RTM_FLAGS);
            // Where next hops are kept apart, what they are is told beside their number, unless
            // net.ipv4.nexthop_compat_mode is off: then nothing is known, and a gateway is the common case.
            gateway |= apart && interfaceIndex == 0 && hops.isEmpty();
            if (hops.isEmpty() && (interfaceIndex != 0 || gateway)) {
                // The flags of the only next hop stand in the route's own: fib_dump_info, rt6_fill_node.
                hops = List.of(new NextHop(interfaceIndex, flags & 0xff, gateway));
            }
            return Optional.of(new RouteMessage(
                    family,
                    field(RTM_DST_LEN),
                    high,
                    low,
                    field(RTM_SRC_LEN),
                    field(RTM_TOS),
                    table,
                    field(RTM_TYPE),
                    flags,
                    metric,
                    hops));
        }

        private void take(NetlinkAttributes attributes) {
            switch (attributes.type()) {
                case RtnetlinkHeader.RTA_DST -> destination(attributes.value(), attributes.length());
                case RtnetlinkHeader.RTA_OIF -> interfaceIndex = attributes.intValue();
                case RtnetlinkHeader.RTA_PRIORITY -> metric = Integer.toUnsignedLong(attributes.intValue());
                case RtnetlinkHeader.RTA_TABLE -> table = attributes.intValue();
                case RtnetlinkHeader.RTA_MULTIPATH -> hops(attributes.value(), attributes.length());
                case RtnetlinkHeader.RTA_NH_ID -> apart = true;
                default -> gateway |= isGateway(attributes);
            }
        }

        private void destination(int at, int length) {
            if (isIpv4() && length == Integer.BYTES) {
                low = IPV4_PREFIX | Integer.toUnsignedLong(SockAddrs.bigEndian(bytes.getInt(at)));
            } else if (!isIpv4() && length == 2 * Long.BYTES) {
                high = SockAddrs.bigEndian(bytes.getLong(at));
                low = SockAddrs.bigEndian(bytes.getLong(at + Long.BYTES));
            } else {
                malformed = true;
            }
        }

        private void hops(int at, int length) {
            List<NextHop> found = new ArrayList<>();
            int next = at;
            int end = at + length;
            while (end - next >= RTNH_BYTES) {
                int size = Short.toUnsignedInt(bytes.getShort(next));
                if (size < RTNH_BYTES || size > end - next) {
                    malformed = true;
                    return;
                }
                NetlinkAttributes attributes = new NetlinkAttributes(bytes, next + RTNH_BYTES, next + size);
                boolean through = false;
                while (attributes.next()) {
                    through |= isGateway(attributes);
                }
                malformed |= attributes.isMalformed();
                found.add(new NextHop(
                        bytes.getInt(next + RTNH_IFINDEX), Byte.toUnsignedInt(bytes.get(next + RTNH_FLAGS)), through));
                next += NetlinkAttributes.align(size);
            }
            malformed |= next < end;
            hops = found;
        }

        private static boolean isGateway(NetlinkAttributes attributes) {
            return switch (attributes.type()) {
                case RtnetlinkHeader.RTA_GATEWAY, RtnetlinkHeader.RTA_VIA, RtnetlinkHeader.RTA_ENCAP -> true;
                default -> false;
            };
        }

        private boolean isIpv4() {
            return family == SocketHeader.AF_INET;
        }

        private int field(int offset) {
            return Byte.toUnsignedInt(bytes.get(begin + offset));
        }
    }
}
