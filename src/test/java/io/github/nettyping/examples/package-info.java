/** What README and docs quote, compiled and run. */
package io.github.nettyping.examples;
