package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;

/**
 * An ICMP message that has nothing to do with pinging, such as a timestamp request or a router advertisement.
 * Immutable.
 *
 * @param family the version of ICMP
 * @param type   ICMP type, 0 to 255
 * @param code   ICMP code, 0 to 255
 * @param from   who sent it
 */
public record OtherMessage(IpFamily family, int type, int code, IpAddress from) implements IcmpMessage, Uncounted {}
