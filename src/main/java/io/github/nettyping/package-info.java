/** A high-volume ICMP pinger for the JVM on Linux. */
@NullMarked
package io.github.nettyping;

import org.jspecify.annotations.NullMarked;
