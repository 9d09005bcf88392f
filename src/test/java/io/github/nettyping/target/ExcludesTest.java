package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcludesTest {

    /** Interfaces a, b and c have the indexes 90,001 to 90,003, which no machine has. */
    private static Targets.Builder builder() {
        return new Targets.Builder(name -> OptionalInt.of(name.charAt(0) - 'a' + 90_001));
    }

    private static String ranges(Targets targets) {
        return String.join(
                " ",
                targets.ranges()
                        .map(range -> range.first() + "-" + range.last())
                        .toList());
    }

    @Test
    void whatIsExcludedIsNotInWhicheverCameFirst() {
        assertThat(ranges(builder()
                        .exclude("192.0.2.4")
                        .add("192.0.2.1-9")
                        .exclude("192.0.2.6-7")
                        .add("192.0.2.7")
                        .build()))
                .isEqualTo("192.0.2.1-192.0.2.3 192.0.2.5-192.0.2.5 192.0.2.8-192.0.2.9");
    }

    @Test
    void anExcludedPrefixMeansNetworkAndBroadcastAddressToo() {
        Targets targets = builder()
                .allAddresses(false)
                .add("192.0.2.0-192.0.2.15")
                .exclude("192.0.2.4/30")
                .build();

        assertThat(ranges(targets)).isEqualTo("192.0.2.0-192.0.2.3 192.0.2.8-192.0.2.15");
    }

    @Test
    void anExcludeMayHaveMoreAddressesThanCanBeCounted() {
        assertThat(ranges(builder()
                        .add("2001:db8::1")
                        .add("2001:db9::1")
                        .exclude("2001:db8::/32")
                        .build()))
                .isEqualTo("2001:db9::1-2001:db9::1");
        assertThat(builder().add("2001:db8::1").exclude("::/0").build().count()).isZero();
        assertThat(builder().add("192.0.2.1").exclude("::/0").build().count()).isOne();
    }

    @Test
    void aLimitCountsWhatIsLeft() {
        assertThat(ranges(builder()
                        .limit(3)
                        .add("192.0.2.0/24")
                        .exclude("192.0.2.0/30")
                        .exclude("192.0.2.5")
                        .build()))
                .isEqualTo("192.0.2.4-192.0.2.4 192.0.2.6-192.0.2.7");
        assertThat(ranges(builder()
                        .limit(2)
                        .add("2001:db8::/32")
                        .exclude("2001:db8::/33")
                        .build()))
                .isEqualTo("2001:db8:8000::-2001:db8:8000::1");
    }

    @Test
    void anExcludeWithoutScopeHoldsOnEveryLinkAndOneWithAScopeOnThatAlone() {
        Targets targets = builder()
                .add("fe80::1-fe80::3")
                .add("fe80::1-fe80::3%a")
                .add("fe80::1-fe80::3%c")
                .build();

        assertThat(ranges(targets.without(Targets.parse("fe80::2"))))
                .isEqualTo("fe80::1-fe80::1 fe80::3-fe80::3 fe80::1%90001-fe80::1%90001 fe80::3%90001-fe80::3%90001"
                        + " fe80::1%90003-fe80::1%90003 fe80::3%90003-fe80::3%90003");
        assertThat(ranges(targets.without(builder()
                        .add("fe80::1%c")
                        .add("fe80::2%b")
                        .add("fe80::3-fe80::9%a")
                        .build())))
                .isEqualTo("fe80::1-fe80::3 fe80::1%90001-fe80::2%90001 fe80::2%90003-fe80::3%90003");
        assertThat(ranges(targets.without(
                        builder().add("fe80::1%c").add("fe80::3").build())))
                .isEqualTo("fe80::1-fe80::2 fe80::1%90001-fe80::2%90001 fe80::2%90003-fe80::2%90003");
    }

    @Test
    void theIntersectionIsWhatADifferenceTakesAway() {
        Targets targets = builder()
                .add("192.0.2.1-9")
                .add("fe80::1-fe80::3")
                .add("fe80::1-fe80::3%a")
                .add("fe80::1-fe80::3%c")
                .build();
        Targets others = builder()
                .add("192.0.2.9-192.0.2.12")
                .add("fe80::2")
                .add("fe80::3%c")
                .add("fe80::2-fe80::9%b")
                .build();

        Targets common = targets.intersection(others);

        assertThat(ranges(common))
                .isEqualTo(
                        "192.0.2.9-192.0.2.9 fe80::2-fe80::2 fe80::2%90001-fe80::2%90001 fe80::2%90003-fe80::3%90003");
        assertThat(ranges(Targets.builder()
                        .add(common)
                        .add(targets.without(others))
                        .build()))
                .isEqualTo(ranges(targets));
        assertThat(targets.without(others).intersection(common).count()).isZero();
    }

    @Test
    void theEndOfTheAddressSpaceIsTakenAwayWithoutWrapping() {
        Targets six = builder()
                .add("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .build();

        assertThat(ranges(six.without(Targets.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff8/125"))))
                .isEqualTo("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff7");
        assertThat(ranges(Targets.parse("255.255.255.250-255.255.255.255")
                        .without(Targets.parse("255.255.255.253-255.255.255.255"))))
                .isEqualTo("255.255.255.250-255.255.255.252");
    }

    @Test
    void filesAndStreamsOfExcludesAreReadAsThoseOfTargetsAre(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("excludes"), "# ours\n192.0.2.0/25 # lab\n\n");

        assertThat(ranges(builder()
                        .add("192.0.2.120-192.0.2.131")
                        .excludeFile(file)
                        .excludeLines(new StringReader("192.0.2.130-131 router\n"), "standard input")
                        .build()))
                .isEqualTo("192.0.2.128-192.0.2.129");
        assertThatThrownBy(() -> builder().excludeLines(new StringReader("\n10.1\n"), "standard input"))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith("standard input, line 2: \"10.1\"");
    }

    @Test
    void hostNamesAmongExcludesAreRefusedUnlessAskedFor() {
        List<String> names = new ArrayList<>();

        assertThatThrownBy(() -> builder().exclude("router.example")).isInstanceOf(TargetSyntaxException.class);
        builder().excludedHostNames(names::add).exclude("router.example");

        assertThat(names).containsExactly("router.example");
    }

    @Test
    void anExcludeThatIsOnlyAnIpv4AddressInDisguiseIsRefused() {
        assertThatThrownBy(() -> builder().exclude("::ffff:192.0.2.1"))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageContaining("in four octets");
    }

    @Test
    void oneResolvedAddressCanBeExcluded() {
        Targets.Builder builder = builder().add("192.0.2.1-3").add("fe80::1%a");

        assertThat(ranges(builder.exclude(IpAddress.ofIpv4(0xc0000202))
                        .exclude(new IpAddress(0xfe80L << 48, 1, 0))
                        .build()))
                .isEqualTo("192.0.2.1-192.0.2.1 192.0.2.3-192.0.2.3");
    }
}
