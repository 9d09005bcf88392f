/**
 * Turns what {@code bench/run.sh} measured into {@code docs/benchmarks.md} and its pictures. Begin with {@code Report}.
 * Needs nothing but the JDK.
 */
package io.github.nettyping.bench.report;
