package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlWriter;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.UnsupportedSendOptionsException;
import java.nio.ByteBuffer;

/**
 * The options of a packet as control messages, and which of them a socket can take. Stateless.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>, ipv6(7), {@code ip_cmsg_send} in
 *     {@code net/ipv4/ip_sockglue.c}, {@code ip6_datagram_send_ctl} in {@code net/ipv6/datagram.c}
 */
final class SendControl {

    private SendControl() {}

    /** Writes the control messages for options that {@link #requireTakenBy} let pass; returns where they end. */
    static int write(SendOptions options, boolean ipv4, ByteBuffer out, int start) {
        int at = start;
        if (options.source().isPresent() || options.interfaceIndex().isPresent()) {
            at = writeSource(options, ipv4, out, at);
        }
        int level = ipv4 ? InHeader.IPPROTO_IP : InHeader.IPPROTO_IPV6;
        if (options.hopLimit().isPresent()) {
            int type = ipv4 ? InHeader.IP_TTL : InHeader.IPV6_HOPLIMIT;
            at = ControlWriter.putInt(out, at, level, type, options.hopLimit().getAsInt());
        }
        if (options.trafficClass().isPresent()) {
            int type = ipv4 ? InHeader.IP_TOS : InHeader.IPV6_TCLASS;
            at = ControlWriter.putInt(
                    out, at, level, type, options.trafficClass().getAsInt());
        }
        if (options.dontFragment()) {
            at = ControlWriter.putInt(out, at, level, InHeader.IPV6_DONTFRAG, 1);
        }
        if (options.flowLabel().isPresent()) {
            at = ControlWriter.putFlowLabel(out, at, options.flowLabel().getAsInt());
        }
        if (options.mark().isPresent()) {
            at = ControlWriter.putInt(
                    out,
                    at,
                    SocketHeader.SOL_SOCKET,
                    SocketHeader.SO_MARK,
                    options.mark().getAsInt());
        }
        return at;
    }

    private static int writeSource(SendOptions options, boolean ipv4, ByteBuffer out, int at) {
        IpAddress source = options.source().orElse(null);
        int index = options.interfaceIndex().orElse(source == null ? 0 : source.scopeId());
        if (ipv4) {
            return ControlWriter.putIpv4Source(out, at, index, source == null ? 0 : source.ipv4Bits());
        }
        return source == null
                ? ControlWriter.putIpv6Source(out, at, index, 0, 0)
                : ControlWriter.putIpv6Source(out, at, index, source.high(), source.low());
    }

    /**
     * Returns normally if packets of a socket can have these options. What the kernel would ignore is refused here;
     * what it refuses itself is left to it.
     *
     * @param headerIncluded whether the packet brings its IPv4 header
     * @throws IllegalArgumentException        if they are for another family, or the packet's header says otherwise
     * @throws UnsupportedSendOptionsException if no control message does it on this kind of socket
     */
    static void requireTakenBy(SocketKind kind, boolean headerIncluded, SendOptions options) {
        options.requireFor(kind.family());
        if (headerIncluded
                && (options.hopLimit().isPresent() || options.trafficClass().isPresent())) {
            throw new IllegalArgumentException(
                    options + " beside an IPv4 header (expected: hopLimit and trafficClass in the header)");
        }
        if (kind == SocketKind.IPV6_DGRAM && options.source().isPresent()) {
            // ping_v6_sendmsg in net/ipv6/ping.c checks IPV6_PKTINFO and then takes the bound address all the same.
            throw new UnsupportedSendOptionsException(
                    options,
                    "IPv6 ping sockets take no source of single packets; bind the channel to it, or use a raw one");
        }
    }
}
