/**
 * The command {@code watch}: {@code WatchCommand} has its options, {@code WatchRun} runs a monitor, {@code WatchLines} writes what
 * it tells, {@code WatchScreen} shows it at a terminal.
 */
@NullMarked
package io.github.nettyping.cli.watch;

import org.jspecify.annotations.NullMarked;
