package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Pace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the options come to. */
@SuppressWarnings("NullAway.Init")
class PingPacketOptionsTest {

    @Command
    private static final class Probed {
        @Mixin
        private PingPacketOptions packets;

        @Mixin
        private PingPaceOptions pace;
    }

    private static Probed parse(String... words) {
        Probed parsed = new Probed();
        new CommandLine(parsed).parseArgs(words);
        return parsed;
    }

    private static PingPacketSettings way(String... words) {
        return parse(words).packets.packets(List.of());
    }

    @Test
    void whatIsAnAddressIsASourceAndElseAnInterface() {
        PingPacketSettings both = way("-I", "eth0", "-I", "192.0.2.7", "--source", "2001:db8::7");
        assertThat(both.interfaceName()).contains("eth0");
        assertThat(both.source(IpFamily.IPV4)).contains(SampleOutcomes.address("192.0.2.7"));
        assertThat(both.source(IpFamily.IPV6)).contains(SampleOutcomes.address("2001:db8::7"));
        assertThat(way().isSourceTold()).isFalse();
    }

    @Test
    void theScopeOfASourceIsTheInterfaceToo() {
        PingPacketSettings way = way("-I", "2001:db8::7%lo");
        assertThat(way.interfaceName()).contains("lo");
        assertThat(way.sources()).containsExactly(SampleOutcomes.address("2001:db8::7"));
        assertThat(way("-I", "fe80::7", "-I", "lo").sources().get(0).scopeId()).isPositive();
    }

    @Test
    void theInterfaceIsTheScopeOfHostsThatNeedOne() {
        PingPacketSettings way = way("-I", "eth0");
        assertThat(way.scoped("fe80::1")).isEqualTo("fe80::1%eth0");
        assertThat(way.scoped("ff02::1")).isEqualTo("ff02::1%eth0");
        assertThat(way.scoped("fe80::1%eth1")).isEqualTo("fe80::1%eth1");
        assertThat(way.scoped("ff05::1")).isEqualTo("ff05::1");
        assertThat(way.scoped("fe80.example")).isEqualTo("fe80.example");
        assertThat(way().scoped("fe80::1")).isEqualTo("fe80::1");
    }

    @Test
    void noFragmentsMeansWhateverIsKnownOfThePath() {
        assertThat(way("--df").mtuDiscover()).hasValue(IcmpChannelOption.MTU_DISCOVER_PROBE);
        assertThat(way("--df", "-M", "do").mtuDiscover()).hasValue(IcmpChannelOption.MTU_DISCOVER_DO);
        assertThatIllegalArgumentException().isThrownBy(() -> way("--df", "-M", "dont"));
    }

    @Test
    void paceFollowsTheOptionsAsInIputils() {
        Pace second = Pace.every(Duration.ofSeconds(1));
        Pace flood = Pace.asAnswered(Duration.ofMillis(10));
        assertThat(parse().pace.pace(true)).isEqualTo(second);
        assertThat(parse("-f").pace.pace(true)).isEqualTo(flood);
        assertThat(parse("-i", "0").pace.pace(true)).isEqualTo(flood);
        assertThat(parse("-i", "0.0009").pace.pace(true)).isEqualTo(flood);
        assertThat(parse("-f", "-i", "0.1").pace.pace(true)).isEqualTo(Pace.every(Duration.ofMillis(100)));
        assertThat(parse("-A").pace.pace(true)).isEqualTo(Pace.adaptive(Duration.ofSeconds(1), Duration.ZERO));
        assertThat(parse("-A", "-i", "0").pace.pace(false))
                .isEqualTo(Pace.adaptive(Duration.ofMillis(1), Duration.ofMillis(2)));
    }
}
