package io.github.nettyping.internal.route;

import io.github.nettyping.packet.IpAddress;

/**
 * A directly connected network whose hosts take places in the kernel's neighbour table when they are asked. Immutable.
 *
 * @param interfaceName the interface that leads to it
 * @param prefix        its first address
 * @param prefixLength  how many bits of it count, 0 to 32 or 128
 * @param targets       how many targets lie on it, 1 or more
 */
public record OnLinkNetwork(String interfaceName, IpAddress prefix, int prefixLength, long targets) {

    /** Returns interface and prefix: {@code eth0 192.0.2.0/24}. */
    @Override
    public String toString() {
        return interfaceName + ' ' + prefix + '/' + prefixLength;
    }
}
