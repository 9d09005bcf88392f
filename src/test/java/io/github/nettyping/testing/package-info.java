/**
 * The network laboratory of the integration tests: hosts in network namespaces, and hosts that answer by script.
 *
 * <p>Whatever a test sends goes to loopback or to an address inside a
 * {@link io.github.nettyping.testing.Namespace} that the test made itself. A namespace has no way out: it is born
 * with a loopback device only, a {@link io.github.nettyping.testing.Link} joins it to another namespace and never to
 * the machine, and a {@link io.github.nettyping.testing.TunResponder} ends in this process.
 *
 * <pre>{@code
 * @RequiresTun
 * class MyIT {
 *     @Test void routerThatReportsTheHostUnreachable() throws Exception {
 *         try (Namespace lab = Namespace.create()) {
 *             TunResponder.open(lab, IcmpError.unreachable(1, address("198.51.100.254")), "198.51.100.0/24");
 *             lab.call(() -> openTheSocket());   // keeps its namespace on every thread that uses it later
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>{@link io.github.nettyping.testing.Packets} is the oracle: it builds and sums packets without the code under
 * test; {@link io.github.nettyping.testing.Wire} sees packets as they are on the wire;
 * {@link io.github.nettyping.testing.RouterChain} is a path to trace. Read {@link io.github.nettyping.testing.Namespace} first.
 */
@NullMarked
package io.github.nettyping.testing;

import org.jspecify.annotations.NullMarked;
