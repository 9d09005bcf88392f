/**
 * The words and lines of ping(8) of iputils, which {@code ping} and {@code trace} print.
 *
 * <p>Read {@code PingLines} first.
 */
@NullMarked
package io.github.nettyping.cli.ping.iputils;

import org.jspecify.annotations.NullMarked;
