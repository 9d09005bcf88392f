package io.github.nettyping.testing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A router or host that reports an error instead of a reply. Immutable; safe for use by many threads.
 *
 * <p>It quotes what the RFCs of its family make sure of: IPv4's 28 bytes (header and 8, RFC 792), for IPv6 as much as
 * fits into 1,280 (RFC 4443). {@link #quoting(int)} changes that.
 */
public final class IcmpError implements Behaviour {

    private final int type;
    private final int code;
    private final InetAddress from;
    private final byte[] address;
    private final int rest;
    private final ErrorQuote quote;
    private final boolean badChecksum;

    private IcmpError(int type, int code, InetAddress from, int rest, ErrorQuote quote, boolean badChecksum) {
        this.type = type;
        this.code = code;
        this.from = from;
        this.address = from.getAddress();
        this.rest = rest;
        this.quote = quote;
        this.badChecksum = badChecksum;
    }

    /**
     * Returns any error, or other message that quotes a probe, such as a redirect.
     *
     * @param type ICMP type, 0 to 255
     * @param code ICMP code, 0 to 255
     * @param from who reports it; of the family of the probes it will answer
     * @return the behaviour
     */
    public static IcmpError of(int type, int code, InetAddress from) {
        return new IcmpError(type, code, from, 0, ErrorQuote.USUAL, false);
    }

    /**
     * Returns "destination unreachable": type 3, or 1 for IPv6.
     *
     * @param code such as 1, host (IPv4), or 3, address (IPv6)
     * @param from who reports it
     * @return the behaviour
     */
    public static IcmpError unreachable(int code, InetAddress from) {
        return of(isIpv6(from) ? 1 : 3, code, from);
    }

    /**
     * Returns "time to live exceeded in transit": type 11, or 3 for IPv6.
     *
     * @param from who reports it
     * @return the behaviour
     */
    public static IcmpError timeExceeded(InetAddress from) {
        return of(isIpv6(from) ? 3 : 11, 0, from);
    }

    /**
     * Returns "fragmentation needed" (type 3, code 4, RFC 1191), or IPv6's "packet too big" (type 2).
     *
     * @param mtu  of the next hop, in bytes; 0 as old routers say
     * @param from who reports it
     * @return the behaviour
     */
    public static IcmpError fragmentationNeeded(int mtu, InetAddress from) {
        return (isIpv6(from) ? of(2, 0, from) : of(3, 4, from)).rest(mtu);
    }

    /**
     * Returns this error with other bytes 4 to 7 of its header (MTU, gateway, pointer; else 0).
     *
     * @param bits first byte highest
     * @return a copy
     */
    public IcmpError rest(int bits) {
        return new IcmpError(type, code, from, bits, quote, badChecksum);
    }

    /**
     * Returns this error with a quote of another length.
     *
     * @param bytes of the probe, IP header included; less than a header too; what exceeds the probe is left out
     * @return a copy
     */
    public IcmpError quoting(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
        return quoting(quote.bytes(bytes));
    }

    /**
     * Returns this error with a quote of no probe ever sent.
     *
     * @param what is wrong about it; the quote must reach so far
     * @return a copy
     */
    public IcmpError forging(Forgery what) {
        return quoting(quote.forging(what));
    }

    /**
     * Returns this error with 8 bytes of IP options in the quoted header, as {@link Replies#withIpOptions}; the probe had
     * none. The usual quote is 8 bytes longer.
     *
     * @return a copy
     */
    public IcmpError quotingOptions() {
        return quoting(quote.withOptions());
    }

    /**
     * Returns this error with an extension structure (RFC 4884) behind the quote, which is padded with zeros to 128 bytes
     * or more; the header tells where.
     *
     * @param structure such as {@link ExtensionStructure#of}; an error of a type that has none carries it all the same
     * @return a copy
     */
    public IcmpError extended(byte... structure) {
        return quoting(quote.extended(structure));
    }

    private IcmpError quoting(ErrorQuote what) {
        return new IcmpError(type, code, from, rest, what, badChecksum);
    }

    /**
     * Returns this error with a wrong ICMP checksum, which only a raw IPv4 socket gets to see.
     *
     * @return a copy
     */
    public IcmpError withBadChecksum() {
        return new IcmpError(type, code, from, rest, quote, true);
    }

    @Override
    public void answer(ProbePacket probe, Answers answers) {
        boolean ipv6 = probe.isIpv6();
        if (ipv6 != isIpv6(from)) {
            throw new IllegalArgumentException("from: " + from + " (expected: the probe's family)");
        }
        int icmp = ipv6 ? Packets.IPV6_HEADER_BYTES : Packets.IPV4_HEADER_BYTES;
        ByteBuffer error = answers.buffer();
        int quoted = quote.write(probe, error, icmp + Packets.ICMP_HEADER_BYTES);
        Packets.putHeader(error, ipv6);
        error.put(ipv6 ? 8 : 12, address);
        error.put(ipv6 ? 24 : 16, probe.bytes(), ipv6 ? 8 : 12, address.length);
        error.put(icmp, (byte) type).put(icmp + 1, (byte) code);
        error.putInt(icmp + 4, rest | quote.lengthField(probe, quoted));
        Packets.finish(error);
        if (badChecksum) {
            error.putShort(icmp + 2, (short) ~error.getShort(icmp + 2));
        }
        answers.send(error);
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
