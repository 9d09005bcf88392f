package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6TargetsTest {

    /** Interfaces of a machine that has what Linux allows: dashes, dots, a name of digits. */
    private static final Map<String, Integer> INTERFACES =
            Map.of("eth0", 90_002, "90002", 90_002, "br-lan", 90_003, "eth0.5", 90_004, "fe80-x", 90_005, "7", 90_008);

    private static Targets.Builder builder() {
        return new Targets.Builder(name -> {
            Integer index = INTERFACES.get(name);
            return index == null ? OptionalInt.empty() : OptionalInt.of(index);
        });
    }

    private static String addresses(Targets targets) {
        return String.join(
                " ",
                LongStream.range(0, targets.count())
                        .mapToObj(i -> targets.get(i).toString())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "2001:DB8::aBcD",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "1::8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3::5:6:7:8",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:192.0.2.33",
                "::192.0.2.33",
                "1:2:3:4:5::192.0.2.33",
                "::2:3:4:5:6:192.0.2.33",
                "1::3:4:5:6:192.0.2.1",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void readsEveryTextFormAsTheJdkDoes(String word) throws UnknownHostException {
        Targets targets = Targets.parse(word);

        assertThat(targets.count()).isEqualTo(1);
        assertThat(targets.get(0)).isEqualTo(IpAddress.of(InetAddress.getByName(word)));
        assertThat(targets.families()).containsExactly(IpFamily.IPV6);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::5/126, 2001:db8::4 2001:db8::5 2001:db8::6 2001:db8::7",
        "2001:db8::5/127, 2001:db8::4 2001:db8::5",
        "2001:db8::5/128, 2001:db8::5",
        "2001:db8::fffe-2001:db8::1:1, 2001:db8::fffe 2001:db8::ffff 2001:db8::1:0 2001:db8::1:1",
        "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::, 2001:db8::ffff:ffff:ffff:ffff 2001:db8:0:1::",
        "::7fff:ffff:ffff:ffff-::8000:0:0:0, ::7fff:ffff:ffff:ffff ::8000:0:0:0",
        "2001:db8::7-2001:db8::7, 2001:db8::7"
    })
    void aWordNamesTheseAddressesInOrder(String word, String expected) {
        assertThat(addresses(Targets.parse(word))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1%eth0, fe80::1%90002",
        "fe80::1%90002, fe80::1%90002",
        "fe80::1%7, fe80::1%90008",
        "fe80::1%eth0.5, fe80::1%90004",
        "fe80::1%br-lan, fe80::1%90003",
        "fe80::%br-lan/127, fe80::%90003 fe80::1%90003",
        "fe80::1%br-lan-fe80::2%br-lan, fe80::1%90003 fe80::2%90003",
        "fe80::1%fe80-x-fe80::2%fe80-x, fe80::1%90005 fe80::2%90005",
        "fe80::1%eth0-fe80::2, fe80::1%90002 fe80::2%90002",
        "fe80::1-fe80::2%eth0, fe80::1%90002 fe80::2%90002",
        "fe80::1%eth0-fe80::2%90002, fe80::1%90002 fe80::2%90002",
        "febf::1%eth0, febf::1%90002",
        "ff02::1%eth0, ff02::1%90002"
    })
    void anInterfaceBecomesTheScopeOfItsAddresses(String word, String expected) {
        assertThat(addresses(builder().add(word).build())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1%eth1, 9, no interface eth1",
        "fe80::1%eth0%eth0, 9, no interface eth0%eth0",
        "fe80::1%eth0:1, 9, no interface eth0:1",
        "fe80::1%, 9, the word ends",
        "fe80::1%-fe80::2, 9, '''-'' cannot stand here'",
        "fe80::1%eth0-fe80::2%br-lan, 21, the two ends lie on different links",
        "2001:db8::1%eth0, 12, only link-local addresses belong to an interface",
        "fe80::-fe80::1%eth0-, 16, no interface eth0-",
        "fe80::%eth0/120x, 16, '''x'' cannot stand here'",
        "fec0::1%eth0, 8, only link-local addresses belong to an interface",
        "ff05::1%eth0, 8, only link-local addresses belong to an interface",
        "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff-fec0::%eth0, 47, only link-local addresses belong to an interface"
    })
    void refusesAnInterfaceThatMeansNothing(String word, int character, String problem) {
        assertThatThrownBy(() -> builder().add(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith('"' + word + "\", character " + character + ": " + problem);
    }

    @Test
    void findsTheInterfacesOfThisMachineByNameAndIndex() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());

        InterfaceLookup lookup = InterfaceLookup.ofSystem();

        assertThat(lookup.indexOf(loopback.getName())).hasValue(loopback.getIndex());
        assertThat(lookup.indexOf(String.valueOf(loopback.getIndex()))).hasValue(loopback.getIndex());
        assertThat(lookup.indexOf("0")).isEmpty();
        assertThat(lookup.indexOf("no-such-link")).isEmpty();
        assertThat(lookup.indexOf("999999999999")).isEmpty();
    }

    @Test
    void addressesOfDifferentLinksAreDifferentTargets() {
        Targets targets = builder()
                .add("fe80::2%br-lan")
                .add("fe80::1-fe80::2")
                .add("fe80::2%eth0")
                .add("fe80::3%eth0")
                .build();

        assertThat(addresses(targets)).isEqualTo("fe80::1 fe80::2 fe80::2%90002 fe80::3%90002 fe80::2%90003");
        assertThat(targets.intervals()).isEqualTo(3);
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 2, 90_003))).isTrue();
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 1, 90_003))).isFalse();
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 3, 90_002))).isTrue();
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 3, 0))).isFalse();
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 1, 90_001))).isFalse();
        assertThat(targets.contains(new IpAddress(0xfe80L << 48, 1, 90_004))).isFalse();
    }

    @Test
    void ipv4ComesBeforeIpv6AlsoBeforeTheLowAddresses() {
        Targets targets = Targets.parse("::1", "255.255.255.255", "2001:db8::/127", "10.0.0.1");

        assertThat(addresses(targets)).isEqualTo("10.0.0.1 255.255.255.255 ::1 2001:db8:: 2001:db8::1");
        assertThat(targets.families()).containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    }

    @Test
    void theLargestPrefixWithoutALimitIsASlash96InOneRange() {
        Targets targets = Targets.parse("2001:db8::/96");

        assertThat(targets.count()).isEqualTo(1L << 32);
        assertThat(targets.intervals()).isEqualTo(1);
        assertThat(targets.get((1L << 32) - 1)).hasToString("2001:db8::ffff:ffff");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::/95, 11",
        "2001:db8::/64, 11",
        "::/0, 3",
        "2001:db8::-2001:db8::1:0:0, 11",
        "2001:db8::-2001:db8:0:1::, 11",
        "2001:db8::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 11"
    })
    void refusesMoreThanASlash96WithoutALimit(String word, int character) {
        assertThatThrownBy(() -> Targets.parse(word))
                .hasMessage(
                        '"' + word + "\", character " + character
                                + ": too many addresses; expected at most 4294967296 (a /96), or a limit on the number of targets");
    }

    @Test
    void rangesThatNeedNoLimitMayJoinToALargerOne() {
        Targets targets = Targets.parse("2001:db8::/96", "2001:db8::1:0:0/96");

        assertThat(targets.count()).isEqualTo(1L << 33);
        assertThat(targets.intervals()).isEqualTo(1);
    }

    @Test
    void aLimitKeepsTheFirstAddressesOfAnythingHoweverLarge() {
        Targets targets = Targets.builder()
                .limit(5)
                .add("2001:db8::/64")
                .add("2001:db8:1::-ffff::")
                .add("192.0.2.0/31")
                .build();

        assertThat(addresses(targets)).isEqualTo("192.0.2.0 192.0.2.1 2001:db8:: 2001:db8::1 2001:db8::2");
        assertThat(targets.contains(new IpAddress(0x2001_0db8_0000_0000L, 2, 0)))
                .isTrue();
        assertThat(targets.contains(new IpAddress(0x2001_0db8_0000_0000L, 3, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 10.0.0.1", "2, 10.0.0.1 10.0.0.2", "3, 10.0.0.1 10.0.0.2 10.0.0.9", "9, 10.0.0.1 10.0.0.2 10.0.0.9"
    })
    void aLimitMayEndInsideARangeBetweenRangesOrBeyond(long limit, String expected) {
        Targets targets =
                Targets.builder().limit(limit).add("10.0.0.1-2").add("10.0.0.9").build();

        assertThat(addresses(targets)).isEqualTo(expected);
    }

    @Test
    void theLargestLimitCountsAsFarAsALongCan() {
        Targets targets = Targets.builder()
                .limit(Long.MAX_VALUE)
                .add("4000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .add("10.0.0.1")
                .build();

        assertThat(targets.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(targets.get(Long.MAX_VALUE - 1)).hasToString("4000::7fff:ffff:ffff:fffd");
        assertThat(targets.contains(new IpAddress(0x4000L << 48, Long.MAX_VALUE - 1, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:192.0.2.1",
                "::ffff:c000:201",
                "0:0:0:0:0:FFFF:192.0.2.1",
                "::ffff:0:0/96",
                "::ffff:192.0.2.0/120",
                "::fffe:ffff:ffff-::ffff:0:0",
                "::ffff:ffff:ffff-::1:0:0:0"
            })
    void refusesTheMappedFormOfIpv4(String word) {
        assertThatThrownBy(() -> Targets.parse(word))
                .hasMessage('"' + word + "\", character 1: ::ffff:0:0/96 stands for IPv4;"
                        + " expected the IPv4 address itself, in four octets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::/0", "::/64", "::-1::"})
    void refusesWhatCoversTheMappedFormEvenWithALimit(String word) {
        assertThatThrownBy(() -> Targets.builder().limit(1).add(word))
                .hasMessageContaining("::ffff:0:0/96 stands for IPv4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::fffe:0:0/96", "::1:0:0:0/96", "::fffe:ffff:ffff", "::1:0:0:0"})
    void acceptsTheNeighboursOfTheMappedForm(String word) {
        assertThat(Targets.parse(word).families()).containsExactly(IpFamily.IPV6);
    }
}
