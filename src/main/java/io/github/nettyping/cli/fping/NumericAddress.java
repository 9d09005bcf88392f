package io.github.nettyping.cli.fping;

import io.github.nettyping.packet.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses that are written as such, as the C library reads them. Stateless. */
final class NumericAddress {

    private NumericAddress() {}

    /** Returns the address of either family: inet_aton(3), or RFC 4291, section 2.2, with a scope. */
    static Optional<IpAddress> of(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : inetAton(text);
    }

    /** Returns an IPv4 address of four decimal numbers without leading zeros, as inet_pton(3). */
    static Optional<IpAddress> dottedQuad(String text) {
        int bits = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int begin = at;
            int value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - begin < 4) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean wellFormed = at > begin && value < 256 && (at == begin + 1 || text.charAt(begin) != '0');
            boolean delimited = part == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (!wellFormed || !delimited) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
            at++;
        }
        return Optional.of(IpAddress.ofIpv4(bits));
    }

    /** One to four numbers, decimal, octal or hexadecimal; the last one fills what the others leave. */
    private static Optional<IpAddress> inetAton(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long limit = last ? 1L << (8 * (4 - i)) : 256;
            long value = part(parts[i]);
            if (value < 0 || value >= limit) {
                return Optional.empty();
            }
            bits |= last ? value : value << (8 * (3 - i));
        }
        return Optional.of(IpAddress.ofIpv4((int) bits));
    }

    private static long part(String text) {
        boolean wellFormed = !text.isEmpty() && text.length() <= 12 && text.charAt(0) >= '0' && text.charAt(0) <= '9';
        if (!wellFormed || text.equalsIgnoreCase("0x")) {
            return -1;
        }
        return FpingNumbers.unsignedLong(text, true).orElse(-1);
    }

    /** Returns an IPv6 address, perhaps with a scope of this machine. */
    static Optional<IpAddress> ipv6(String text) {
        // With a colon it is no name, so nobody is asked.
        if (text.indexOf(':') < 0 || text.startsWith("[")) {
            return Optional.empty();
        }
        int percent = text.indexOf('%');
        try {
            // Without the scope, for which the JDK wants an address of the interface.
            InetAddress address = InetAddress.getByName(percent < 0 ? text : text.substring(0, percent));
            if (!(address instanceof Inet6Address)) {
                return Optional.empty();
            }
            IpAddress bare = IpAddress.of(address);
            int scope = percent < 0 ? 0 : scope(text.substring(percent + 1), hasNamedScope(bare));
            return scope < 0 ? Optional.empty() : Optional.of(new IpAddress(bare.high(), bare.low(), scope));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Of other addresses the C library takes numbers only. */
    private static boolean hasNamedScope(IpAddress address) {
        int firstTwo = (int) (address.high() >>> 48);
        boolean linkLocalGroup = (firstTwo & 0xff0f) == 0xff02;
        return address.isLinkLocal() || linkLocalGroup;
    }

    /** Returns the index of an interface that is given by number or, if {@code named}, by name; -1 if there is none. */
    private static int scope(String text, boolean named) {
        try {
            NetworkInterface found = !named || text.isEmpty() ? null : NetworkInterface.getByName(text);
            if (found != null) {
                return found.getIndex();
            }
        } catch (SocketException e) {
            return -1;
        }
        long number = FpingNumbers.unsignedLong(text, false).orElse(-1);
        return number > 0 && number <= Integer.MAX_VALUE ? (int) number : -1;
    }
}
