package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.Targets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupProbesTest {

    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofMillis(70)).attempts(3).build();

    private static ProbeOptions optionsFor(boolean consent, String target) {
        SweepOptions options =
                SweepOptions.builder().probe(OPTIONS).broadcast(consent).build();
        return GroupProbes.of(options).optionsFor(Targets.parse(target).get(0));
    }

    /** The last of these is the broadcast address of the loopback interface. */
    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1", "127.255.255.255"})
    void anyHostMayAnswerForAGroupWithConsentAlone(String group) {
        assertThat(optionsFor(true, group))
                .isEqualTo(OPTIONS.toBuilder().anySource(true).build());
        assertThat(optionsFor(false, group)).isEqualTo(OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "223.255.255.255", "240.0.0.1", "::1", "fe80::1"})
    void nobodyMayAnswerForAHost(String host) {
        assertThat(optionsFor(true, host)).isSameAs(OPTIONS);
    }
}
