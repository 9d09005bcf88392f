/**
 * What crosses the boundary between an ICMP socket and the pipeline above it: one packet with its metadata, the
 * kinds of socket and how they differ, addresses as plain values.
 *
 * <p>Nothing here knows a system call or a pipeline, so everything above the channel can be run without a socket.
 * Read {@link io.github.nettyping.packet.IcmpPacket} first, then {@link io.github.nettyping.packet.SocketKind}, which is
 * one table of what the kernel does for which socket. {@link io.github.nettyping.packet.IpAddress} is two numbers and a
 * scope: {@link io.github.nettyping.packet.IpAddress#of} and {@link io.github.nettyping.packet.IpAddress#toInetAddress}
 * lead from and to {@link java.net.InetAddress}.
 */
@NullMarked
package io.github.nettyping.packet;

import org.jspecify.annotations.NullMarked;
