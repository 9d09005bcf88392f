package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;

/**
 * An ICMP message that this package does not read further, such as a router advertisement. {@link IcmpNames} has words
 * for its type and code. Immutable.
 *
 * @param family the version of ICMP
 * @param type   ICMP type, 0 to 255
 * @param code   ICMP code, 0 to 255
 * @param from   who sent it
 */
public record OtherMessage(IpFamily family, int type, int code, IpAddress from) implements IcmpMessage, Uncounted {}
