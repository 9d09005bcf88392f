/**
 * Round trips and outcomes summed up, in memory that does not grow with their number.
 *
 * <p>Read {@link io.github.nettyping.statistics.PingRecorder} first; {@link io.github.nettyping.statistics.Distribution} is the one
 * notion of a summary.
 */
@NullMarked
package io.github.nettyping.statistics;

import org.jspecify.annotations.NullMarked;
