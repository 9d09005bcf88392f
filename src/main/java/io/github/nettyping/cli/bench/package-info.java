/**
 * The command {@code bench}.
 *
 * <p>Read {@code BenchCommand} first, its options, then {@code BenchRun} and {@code BenchReport}.
 */
@NullMarked
package io.github.nettyping.cli.bench;

import org.jspecify.annotations.NullMarked;
