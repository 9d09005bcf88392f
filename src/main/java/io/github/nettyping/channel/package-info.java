/**
 * ICMP sockets as a Netty channel.
 *
 * <p>{@link io.github.nettyping.channel.IcmpChannel} is registered with any event loop of {@code EpollIoHandler} and
 * carries {@link io.github.nettyping.packet.IcmpPacket}s both ways, in batches of up to 64 a system call.
 * {@link io.github.nettyping.channel.SocketPolicy} says which kinds of socket it may be made of,
 * {@link io.github.nettyping.channel.Icmp} whether this machine permits them,
 * {@link io.github.nettyping.channel.IcmpChannelOption} what can be set, and
 * {@link io.github.nettyping.channel.IcmpEventLoops} makes event loops for programs that have none.
 *
 * <p>Users read {@code IcmpChannel}, which has an example. To change it, read on with {@code IcmpSockets}: what it is
 * made of; {@code PacketWriter} and {@code PacketReader}: what every errno means; {@code BatchSender} and
 * {@code BatchReceiver}: what happens for each packet.
 */
@NullMarked
package io.github.nettyping.channel;

import org.jspecify.annotations.NullMarked;
