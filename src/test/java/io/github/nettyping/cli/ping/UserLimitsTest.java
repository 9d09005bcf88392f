package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.probe.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Words of ping(8), iputils 20221126, for users without rights. */
class UserLimitsTest {

    private static final String FLOOD = "cannot flood; minimal interval allowed for user is 2ms";
    private static final PingHost HOST = PingSamples.host("192.0.2.7", "192.0.2.7");

    private static Optional<String> refusal(Pace pace, PingPacketSettings way, PingHost host) {
        return UserLimits.refusal(PingSamples.plan(OptionalLong.empty(), pace, false), way, List.of(host));
    }

    private static Pace every(int millis) {
        return Pace.every(Duration.ofMillis(millis));
    }

    @Test
    void intervalsBelowTwoMillisecondsAreForRoot() {
        assertThat(refusal(Pace.asAnswered(PingPlan.SILENCE), PingSamples.ANY_PACKETS, HOST))
                .contains(FLOOD);
        assertThat(refusal(every(1), PingSamples.ANY_PACKETS, HOST)).contains(FLOOD);
        assertThat(refusal(every(2), PingSamples.ANY_PACKETS, HOST)).isEmpty();
        assertThat(refusal(
                        Pace.adaptive(Duration.ofSeconds(1), UserLimits.MIN_INTERVAL), PingSamples.ANY_PACKETS, HOST))
                .isEmpty();
    }

    @Test
    void groupsAreAskedOnceASecondAndWithoutFragments() {
        assertThat(refusal(every(500), PingSamples.ANY_PACKETS, PingSamples.group("192.0.2.255")))
                .contains("broadcast ping with too short interval: 500");
        assertThat(refusal(every(500), PingSamples.ANY_PACKETS, PingSamples.group("ff02::1%1")))
                .contains("multicast ping with too short interval: 500");
        assertThat(refusal(every(1_000), PingSamples.ANY_PACKETS, PingSamples.group("192.0.2.255")))
                .isEmpty();
        PingPacketSettings want = new PingPacketSettings(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.of(IcmpChannelOption.MTU_DISCOVER_WANT),
                true,
                false,
                OptionalInt.empty(),
                Optional.empty());
        assertThat(refusal(every(1_000), want, PingSamples.group("192.0.2.255")))
                .contains("broadcast ping does not fragment");
    }
}
