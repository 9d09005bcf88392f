package io.github.nettyping.channel;

import io.netty.channel.ChannelException;

/**
 * No ICMP socket of the wanted kind can be opened here. The message says for each kind what was refused and what helps;
 * the cause is the refusal of the preferred one. Immutable.
 */
public final class IcmpUnavailableException extends ChannelException {

    private static final long serialVersionUID = 1L;

    IcmpUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
