package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
class GroupExampleIT {

    @Test
    void everyHostOfTheNetworkAnswersABroadcast() throws Exception {
        try (Namespace near = Namespace.create();
                Namespace far = Namespace.create()) {
            Link link = Link.between(near, far);
            far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
            // Whole inside the namespace: a group's socket is opened by the thread that asks.
            List<IpAddress> hosts = near.call(() -> {
                try (Pinger pinger = Pinger.builder().families(IpFamily.IPV4).open()) {
                    return GroupExample.whoIsThere(pinger, Packets.address("198.18.0.3"));
                }
            });
            assertThat(hosts).extracting(Object::toString).containsExactly(link.farIpv4());
        }
    }
}
