package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.testing.Packets;
import io.netty.channel.ChannelOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class IpOptionsTest {

    @Command(name = "tested", sortOptions = false, modelTransformer = Tested.Letters.class)
    private static final class Tested {

        static final class Letters extends OptionLetters {
            Letters() {
                super(Map.of("--size", "-s", "--ttl", "-t"));
            }
        }

        @Option(names = {"-a", "--ahead"})
        private boolean ahead;

        @Mixin
        private IpOptions ip;

        @Option(names = "--behind")
        private boolean behind;
    }

    private static Tested tested(String... args) {
        Tested tested = new Tested();
        new CommandLine(tested).parseArgs(args);
        return tested;
    }

    private static SweepOptions applied(String... args) {
        SweepOptions.Builder builder = SweepOptions.builder();
        tested(args).ip.apply(builder);
        return builder.build();
    }

    @Test
    void withoutAnyEverythingIsLeftToTheKernel() {
        assertThat(applied()).isEqualTo(SweepOptions.builder().build());
        assertThat(tested().ip.payloadBytes()).isEqualTo(56);
    }

    @Test
    void eachBecomesAnOptionOfTheSockets() {
        SweepOptions options = applied(
                "--ttl=3",
                "--tos=0xb8",
                "--df",
                "--mark=0xffffffff",
                "--interface=eth0",
                "--source=127.0.0.2",
                "--size=9");
        assertThat(options.sockets().channelOptions())
                .isEqualTo(Map.of(
                        IcmpChannelOption.HOP_LIMIT,
                        3,
                        ChannelOption.IP_TOS,
                        0xb8,
                        IcmpChannelOption.MTU_DISCOVER,
                        IcmpChannelOption.MTU_DISCOVER_PROBE,
                        IcmpChannelOption.MARK,
                        -1,
                        IcmpChannelOption.INTERFACE,
                        "eth0"));
        assertThat(options.sockets().localAddresses()).isEqualTo(Map.of(IpFamily.IPV4, Packets.address("127.0.0.2")));
    }

    @Test
    void zeroIsATrafficClassAndAMark() {
        assertThat(applied("--tos=0", "--mark=0").sockets().channelOptions())
                .isEqualTo(Map.of(ChannelOption.IP_TOS, 0, IcmpChannelOption.MARK, 0));
    }

    @Test
    void aCommandGivesThemItsOwnLettersAndNoOrderIsLost() {
        Tested tested = tested("-a", "-s", "7", "-t9", "--behind");
        assertThat(tested.ahead && tested.behind).isTrue();
        assertThat(tested.ip.payloadBytes()).isEqualTo(7);
        assertThat(applied("-t9").sockets().channelOptions()).isEqualTo(Map.of(IcmpChannelOption.HOP_LIMIT, 9));

        String help = new CommandLine(new Tested()).getUsageMessage();
        assertThat(help)
                .containsSubsequence("-a, --ahead", "-s, --size", "-t, --ttl", "    --tos", "    --source", "--behind");
        assertThatThrownBy(() -> tested("-S", "127.0.0.1")).hasMessageContaining("Unknown option");
    }

    @Test
    void namesAreResolvedToTheFamilyOfTheSource() {
        IpOptions ipv6 = tested("--source=::1").ip;
        assertThat(ipv6.family(Optional.empty())).contains(IpFamily.IPV6);
        assertThat(ipv6.family(Optional.of(IpFamily.IPV6))).contains(IpFamily.IPV6);
        assertThatThrownBy(() -> ipv6.family(Optional.of(IpFamily.IPV4)))
                .hasMessage("--source ::1 is an IPv6 address, and -4 asks for IPv4");
        assertThat(tested().ip.family(Optional.empty())).isEmpty();
        assertThat(tested().ip.family(Optional.of(IpFamily.IPV4))).contains(IpFamily.IPV4);
    }

    @Test
    void targetsHaveTheFamilyOfTheSource() {
        IpOptions ipv4 = tested("--source=127.0.0.1").ip;
        ipv4.requireFor(EnumSet.of(IpFamily.IPV4));
        ipv4.requireFor(EnumSet.noneOf(IpFamily.class));
        tested().ip.requireFor(EnumSet.allOf(IpFamily.class));
        assertThatThrownBy(() -> ipv4.requireFor(EnumSet.allOf(IpFamily.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--source 127.0.0.1 is an IPv4 address, and some targets are IPv6 addresses");
    }
}
