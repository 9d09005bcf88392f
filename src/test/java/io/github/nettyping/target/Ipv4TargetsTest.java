package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv4TargetsTest {

    private static String addresses(Targets targets) {
        return String.join(
                " ",
                LongStream.range(0, targets.count())
                        .mapToObj(i -> targets.get(i).toString())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "192.0.2.7/32, 192.0.2.7",
        "192.0.2.7/31, 192.0.2.6 192.0.2.7",
        "192.0.2.7/30, 192.0.2.5 192.0.2.6",
        "192.0.2.9/29, 192.0.2.9 192.0.2.10 192.0.2.11 192.0.2.12 192.0.2.13 192.0.2.14",
        "192.0.2.254-192.0.3.1, 192.0.2.254 192.0.2.255 192.0.3.0 192.0.3.1",
        "192.0.2.7-192.0.2.7, 192.0.2.7",
        "192.0.2.10-12, 192.0.2.10 192.0.2.11 192.0.2.12",
        "'192.0.2.1,3', 192.0.2.1 192.0.2.3",
        "'192.0.2.9,1-2,2-3', 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.9",
        "'10.0-1.1,5.254-255',"
                + "10.0.1.254 10.0.1.255 10.0.5.254 10.0.5.255 10.1.1.254 10.1.1.255 10.1.5.254 10.1.5.255",
        "1-2.0.0.0, 1.0.0.0 2.0.0.0"
    })
    void aWordNamesTheseAddressesInOrder(String word, String expected) {
        assertThat(addresses(Targets.parse(word))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 4294967294, 0.0.0.1, 255.255.255.254",
        "10.1.2.3/8, 16777214, 10.0.0.1, 10.255.255.254",
        "192.0.2.77/24, 254, 192.0.2.1, 192.0.2.254",
        "0.0.0.0-255.255.255.255, 4294967296, 0.0.0.0, 255.255.255.255",
        "0-255.0-255.0-255.0-255, 4294967296, 0.0.0.0, 255.255.255.255",
        "10.0-3.0-255.0-255, 262144, 10.0.0.0, 10.3.255.255"
    })
    void aSetOfAnySizeWithoutGapsIsOneRange(String word, long count, String first, String last) {
        Targets targets = Targets.parse(word);

        assertThat(targets.intervals()).isEqualTo(1);
        assertThat(targets.count()).isEqualTo(count);
        assertThat(targets.get(0)).hasToString(first);
        assertThat(targets.get(count - 1)).hasToString(last);
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0-3.1,5.1-254', 8, 2032",
        "'10.0-3.1,2.0-255', 4, 2048",
        "'10.0-3.1,3.0-255', 8, 2048",
        "10.0-255.0-255.1-254, 65536, 16646144",
        "'0,2.0-255.0-255.0-255', 2, 33554432"
    })
    void listsTakeOneRangeForEachRunOfAddresses(String word, int ranges, long count) {
        Targets targets = Targets.parse(word);

        assertThat(targets.intervals()).isEqualTo(ranges);
        assertThat(targets.count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, 4294967296", "192.0.2.0/24, 256", "192.0.2.0/30, 4", "192.0.2.0/31, 2", "192.0.2.0/32, 1"})
    void allAddressesKeepsNetworkAndBroadcastAddress(String word, long count) {
        assertThat(Targets.builder().allAddresses(true).add(word).build().count())
                .isEqualTo(count);
    }

    @Test
    void anAddressLeftOutByOneWordIsInIfAnotherNamesIt() {
        assertThat(addresses(Targets.parse("192.0.2.0/30", "192.0.2.0"))).isEqualTo("192.0.2.0 192.0.2.1 192.0.2.2");
        assertThat(Targets.parse("192.0.2.0/25", "192.0.2.0/24").count()).isEqualTo(254);
    }

    @Test
    void duplicatesOverlapsAndNeighboursAreOneRange() {
        Targets targets = Targets.parse(
                "192.0.2.20-30", "192.0.2.7", "192.0.2.7", "192.0.2.25-40", "192.0.2.41", "192.0.2.8-19", "192.0.2.22");

        assertThat(targets.intervals()).isEqualTo(1);
        assertThat(targets.count()).isEqualTo(35);
    }

    @Test
    void theHighestAddressHasNoNeighbourAbove() {
        Targets targets = Targets.parse("255.255.255.255", "0.0.0.0");

        assertThat(addresses(targets)).isEqualTo("0.0.0.0 255.255.255.255");
        assertThat(targets.intervals()).isEqualTo(2);
    }

    @Test
    void containsExactlyTheAddressesOfItsRanges() {
        Targets targets = Targets.parse("192.0.2.10-20", "198.51.100.0/31");

        assertThat(targets.contains(IpAddress.ofIpv4(0xc000020a))).isTrue();
        assertThat(targets.contains(IpAddress.ofIpv4(0xc0000214))).isTrue();
        assertThat(targets.contains(IpAddress.ofIpv4(0xc6336401))).isTrue();
        assertThat(targets.contains(IpAddress.ofIpv4(0xc0000209))).isFalse();
        assertThat(targets.contains(IpAddress.ofIpv4(0xc0000215))).isFalse();
        assertThat(targets.contains(IpAddress.ofIpv4(0xc6336402))).isFalse();
        assertThat(targets.contains(new IpAddress(0, 0xc000020aL, 0))).isFalse();
        assertThat(targets.families()).containsExactly(IpFamily.IPV4);
    }
}
