package io.github.nettyping.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigurationTest {

    private static final Path FILE = Path.of("serve.yml");

    private static ServerConfiguration read(String text) throws ConfigurationException {
        return ServerConfiguration.of(Yaml.parse(FILE, text));
    }

    /** The example that blackbox_exporter comes with, shortened, and every setting of its icmp prober. */
    @Test
    void aFileOfBlackboxExporterIsTakenAsItIs() throws ConfigurationException {
        ServerConfiguration read = read("""
                modules:
                  http_2xx:
                    prober: http
                    http: {preferred_ip_protocol: "ip4", valid_status_codes: [200]}
                  icmp: {prober: icmp}
                  icmp_ttl5: &ttl
                    prober: icmp
                    timeout: 1m1.5s
                    icmp:
                      preferred_ip_protocol: ip4
                      ip_protocol_fallback: false
                      source_ip_address: 192.0.2.1
                      dont_fragment: true
                      payload_size: 1000
                      ttl: 5
                  again:
                    <<: *ttl
                    timeout: 2s
                """);

        assertThat(read.modules().keySet()).containsExactly("icmp", "icmp_ttl5", "again");
        assertThat(read.modules().get("icmp")).isEqualTo(ProbeModule.standard("icmp"));
        ProbeModule module = read.modules().get("icmp_ttl5");
        assertThat(module.timeout()).contains(Duration.ofMillis(61_500));
        assertThat(module.preferred()).isEqualTo(IpFamily.IPV4);
        assertThat(module.fallback()).isFalse();
        assertThat(module.source()).contains(IpAddress.ofIpv4(0xc0000201));
        assertThat(module.dontFragment()).isTrue();
        assertThat(module.payloadBytes()).isEqualTo(1_000);
        assertThat(module.hopLimit()).isEqualTo(5);
        assertThat(read.modules().get("again").timeout()).contains(Duration.ofSeconds(2));
        assertThat(read.modules().get("again").hopLimit()).isEqualTo(5);
        assertThat(read.otherModules()).isEqualTo(Map.of("http_2xx", "http"));
        assertThat(read.warnings())
                .containsExactly("serve.yml:2: module http_2xx is left out: its prober is http, and this one knows icmp"
                        + " only");
    }

    @Test
    void aFileOfSmokepingProberIsTakenAsItIs() throws ConfigurationException {
        ServerConfiguration read = read("""
                targets:
                - hosts: [host.example, 192.0.2.7]
                  interval: 500ms
                  network: ip4
                  protocol: icmp
                  size: 100
                  source: 192.0.2.1
                  tos: 0xb8
                  labels: {site: a, ip: mine}
                - host: 2001:db8::1
                """);

        TargetGroup first = read.groups().get(0);
        assertThat(first.hosts()).containsExactly("host.example", "192.0.2.7");
        assertThat(first.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(first.family()).contains(IpFamily.IPV4);
        assertThat(first.payloadBytes()).isEqualTo(100);
        assertThat(first.source()).contains(IpAddress.ofIpv4(0xc0000201));
        assertThat(first.trafficClass()).isEqualTo(0xb8);
        assertThat(first.labels()).isEqualTo(Map.of("site", "a"));
        TargetGroup second = read.groups().get(1);
        assertThat(second.hosts()).containsExactly("2001:db8::1");
        assertThat(second.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.payloadBytes()).isEqualTo(56);
        assertThat(read.warnings()).containsExactly("serve.yml:9: the label ip is left out: every target has its own");
        assertThat(read.modules().keySet()).containsExactly("icmp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modules: {a: {prober: icmpp}} | serve.yml:1:23: \"icmpp\" (expected: icmp, http, tcp, dns, grpc, unix)",
                "modules: {a: {timeout: 1s}} | serve.yml:1:11: module \"a\" without prober (expected: prober: icmp)",
                "modules: {a: {prober: icmp, icmp: {tll: 1}}} | serve.yml:1:36: unknown field \"tll\" (expected:",
                "modules: {a: {prober: icmp, icmp: {ttl: 256}}} | serve.yml:1:41: \"256\" (expected: a number from 0 to",
                "modules: {a: {prober: icmp, timeout: 5}} | serve.yml:1:38: \"5\" (expected: a duration such as 250ms",
                "modules: {a: {prober: icmp, icmp: {dont_fragment: yes}}} | serve.yml:1:51: \"yes\" (expected: true, false)",
                "modules: {a: {prober: icmp, icmp: {preferred_ip_protocol: ip5}}} | (expected: ip4, ip6)",
                "modules: {a: {prober: icmp, icmp: {source_ip_address: 224.0.0.1}}} | (expected: the address of one host)",
                "modules: [] | serve.yml:1:10: a list (expected: a mapping of modules)",
                "module: {} | serve.yml:1:1: unknown field \"module\" (expected: modules, targets)",
                "targets: [{hosts: []}] | serve.yml:1:11: a group without targets",
                "targets: [{host: 192.0.2.300}] | serve.yml:1:18: no target: ",
                "targets: [{host: a, interval: 1x}] | serve.yml:1:31: \"1x\" (expected: a duration",
                "targets: [{host: a, labels: {le: b}}] | serve.yml:1:30: label \"le\" (expected: letters",
                "targets: [{host: a, host: b}] | host",
                "targets: {a | serve.yml:1:",
            })
    void aTypoIsNamedWithItsPlaceAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("serve.yml:1:")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void noFileIsNamed() {
        assertThatThrownBy(() -> ServerConfiguration.read(Path.of("/no/such.yml")))
                .hasMessage("/no/such.yml: no such file");
    }

    @ParameterizedTest
    @CsvSource({"1s,1000", "1.5s,1500", "1m30s,90000", ".5s,500", "250ms,250", "1h,3600000", "2000us,2", "0,0"})
    void durationsAreThoseOfGo(String text, long millis) {
        assertThat(GoDuration.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1", "-1s", "s", "1 s", "1d", "''", "99999999999h"})
    void whatIsNoDurationOfGoIsNone(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
