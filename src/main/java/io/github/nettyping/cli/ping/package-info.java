/**
 * The command {@code ping}.
 *
 * <p>Read {@code PingCommand} first, its options, then {@code PingRun} and {@code IputilsPing}, one host under way.
 */
@NullMarked
package io.github.nettyping.cli.ping;

import org.jspecify.annotations.NullMarked;
