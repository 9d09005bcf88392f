package io.github.nettyping.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An echo request as it left the machine under test, seen from the host that answers it.
 *
 * <p>Valid only during the call of the {@link Behaviour} that gets it, and on its thread: the next packet overwrites
 * it, so that 100,000 of them a second cost no garbage.
 */
public final class ProbePacket {

    private final ByteBuffer bytes;
    private boolean ipv6;
    private int icmpOffset;

    ProbePacket(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Looks at the first bytes of the buffer; false if they are no whole ICMP echo request. */
    boolean parse(int length) {
        bytes.clear().limit(length);
        ipv6 = Packets.isIpv6(bytes);
        if (length < (ipv6 ? Packets.IPV6_HEADER_BYTES : Packets.IPV4_HEADER_BYTES)) {
            return false;
        }
        // IPv4 fragments: "more fragments" or an offset, RFC 791 section 3.1. IPv6: the next header says so.
        if (!ipv6 && (bytes.get(9) != Packets.ICMPV4 || (bytes.getShort(6) & 0x3fff) != 0)) {
            return false;
        }
        icmpOffset = Packets.icmpOffset(bytes);
        return length - icmpOffset >= Packets.ICMP_HEADER_BYTES && bytes.get(icmpOffset) == (byte) (ipv6 ? 128 : 8);
    }

    /**
     * Returns the packet.
     *
     * @return IP header first, from index 0 to the limit, network order; to be read by index only
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Returns the family.
     *
     * @return false for IPv4
     */
    public boolean isIpv6() {
        return ipv6;
    }

    /**
     * Returns the length of the packet.
     *
     * @return bytes, IP header included
     */
    public int length() {
        return bytes.limit();
    }

    /**
     * Returns where the ICMP header starts.
     *
     * @return index in {@link #bytes()}
     */
    public int icmpOffset() {
        return icmpOffset;
    }

    /**
     * Returns the echo identifier.
     *
     * @return 0 to 65,535
     */
    public int identifier() {
        return bytes.getShort(icmpOffset + 4) & 0xffff;
    }

    /**
     * Returns the echo sequence number.
     *
     * @return 0 to 65,535
     */
    public int sequence() {
        return bytes.getShort(icmpOffset + 6) & 0xffff;
    }

    /**
     * Returns the length of the echo data.
     *
     * @return bytes after the 8-byte ICMP header
     */
    public int payloadBytes() {
        return bytes.limit() - icmpOffset - Packets.ICMP_HEADER_BYTES;
    }

    /**
     * Returns IPv4's time to live or IPv6's hop limit as it arrived.
     *
     * @return 0 to 255
     */
    public int hopLimit() {
        return bytes.get(ipv6 ? 7 : 8) & 0xff;
    }

    /**
     * Returns IPv4's type of service or IPv6's traffic class as it arrived.
     *
     * @return 0 to 255
     */
    public int trafficClass() {
        return bytes.getInt(0) >>> (ipv6 ? 20 : 16) & 0xff;
    }

    /**
     * Returns IPv6's flow label.
     *
     * @return 0 to 1,048,575
     */
    public int flowLabel() {
        return bytes.getInt(0) & 0xfffff;
    }

    /**
     * Tells whether routers may not fragment the packet; IPv4 only.
     *
     * @return whether the bit is set
     */
    public boolean isDontFragment() {
        return (bytes.getShort(6) & 0x4000) != 0;
    }

    /**
     * Returns the last 32 bits of the destination without making an object.
     *
     * @return the whole of an IPv4 address, the end of an IPv6 address, first byte highest
     */
    public int destinationBits() {
        return bytes.getInt(ipv6 ? 36 : 16);
    }

    /**
     * Returns who sent the probe.
     *
     * @return a new address
     */
    public InetAddress source() {
        return address(ipv6 ? 8 : 12);
    }

    /**
     * Returns whom the probe was sent to.
     *
     * @return a new address
     */
    public InetAddress destination() {
        return address(ipv6 ? 24 : 16);
    }

    private InetAddress address(int offset) {
        byte[] address = new byte[ipv6 ? 16 : 4];
        bytes.get(offset, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
