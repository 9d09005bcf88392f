package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingHostsTest {

    private final Map<String, List<String>> known = new HashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final StringWriter err = new StringWriter();

    private CompletableFuture<List<InetAddress>> addresses(String word) {
        List<String> literals = known.get(word);
        return literals == null
                ? CompletableFuture.failedFuture(new UnknownHostException(word + ": Name or service not known"))
                : CompletableFuture.completedFuture(literals.stream()
                        .map(literal -> SampleOutcomes.address(literal).toInetAddress())
                        .toList());
    }

    private PingRoute route(IpAddress address) {
        String refusal = refusals.get(address.toString());
        if (refusal == null) {
            return PingRoute.unknown(address.isMulticast());
        }
        return refusal.endsWith("?") ? PingRoute.barred(refusal) : PingRoute.refused(refusal, false);
    }

    private PingHosts resolve(String... words) {
        return resolve(Optional.empty(), words);
    }

    private PingHosts resolve(Optional<IpFamily> family, String... words) {
        Stream.of(words).filter(word -> word.matches("[0-9.:]+")).forEach(word -> known.put(word, List.of(word)));
        return PingHosts.resolve(List.of(words), family, this::addresses, this::route, false, new PrintWriter(err));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "2001:db8::7",
                "host.example",
                "localhost",
                "a-b",
                "224.0.0.1",
                "ff02::1%1",
                "255.255.255.255"
            })
    void hostIsANameOrAnAddress(String word) {
        assertThatCode(() -> PingHosts.check(word)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1",
                "192.0.2.0/24",
                "192.0.2.7/32",
                "192.0.2.7-9",
                "192.0.2.7,9",
                "2001:db8::/120",
                "2001:db8::1-2001:db8::2",
                "ff02::1",
                "two words",
                "a..b"
            })
    void hostThatIsNoneIsRefused(String word) {
        assertThatThrownBy(() -> PingHosts.check(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word);
    }

    @Test
    void hostsStandInTheOrderOfTheWordsEachAddressOnce() {
        known.put("host.example", List.of("192.0.2.1"));
        PingHosts hosts = resolve("::1", "host.example", "192.0.2.1", "192.0.2.9", "::1");
        assertThat(hosts.hosts())
                .containsExactly(
                        PingSamples.host("::1", "::1"),
                        PingSamples.host("host.example", "192.0.2.1"),
                        PingSamples.host("192.0.2.9", "192.0.2.9"));
        assertThat(hosts.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
        assertThat(hosts.missing()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void unknownNameIsToldAndDoesNotStopTheOthers() {
        PingHosts hosts = resolve("nosuch.invalid", "192.0.2.1");
        assertThat(hosts.hosts()).containsExactly(PingSamples.host("192.0.2.1", "192.0.2.1"));
        assertThat(hosts.missing()).isEqualTo(ExitCode.UNRESOLVED);
        assertThat(err.toString()).isEqualTo("nettyping: nosuch.invalid: Name or service not known\n");
    }

    @Test
    void literalOfTheOtherFamilyIsNotFound() {
        PingHosts hosts = resolve(Optional.of(IpFamily.IPV4), "::1", "192.0.2.1");
        assertThat(hosts.hosts()).hasSize(1);
        assertThat(hosts.missing()).isEqualTo(ExitCode.UNRESOLVED);
        assertThat(err.toString()).isEqualTo("nettyping: ::1: Address family for hostname not supported\n");
    }

    @Test
    void addressWithARouteIsPreferred() {
        known.put("host.example", List.of("192.0.2.1", "2001:db8::1"));
        refusals.put("192.0.2.1", "Network is unreachable");
        PingHosts hosts = resolve("host.example");
        assertThat(hosts.hosts()).containsExactly(PingSamples.host("host.example", "2001:db8::1"));
        assertThat(hosts.refusal()).isEmpty();
    }

    @Test
    void onlyHostWithoutARouteSaysWhy() {
        refusals.put("192.0.2.1", "Network is unreachable");
        PingHosts hosts = resolve("192.0.2.1");
        assertThat(hosts.hosts()).hasSize(1);
        assertThat(hosts.refusal()).contains("Network is unreachable");
    }

    @Test
    void oneOfSeveralWithoutARouteIsTriedAllTheSame() {
        refusals.put("192.0.2.1", "Network is unreachable");
        PingHosts hosts = resolve("192.0.2.1", "192.0.2.2");
        assertThat(hosts.hosts()).hasSize(2);
        assertThat(hosts.refusal()).isEmpty();
    }

    @Test
    void multicastAddressIsAGroup() {
        assertThat(resolve("224.0.0.1").hosts()).containsExactly(PingSamples.group("224.0.0.1"));
    }

    @Test
    void barredHostIsNotAskedAndTheOthersAre() {
        refusals.put("192.0.2.255", "Really?");
        PingHosts hosts = resolve("192.0.2.255", "192.0.2.1");
        assertThat(hosts.hosts()).hasSize(1);
        assertThat(hosts.missing()).isEqualTo(ExitCode.UNRESOLVED);
        assertThat(err.toString()).isEqualTo("nettyping: 192.0.2.255: Really?\n");
        err.getBuffer().setLength(0);
        assertThat(resolve("192.0.2.255").hosts()).isEmpty();
        assertThat(err.toString()).isEqualTo("nettyping: Really?\n");
    }

    @Test
    void unspecifiedAddressIsThisHost() {
        assertThat(resolve("0.0.0.0").hosts()).containsExactly(PingSamples.host("0.0.0.0", "127.0.0.1"));
    }
}
