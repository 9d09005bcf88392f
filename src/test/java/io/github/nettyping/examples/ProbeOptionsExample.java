package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/** What the headers of probes hold, for one of them and for all. */
final class ProbeOptionsExample {

    private ProbeOptionsExample() {}

    // tag::options-probe
    static CompletableFuture<ProbeOutcome> asVoice(Pinger pinger, InetAddress host, int hops) {
        SendOptions header = SendOptions.builder()
                .hopLimit(hops)
                .trafficClass(0xb8) // DSCP 46, expedited forwarding.
                .build();
        ProbeOptions options = ProbeOptions.builder()
                .payloadBytes(172)
                .filler(PayloadFiller.random())
                .sendOptions(header)
                .build();
        return pinger.ping(host, options);
    }
    // end::options-probe

    // tag::options-sockets
    static Pinger openFrom(InetAddress source) {
        return Pinger.builder()
                .localAddress(source)
                .option(ChannelOption.IP_TOS, 0xb8)
                .option(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE) // No fragments.
                .option(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true) // Replied.trafficClass() tells.
                .open();
    }
    // end::options-sockets

    // tag::options-refused
    static String whyNot(NotSent outcome) {
        return switch (outcome.reason()) {
            case REFUSED_BY_KERNEL -> outcome.cause().orElseThrow().getMessage();
            case UNSUPPORTED_OPTION ->
                "these sockets cannot: " + outcome.probe().options().sendOptions();
            case NO_FREE_SLOT, WRITE_FAILED, CHANNEL_CLOSED -> outcome.reason().name();
        };
    }
    // end::options-refused
}
