/**
 * What crosses the boundary between an ICMP socket and the pipeline above it: one packet with its metadata, the
 * kinds of socket and how they differ, addresses as plain values.
 *
 * <p>Nothing here knows a system call or a pipeline, so everything above the channel can be run without a socket.
 * Read {@link io.github.nettyping.packet.IcmpPacket} first, then {@link io.github.nettyping.packet.SocketKind}.
 */
@NullMarked
package io.github.nettyping.packet;

import org.jspecify.annotations.NullMarked;
