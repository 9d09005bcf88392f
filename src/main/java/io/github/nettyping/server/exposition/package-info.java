/**
 * What is told to Prometheus, by its own client library: numbers of targets, of probes and of this process, in every
 * format that Prometheus asks for.
 *
 * <p>Read {@code Exposition} first.
 */
@NullMarked
package io.github.nettyping.server.exposition;

import org.jspecify.annotations.NullMarked;
