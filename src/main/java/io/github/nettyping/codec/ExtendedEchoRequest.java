package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;

/**
 * A request to a node, the proxy, for the state of one of its interfaces or of a neighbour's: what the tool PROBE sends.
 * Nodes answer only where somebody has enabled it; Linux by {@code net.ipv4.icmp_echo_enable_probe}. Immutable.
 *
 * <p>Raw sockets can send it, and since Linux 5.13 ping sockets, which replace the identifier.
 *
 * @param peer           destination of a message to be sent, source of a received one
 * @param identifier     0 to 65535
 * @param sequence       0 to 255
 * @param local          whether the interface is one of the proxy itself; otherwise one of its neighbours', which must be
 *                       identified by address
 * @param interfaceAsked the interface asked about
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8335#section-2">RFC 8335, section 2</a>
 */
public record ExtendedEchoRequest(
        IpAddress peer, int identifier, int sequence, boolean local, InterfaceIdentification interfaceAsked)
        implements QueryMessage {

    /** The lowest bit of the last header byte: {@code local}. */
    static final int LOCAL = 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public ExtendedEchoRequest {
        Ranges.require("identifier", identifier, 0, Fields.MAX_16_BITS);
        Ranges.require("sequence", sequence, 0, Fields.MAX_8_BITS);
    }
}
