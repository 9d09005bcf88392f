package io.github.nettyping.cli.ping;

import io.github.nettyping.cli.ping.iputils.IputilsWords;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks the kernel for the way to hosts before anything is sent, as ping(8) of iputils does. Immutable.
 */
record PingRoutes(PingPacketSettings packets) {

    private static final String BROADCAST_QUESTION =
            "Do you want to ping broadcast? Then -b. If not, check your local firewall rules";

    private static final String BROADCAST_WARNING = "WARNING: pinging broadcast address";

    PingRoute to(IpAddress address) {
        boolean group = isGroup(address);
        Optional<IpAddress> given = packets.source(address.family());
        if (given.isPresent()) {
            // It does not ask then: what is wrong with the way, each probe tells.
            return PingRoute.from(given.get(), group);
        }
        try {
            return PingRoute.from(packets.lookup(false).find(address).source(), group);
        } catch (SystemCallException e) {
            return e.errno() == Errno.EACCES ? toBroadcast(address, group) : refused(e, address, group);
        }
    }

    /** Broadcast addresses of IPv4 cannot be told from others but by the routes. */
    private boolean isGroup(IpAddress address) {
        return address.isMulticast() || (packets.broadcast() && address.family() == IpFamily.IPV4);
    }

    private PingRoute toBroadcast(IpAddress address, boolean group) {
        if (!packets.broadcast()) {
            return PingRoute.barred(BROADCAST_QUESTION);
        }
        try {
            return PingRoute.from(packets.lookup(true).find(address).source(), group)
                    .warning(BROADCAST_WARNING);
        } catch (SystemCallException e) {
            return refused(e, address, group).warning(BROADCAST_WARNING);
        }
    }

    private PingRoute refused(SystemCallException e, IpAddress address, boolean group) {
        if (e.errno() == Errno.ENODEV && packets.interfaceName().isPresent()) {
            String name = packets.interfaceName().get();
            return PingRoute.barred(
                    address.family() == IpFamily.IPV4
                            ? "SO_BINDTODEVICE " + name + ": No such device"
                            : "unknown iface: " + name);
        }
        // Without UDP, sending tells; and of link-local addresses the answer is no use, nor does ping(8) ask.
        return e.errno() == Errno.EAFNOSUPPORT || address.isLinkLocal()
                ? PingRoute.unknown(group)
                : PingRoute.refused("connect: " + IputilsWords.of(e), group);
    }

    static boolean hasAddress(String name, IpAddress address) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found != null && found.inetAddresses().anyMatch(address.toInetAddress()::equals);
        } catch (SocketException e) {
            return false;
        }
    }

    /** Returns how long a packet to an address may be, IP header included, as far as it is known now. */
    OptionalInt mtuBytes(IpAddress address) {
        try {
            return OptionalInt.of(
                    packets.lookup(packets.broadcast()).find(address).mtuBytes());
        } catch (SystemCallException e) {
            // The route has gone meanwhile.
            return OptionalInt.empty();
        }
    }
}
