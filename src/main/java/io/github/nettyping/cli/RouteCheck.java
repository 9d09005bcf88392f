package io.github.nettyping.cli;

import io.github.nettyping.packet.IpFamily;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/**
 * Asks the kernel for a route by connecting a UDP socket, which sends nothing: ping(8) of iputils does so before its first
 * line. Stateless.
 */
final class RouteCheck {

    /** Any. */
    private static final int PORT = 1_025;

    private RouteCheck() {}

    /** Returns why an address cannot be reached from this machine, in the words of strerror(3), if it is known. */
    static Optional<String> refusal(InetAddress address) {
        boolean linkLocal = address instanceof Inet6Address && address.isLinkLocalAddress();
        if (linkLocal) {
            // iputils does not ask either: without a scope the answer would be EINVAL.
            return Optional.empty();
        }
        try (DatagramChannel channel = open(address)) {
            return refusal(channel, address);
        } catch (IOException | UnsupportedOperationException e) {
            // No UDP here, or no such family in this JVM. Then sending tells.
            return Optional.empty();
        }
    }

    private static DatagramChannel open(InetAddress address) throws IOException {
        return DatagramChannel.open(
                IpFamily.of(address) == IpFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    }

    private static Optional<String> refusal(DatagramChannel channel, InetAddress address) {
        try {
            channel.connect(new InetSocketAddress(address, PORT));
            return Optional.empty();
        } catch (IOException e) {
            // The JDK has the words from the C library.
            return Optional.of(
                    e instanceof NoRouteToHostException ? "No route to host" : String.valueOf(e.getMessage()));
        }
    }
}
