/**
 * What pings, sweeps, traces and loads share and no user names: a channel with its pipeline for one family, the dispatcher of
 * requests, pacers, and the tasks and futures of an event loop.
 *
 * <p>Read {@code ProbeChannel} first, then {@code Dispatcher} and {@code PingerCore}.
 */
@NullMarked
package io.github.nettyping.internal.engine;

import org.jspecify.annotations.NullMarked;
