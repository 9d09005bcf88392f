/**
 * ICMP sockets as a Netty channel.
 *
 * <p>{@link io.github.nettyping.channel.IcmpChannel} is registered with any event loop of
 * {@code EpollIoHandler} and carries {@link io.github.nettyping.packet.IcmpPacket}s both ways, in batches of up to 64 a
 * system call. {@link io.github.nettyping.channel.SocketPolicy} says which kinds of socket it may be made of,
 * {@link io.github.nettyping.channel.Icmp} whether this machine permits them,
 * {@link io.github.nettyping.channel.IcmpChannelOption} what can be set, and
 * {@link io.github.nettyping.channel.IcmpEventLoops} makes event loops for those who have none.
 *
 * <p>Users read {@code IcmpChannel}, which has an example. Those who change it go on with {@code IcmpSockets}, for what it
 * is made of; {@code PacketWriter} and {@code PacketReader}, for what every errno means; and {@code BatchSender} and
 * {@code BatchReceiver}, which hold what happens per packet.
 */
@NullMarked
package io.github.nettyping.channel;

import org.jspecify.annotations.NullMarked;
