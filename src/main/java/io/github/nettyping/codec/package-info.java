/**
 * ICMP messages and the two handlers that turn packets into them and back: header layouts, checksums, what an error
 * quotes of the probe that caused it and what its sender appended, and IPv4 headers for those who send their own.
 *
 * <p>Nothing here keeps state between packets or knows what is in flight; that is the correlation above. No bytes
 * from the network make it throw: what cannot be decoded is a message too, so that it can be counted.
 *
 * <p>Read {@link io.github.nettyping.codec.IcmpMessage} first, for what can arrive; then
 * {@link io.github.nettyping.codec.EchoRequest}, what a probe is on the wire;
 * {@link io.github.nettyping.codec.IcmpDecoder} and {@link io.github.nettyping.codec.IcmpEncoder}; and
 * {@link io.github.nettyping.codec.IcmpError} with {@link io.github.nettyping.codec.Quote} and
 * {@link io.github.nettyping.codec.ExtensionObject} for errors. {@link io.github.nettyping.codec.QueryMessage} is what
 * else can be asked, {@link io.github.nettyping.codec.Ipv4Header} what a raw socket can send before it, and
 * {@link io.github.nettyping.codec.IcmpNames} has the words for all types and codes.
 */
@NullMarked
package io.github.nettyping.codec;

import org.jspecify.annotations.NullMarked;
