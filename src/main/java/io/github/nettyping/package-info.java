/**
 * Pinging from a program on Linux: one host, a host again and again, or all hosts of a network.
 *
 * <pre>{@code
 * try (Pinger pinger = Pinger.builder().open()) {
 *     ProbeOutcome outcome = pinger.ping(InetAddress.getLoopbackAddress()).join();
 *     System.out.println(outcome instanceof Replied reply ? reply.rttNanos() / 1000 + " us" : outcome.kind());
 * }
 * }</pre>
 *
 * <table class="striped">
 * <caption>Where to begin</caption>
 * <thead><tr><th scope="col">to</th><th scope="col">read</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">ping hosts, any number at once</th><td>{@link io.github.nettyping.Pinger#ping}</td></tr>
 * <tr><th scope="row">ping a host again and again</th><td>{@link io.github.nettyping.Pinger#series}, and
 * {@link io.github.nettyping.Pinger#publisher} for reactive streams</td></tr>
 * <tr><th scope="row">ask who is on a network</th><td>{@link io.github.nettyping.Pinger#pingGroup}</td></tr>
 * <tr><th scope="row">find which of a million hosts answer</th><td>{@link io.github.nettyping.sweep.Sweep} and
 * {@link io.github.nettyping.target.Targets}</td></tr>
 * <tr><th scope="row">find the way to a host, or to thousands</th><td>{@link io.github.nettyping.Pinger#trace}, and
 * {@link io.github.nettyping.trace.TraceResult}</td></tr>
 * <tr><th scope="row">measure loss and latency at a rate</th><td>{@link io.github.nettyping.load.Load}</td></tr>
 * <tr><th scope="row">sum up what came of it</th><td>{@link io.github.nettyping.statistics.PingRecorder}</td></tr>
 * <tr><th scope="row">watch every packet</th><td>{@link io.github.nettyping.probe.ProbeObserver}</td></tr>
 * <tr><th scope="row">put probes into a Netty pipeline</th><td>{@link io.github.nettyping.channel.IcmpChannel} and
 * {@link io.github.nettyping.correlation.ProbeCorrelator}</td></tr>
 * <tr><th scope="row">learn whether this machine permits it</th><td>{@link io.github.nettyping.diagnosis.Diagnosis}, or
 * {@link io.github.nettyping.channel.Icmp} for one kind of socket</td></tr>
 * </tbody></table>
 *
 * <p>What the network or this machine does is a {@link io.github.nettyping.probe.ProbeOutcome}, never an exception. A
 * reply counts only if it carries what authenticates it, and silence only if this host has lost nothing meanwhile.
 *
 * <p>Methods here may be called by any thread. Futures complete and listeners are called on the event loop, which the
 * pinger may share with a server: they must not block.
 */
@NullMarked
package io.github.nettyping;

import org.jspecify.annotations.NullMarked;
