package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelException;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private final SystemCallException refused =
            new SystemCallException("setsockopt(SO_MARK, 3)", 1, "EPERM", "it needs CAP_NET_ADMIN");

    @Test
    void failureOfThisMachineIsItsMessage() {
        assertThat(Complaints.of(refused)).isEqualTo("setsockopt(SO_MARK, 3): EPERM; it needs CAP_NET_ADMIN");
    }

    @Test
    void failureThatOnlyWrapsAnotherIsThatOne() {
        assertThat(Complaints.of(new ChannelException(refused))).isEqualTo(Complaints.of(refused));
    }

    @Test
    void failureWithAMessageOfItsOwnKeepsIt() {
        assertThat(Complaints.of(new ChannelException("no sockets", refused))).isEqualTo("no sockets");
    }

    @Test
    void bugIsNamedWithItsPlace() {
        assertThat(Complaints.of(new IllegalStateException("odd")))
                .startsWith("internal error: java.lang.IllegalStateException: odd at ")
                .endsWith("; please report it");
    }
}
