package io.github.nettyping.server.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeMetricsTest {

    /** Values that blackbox_exporter 0.23 has told of these addresses. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 3668918509", "::1, 1751717746", "10.9.6.7, 3861848427", "10.9.8.1, 136334439"})
    void hashIsThatOfBlackboxExporter(String address, long hash) {
        assertThat(ProbeMetrics.hash(Targets.parse(address).get(0))).isEqualTo(hash);
    }

    @Test
    void silentHostHasNoHopLimitAndNoRoundTrip() {
        IpAddress address = Targets.parse("127.0.0.1").get(0);

        String text = new Exposition()
                .text(new ProbeMetrics(false, 2, 2, 0.5, Optional.of(address), 0.25, 0, OptionalInt.empty())
                        .snapshots());

        assertThat(text)
                .contains(
                        "# TYPE probe_success gauge\nprobe_success 0.0\n",
                        "probe_icmp_duration_seconds{phase=\"resolve\"} 0.5\n",
                        "probe_icmp_duration_seconds{phase=\"setup\"} 0.25\n",
                        "probe_icmp_duration_seconds{phase=\"rtt\"} 0.0\n",
                        "probe_timeout_seconds 2.0\n")
                .doesNotContain("hop_limit");
    }
}
