package io.github.nettyping.correlation;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * The identifier of a channel's echo requests: a given one, or the port the channel is bound to, which is how sockets
 * call it. Confined to the channel's event loop.
 */
final class Identifier {

    private final Channel channel;
    private int value;

    /** Makes a given identifier, or, if it is 0, one to be asked of the channel. */
    Identifier(Channel channel, int given) {
        this.channel = channel;
        this.value = given;
    }

    /** Returns the identifier, 0 as long as the channel is not bound. */
    int value() {
        if (value == 0 && channel.localAddress() instanceof InetSocketAddress address) {
            value = address.getPort();
        }
        return value;
    }
}
