package io.github.nettyping.packet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as a plain value, made for tables of millions: two {@code long}s and a scope, no name,
 * no resolver. Immutable.
 *
 * <p>Both halves hold the 16 bytes of the address in network order, most significant first. An IPv4 address stands
 * in its mapped form {@code ::ffff:a.b.c.d} (RFC 4291, section 2.5.5.2), which is never a valid target of its own,
 * so the two families cannot be confused.
 *
 * @param high    bytes 0 to 7; 0 for IPv4
 * @param low     bytes 8 to 15; {@code 0xffff} and the four bytes of the address for IPv4
 * @param scopeId interface index of a link-local IPv6 address, 0 for none and always for IPv4
 */
public record IpAddress(long high, long low, int scopeId) {

    private static final long IPV4_PREFIX = 0xffffL << 32;

    /**
     * Checks the scope.
     *
     * @throws IllegalArgumentException if {@code scopeId} is negative, or not 0 for IPv4
     */
    public IpAddress {
        if (scopeId < 0 || (scopeId != 0 && isIpv4(high, low))) {
            throw new IllegalArgumentException("scopeId: " + scopeId + " (expected: an interface index, IPv6 only)");
        }
    }

    /**
     * {@return the value of a JDK address; its name, if any, is dropped}
     *
     * @param address any address
     */
    public static IpAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return ofIpv4(ByteBuffer.wrap(bytes).getInt());
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int scope = address instanceof Inet6Address v6 ? v6.getScopeId() : 0;
        return new IpAddress(buffer.getLong(), buffer.getLong(), scope);
    }

    /**
     * {@return an IPv4 address}
     *
     * @param bits the four bytes, most significant first
     */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, ipv4Low(bits), 0);
    }

    /**
     * {@return the lower half of the mapped form of an IPv4 address; its upper half is 0}
     *
     * @param bits the four bytes, most significant first
     */
    public static long ipv4Low(int bits) {
        return IPV4_PREFIX | (bits & 0xffff_ffffL);
    }

    /**
     * {@return whether the two halves of an address are the mapped form of an IPv4 address}
     *
     * @param high bytes 0 to 7
     * @param low  bytes 8 to 15
     */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == IPV4_PREFIX;
    }

    /** {@return the family of this address} */
    public IpFamily family() {
        return IpFamily.of(high, low);
    }

    /**
     * {@return the four bytes of an IPv4 address, most significant byte first}
     *
     * @throws IllegalStateException if this is an IPv6 address
     */
    public int ipv4Bits() {
        if (family() != IpFamily.IPV4) {
            throw new IllegalStateException(this + " is not an IPv4 address");
        }
        return (int) low;
    }

    /** {@return whether the address names a group of hosts: 224.0.0.0/4 or ff00::/8} */
    public boolean isMulticast() {
        return family() == IpFamily.IPV4 ? ((int) low >>> 28) == 0xe : (high >>> 56) == 0xff;
    }

    /** {@return whether the address is a unicast one that holds on one link alone and needs a scope: fe80::/10} */
    public boolean isLinkLocal() {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /** {@return whether the address is the unspecified one, {@code 0.0.0.0} or {@code ::}} */
    public boolean isAnyLocal() {
        return high == 0 && (low == 0 || low == IPV4_PREFIX);
    }

    /** {@return the JDK's form of this address, an {@link Inet4Address} or {@link Inet6Address} without a name} */
    public InetAddress toInetAddress() {
        try {
            if (family() == IpFamily.IPV4) {
                return InetAddress.getByAddress(
                        ByteBuffer.allocate(4).putInt((int) low).array());
            }
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            // Not InetAddress.getByAddress: it knows no scope.
            return scopeId == 0
                    ? Inet6Address.getByAddress(null, bytes, -1)
                    : Inet6Address.getByAddress(null, bytes, scopeId);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are legal lengths", e);
        }
    }

    /** Returns the dotted quad, or the RFC 5952 form with the interface of the scope: {@code fe80::1%eth0}. */
    @Override
    public String toString() {
        return AddressFormat.append(new StringBuilder(39), this).toString();
    }
}
