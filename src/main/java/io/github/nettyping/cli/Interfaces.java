package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The interfaces of this machine. Stateless. */
final class Interfaces {

    private Interfaces() {}

    /** Tells whether an interface has an address. */
    static boolean hasAddress(String name, IpAddress address) {
        InetAddress wanted = address.toInetAddress();
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found != null && found.inetAddresses().anyMatch(wanted::equals);
        } catch (SocketException e) {
            return false;
        }
    }
}
