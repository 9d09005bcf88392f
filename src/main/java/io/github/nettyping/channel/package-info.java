/**
 * ICMP sockets as a Netty channel.
 *
 * <p>{@link io.github.nettyping.channel.IcmpChannel} is registered with any event loop of
 * {@code EpollIoHandler} and carries {@link io.github.nettyping.packet.IcmpPacket}s both ways, in batches of up to 64 a
 * system call. {@link io.github.nettyping.channel.SocketPolicy} says which kinds of socket it may be made of,
 * {@link io.github.nettyping.channel.Icmp} whether this machine permits them. Read {@code IcmpChannel} first, then
 * {@code BatchSender} and {@code BatchReceiver}, which hold what happens per packet.
 */
@NullMarked
package io.github.nettyping.channel;

import org.jspecify.annotations.NullMarked;
