package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list that comes with the library. */
class ReservedRangesTest {

    private static Targets left(String... words) {
        Targets.Builder builder = Targets.builder().allAddresses(true);
        for (String word : words) {
            builder.add(word);
        }
        return builder.excludeReserved().build();
    }

    @Test
    void theRegistriesAndMulticastAreThereInFull() {
        assertThat(ReservedRanges.registryDate()).isEqualTo(LocalDate.of(2025, 10, 9));
        assertThat(ReservedRanges.all())
                .hasSize(26 + 24 + 2)
                .extracting(ReservedRange::prefix)
                .doesNotHaveDuplicates()
                .contains("0.0.0.0/8", "255.255.255.255/32", "::/128", "fe80::/10", "224.0.0.0/4", "ff00::/8");
    }

    @Test
    void everyRangeIsThePrefixItSaysWithANameAndAReference() {
        assertThat(ReservedRanges.all()).allSatisfy(range -> {
            assertThat(range.prefix()).isEqualTo(range.first() + "/" + range.length());
            assertThat(range.contains(range.first())).isTrue();
            assertThat(range.contains(range.last())).isTrue();
            assertThat(range.reference()).matches("RFC [0-9]+(, (RFC [0-9]+|section [0-9.]+))*");
            assertThat(range.name()).isNotBlank().doesNotContain("\t", "$");
        });
    }

    /** So that the longest prefix of an address is one, and shorter ones surround it. */
    @Test
    void rangesLieWithinEachOtherOrApart() {
        List<ReservedRange> all = ReservedRanges.all();
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                ReservedRange wide = all.get(i);
                ReservedRange narrow = all.get(j);
                assertThat(wide.length()).isLessThanOrEqualTo(narrow.length());
                boolean overlap = wide.contains(narrow.first()) || wide.contains(narrow.last());
                assertThat(wide.contains(narrow.first()) && wide.contains(narrow.last()))
                        .isEqualTo(overlap);
                if (overlap) {
                    pairs.add(wide.prefix());
                }
            }
        }
        assertThat(pairs)
                .containsExactlyInAnyOrder("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "2001::/23");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.0.8",
                "192.0.0.11",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.2",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "64:ff9b:1::1",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:1::4",
                "2001:2::1",
                "2001:10::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "ff0e::1"
            })
    void isExcluded(String address) {
        assertThat(left(address).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.0.9",
                "192.0.0.10",
                "192.0.1.0",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.1",
                "192.167.255.255",
                "192.169.0.0",
                "192.175.48.1",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::2",
                "64:ff9b::1",
                "100:0:0:2::1",
                "2001:1::1",
                "2001:1::3",
                "2001:3::1",
                "2001:4:112::1",
                "2001:20::1",
                "2001:3f::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2002::1",
                "2606:4700:4700::1111",
                "2620:4f:8000::1",
                "3fff:1000::1",
                "fbff::1",
                "fec0::1"
            })
    void isNotExcluded(String address) {
        assertThat(left(address).count()).isOne();
    }

    @Test
    void whatIsLeftOfTheWholeIpv4InternetIsWhatTheListLeaves() {
        long all = 1L << 32;
        // Whole blocks of eight bits or less in the prefix, then the smaller ones, of which some addresses are
        // reachable.
        long wide = 4 * (1L << 24) - (1L << 24) + (1L << 22) + (1L << 20) + 2 * (1L << 28);
        long narrow = 2 * (1L << 16) + (1L << 17) + 4 * 256 - 2 + 1;

        assertThat(left("0.0.0.0/0").count()).isEqualTo(all - wide - narrow);
    }

    @Test
    void scopedAddressesAreExcludedToo() {
        Targets.Builder builder = Targets.builder().add(new IpAddress(0xfe80L << 48, 1, 7));

        assertThat(builder.excludeReserved().build().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.0.9, 192.0.0.9/32, GLOBAL, RFC 7723",
        "192.0.0.12, 192.0.0.0/24, NOT_GLOBAL, 'RFC 6890, section 2.1'",
        "2001::1, 2001::/32, NOT_SAID, 'RFC 4380, RFC 8190'",
        "10.1.2.3, 10.0.0.0/8, NOT_GLOBAL, RFC 1918"
    })
    void theLongestPrefixAroundAnAddressIsFound(
            String address, String prefix, ReservedRange.Reach reach, String reference) {
        assertThat(ReservedRanges.find(Targets.parse(address).get(0))).hasValueSatisfying(range -> {
            assertThat(range.prefix()).isEqualTo(prefix);
            assertThat(range.reach()).isEqualTo(reach);
            assertThat(range.reference()).isEqualTo(reference);
        });
    }

    @Test
    void nothingIsKnownOfAnOrdinaryAddress() {
        assertThat(ReservedRanges.find(Targets.parse("8.8.8.8").get(0))).isEmpty();
        assertThat(ReservedRanges.find(Targets.parse("2606:4700::1").get(0))).isEmpty();
    }
}
