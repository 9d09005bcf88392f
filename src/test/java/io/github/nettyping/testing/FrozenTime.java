package io.github.nettyping.testing;

import io.netty.channel.embedded.EmbeddedChannel;

/** Channels whose time goes on only when a test says so, however busy the machine is. */
public final class FrozenTime {

    private FrozenTime() {}

    /** Returns a channel on whose loop time stands still between two calls of {@code advanceTimeBy}. */
    public static EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        return channel;
    }
}
