package io.github.nettyping.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
class DiagnosisIT {

    @Test
    void namespaceOfTheCallingThreadIsDiagnosed() throws Exception {
        try (Namespace open = Namespace.create();
                Namespace closed = Namespace.createWithoutPingSockets()) {
            open.sysctl("net.ipv6.conf.all.disable_ipv6", "1");

            Diagnosis inOpen = open.call(Diagnosis::ofThisMachine);
            Diagnosis inClosed = closed.call(Diagnosis::ofThisMachine);

            assertThat(inOpen.pingGroupRange()).contains(new PingGroupRange(0, 2_147_483_647));
            assertThat(inOpen.opened(SocketKind.IPV4_DGRAM)).isTrue();
            assertThat(inOpen.ipv6().isUsable()).isFalse();
            assertThat(inOpen.problems()).containsExactly(Problem.IPV6);
            assertThat(inClosed.pingGroupRange()).contains(new PingGroupRange(1, 0));
            assertThat(inClosed.opened(SocketKind.IPV4_DGRAM)).isFalse();
            assertThat(inClosed.opened(SocketKind.IPV4_RAW)).isTrue();
            assertThat(inClosed.ipv6().addresses()).hasValue(1);
            assertThat(inClosed.problems()).containsExactly(Problem.PING_GROUP_RANGE);
        }
    }
}
