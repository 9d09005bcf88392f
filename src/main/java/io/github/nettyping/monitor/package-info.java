/**
 * Watching many hosts for ever.
 *
 * <p>Read {@link io.github.nettyping.monitor.Monitor} first, then {@code MonitorWorker}, which asks the targets of one event
 * loop when {@code DueWheel} says, and {@code History}, which judges what comes of it.
 */
@NullMarked
package io.github.nettyping.monitor;

import org.jspecify.annotations.NullMarked;
