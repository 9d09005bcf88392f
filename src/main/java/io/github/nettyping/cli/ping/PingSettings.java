package io.github.nettyping.cli.ping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Timestamps;
import java.util.Optional;

/**
 * What the options of ping come to. Immutable.
 *
 * @param family       which addresses of names are taken; empty for both families
 * @param timestamps   whose clocks round trips are measured by; empty for what fits best
 */
record PingSettings(
        Optional<IpFamily> family,
        SocketPolicy socketPolicy,
        Optional<Timestamps> timestamps,
        PingPlan plan,
        PingPacketSettings packets,
        PingView view) {}
