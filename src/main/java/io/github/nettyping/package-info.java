/**
 * Pinging made of the parts below: what to ask for, what comes of it, how fast.
 *
 * <p>{@link io.github.nettyping.Sweep} asks which hosts of a set answer; read it first. Those who want probes in a
 * pipeline of their own begin with {@link io.github.nettyping.channel.IcmpChannel} and
 * {@link io.github.nettyping.correlation.ProbeCorrelator} instead.
 */
@NullMarked
package io.github.nettyping;

import org.jspecify.annotations.NullMarked;
