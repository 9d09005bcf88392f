package io.github.nettyping.cli;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;

/**
 * What the options of ping come to. Immutable.
 *
 * @param family       which addresses of names are taken; empty for both families
 * @param socketPolicy kinds of socket
 * @param plan         what is sent when
 * @param way          how packets go
 * @param view         what is shown
 */
record PingSettings(Optional<IpFamily> family, SocketPolicy socketPolicy, PingPlan plan, PingWay way, PingView view) {}
