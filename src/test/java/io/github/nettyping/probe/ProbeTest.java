package io.github.nettyping.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private final Probe probe = new Probe(IpAddress.ofIpv4(0xc000_0201), ProbeOptions.defaults());

    @Test
    void isHeldByOneHandlerAtATime() {
        probe.enterFlight(7);

        assertThat(probe.isInFlight()).isTrue();
        assertThat(probe.key()).isEqualTo(7);
        assertThatIllegalStateException().isThrownBy(() -> probe.enterFlight(8)).withMessageContaining("192.0.2.1");
        assertThat(probe.key()).isEqualTo(7);
    }

    @Test
    void hasNoKeyOutsideAFlight() {
        probe.enterFlight(7);
        probe.leaveFlight();

        assertThat(probe.isInFlight()).isFalse();
        assertThatIllegalStateException().isThrownBy(probe::key);
    }

    @Test
    void hasNoContextUnlessGiven() {
        assertThat(probe.context()).isEmpty();
        assertThat(new Probe(probe.target(), probe.options(), 5).context()).contains(5);
    }

    @Test
    void flagsOfAReplyAreSharedSets() {
        assertThat(ReplyFlag.setOf(ReplyFlag.DAMAGED.bit() | ReplyFlag.STALLED.bit()))
                .containsExactly(ReplyFlag.DAMAGED, ReplyFlag.STALLED)
                .isSameAs(ReplyFlag.setOf(ReplyFlag.STALLED.bit() | ReplyFlag.DAMAGED.bit()));
        assertThat(ReplyFlag.setOf(0)).isEmpty();
        assertThatThrownBy(() -> ReplyFlag.setOf(1).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void canBeAimedAtAnotherHostBetweenFlights() {
        IpAddress other = IpAddress.ofIpv4(0xc000_0202);
        probe.enterFlight(7);
        assertThatIllegalStateException().isThrownBy(() -> probe.aim(other.high(), other.low(), 0));
        assertThat(probe.target()).hasToString("192.0.2.1");
        probe.leaveFlight();

        assertThat(probe.aim(other.high(), other.low(), 0).target()).isEqualTo(other);
        assertThat(probe.targetLow()).isEqualTo(other.low());
        assertThat(new Probe(0xfe80L << 48, 1, 3, ProbeOptions.defaults()).target())
                .hasToString("fe80::1%3");
    }

    @Test
    void isOnlyAimedWhereItsOptionsCanGo() {
        ProbeOptions ipv6 = ProbeOptions.builder()
                .sendOptions(SendOptions.builder().flowLabel(5).build())
                .build();
        Probe probe = new Probe(0, 1, 0, ipv6);

        assertThatThrownBy(() -> probe.aim(0, IpAddress.ipv4Low(1), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(probe.target()).hasToString("::1");
    }
}
