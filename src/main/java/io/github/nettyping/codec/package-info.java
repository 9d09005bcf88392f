/**
 * ICMP messages and the two handlers that turn packets into them and back: header layouts, checksums, and what an
 * error quotes of the probe that caused it.
 *
 * <p>Nothing here keeps state between packets or knows what is in flight; that is the correlation above. No bytes
 * from the network make it throw: what cannot be decoded is a message too, so that it can be counted.
 *
 * <p>Read {@link io.github.nettyping.codec.IcmpMessage} first, for what can arrive; then
 * {@link io.github.nettyping.codec.EchoRequest}, the one message that is sent;
 * {@link io.github.nettyping.codec.IcmpDecoder} and {@link io.github.nettyping.codec.IcmpEncoder}; and
 * {@link io.github.nettyping.codec.IcmpError} with {@link io.github.nettyping.codec.Quote} for errors.
 */
@NullMarked
package io.github.nettyping.codec;

import org.jspecify.annotations.NullMarked;
