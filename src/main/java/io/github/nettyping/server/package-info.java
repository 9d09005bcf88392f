/**
 * The server of {@code serve}: probes that are asked for, targets that are watched, and both told by HTTP, on the event
 * loops that send and receive the probes.
 *
 * <p>Read {@code PingServer} first. What it is to do comes from {@code server.config}, how it speaks is in
 * {@code server.http}, what Prometheus is told in {@code server.exposition}.
 */
@NullMarked
package io.github.nettyping.server;

import org.jspecify.annotations.NullMarked;
