package io.github.nettyping.cli.ping;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Timestamps;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the options of ping come to. Immutable.
 *
 * @param family       which addresses of names are taken; empty for both families
 * @param timestamps   whose clocks round trips are measured by; empty for what fits best
 * @param output       where results go; empty for standard output
 * @param summary      in which form statistics stand on standard error; text stands where lines do
 */
record PingSettings(
        Optional<IpFamily> family,
        SocketPolicy socketPolicy,
        Optional<Timestamps> timestamps,
        PingPlan plan,
        PingPacketSettings packets,
        PingSocketOptions.Settings sockets,
        PingView view,
        Optional<Path> output,
        SummaryForm summary) {}
