package io.github.nettyping.examples;

import io.github.nettyping.GroupOutcome;
import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Who answers on a network. */
final class GroupExample {

    private GroupExample() {}

    // tag::group
    static List<IpAddress> whoIsThere(Pinger pinger, InetAddress broadcastOrMulticast) {
        ProbeOptions options = ProbeOptions.builder()
                .attempts(1)
                .timeout(Duration.ofMillis(300))
                .build();
        GroupOutcome outcome = pinger.pingGroup(broadcastOrMulticast, options).join();
        return outcome.replies().stream().map(Replied::from).toList();
    }
    // end::group
}
