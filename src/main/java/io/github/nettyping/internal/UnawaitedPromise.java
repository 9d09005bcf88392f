package io.github.nettyping.internal;

import io.netty.channel.ChannelPromise;

/**
 * The promise of writes that nobody waits for. It is {@linkplain #isVoid() void}, takes no listeners and is never settled, so
 * one object serves any number of writes, also at the same time. Confined to the channel's event loop.
 *
 * <p>What became of a packet is told to the packet's own listener. Only a failure before the packet was queued goes to
 * {@link #tryFailure}, during the call that writes it. That is why the channel may put packets of many such writes into one
 * entry of its outbound buffer, with the promise of any of them.
 *
 * <p>Netty's own void promise is none of these: it may tell the pipeline of a failure, so it must learn of that of its
 * packet.
 */
public interface UnawaitedPromise extends ChannelPromise {}
