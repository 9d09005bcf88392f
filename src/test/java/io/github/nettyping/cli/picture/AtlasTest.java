package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which blocks are shown of which targets. */
class AtlasTest {

    private static List<String> blocks(Targets targets) {
        Atlas atlas = new Atlas();
        targets.ranges().forEach(range -> atlas.add(range.first(), range.last()));
        return atlas.blocks().stream().map(Prefix::toString).toList();
    }

    private static List<String> blocks(String... words) {
        return blocks(Targets.parse(words));
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.0.0/16, 198.18.0.0/16",
        "192.0.2.0/24, 192.0.2.0/24",
        "10.0.16.0/20, 10.0.16.0/20",
        "10.0.0.0/9, 10.0.0.0/9",
        "0.0.0.0/0, 0.0.0.0/0",
        "127.0.0.0/30, 127.0.0.0/30",
        "192.0.2.7, 192.0.2.7",
        "192.0.2.200-192.0.3.10, 192.0.2.0/23",
        "2001:db8::/112, 2001:db8::/112",
        "::1, ::1",
    })
    void aRangeIsShownInTheSmallestPrefixThatHasIt(String word, String block) {
        assertThat(blocks(word)).containsExactly(block);
    }

    @Test
    void networksFarApartAreBlocksOfTheirOwn() {
        assertThat(blocks("10.1.2.0/24", "100.64.7.0/24", "192.0.2.0/24"))
                .containsExactly("10.1.2.0/24", "100.64.7.0/24", "192.0.2.0/24");
    }

    @Test
    void neighboursAreOneBlock() {
        assertThat(blocks("192.0.2.0/24", "192.0.3.0/24")).containsExactly("192.0.2.0/23");
        assertThat(blocks("10.0.0.0/20", "10.0.48.0/20")).containsExactly("10.0.0.0/18");
        assertThat(blocks("10.0.0.0/20", "10.0.128.0/20")).containsExactly("10.0.0.0/20", "10.0.128.0/20");
    }

    @Test
    void aHostAmongOthersIsShownInItsNetwork() {
        assertThat(blocks("10.0.0.7", "172.16.9.200", "2001:db8::7"))
                .containsExactly("10.0.0.0/24", "172.16.9.0/24", "2001:db8::/120");
    }

    @Test
    void whatLiesWithinALargerBlockIsPartOfIt() {
        assertThat(blocks("10.0.0.5", "10.0.1.0-10.0.15.255", "10.0.14.3", "172.16.0.1"))
                .containsExactly("10.0.0.0/20", "172.16.0.0/24");
    }

    @Test
    void aRangeAroundABoundaryIsTwoBlocks() {
        assertThat(blocks("10.127.255.255-10.128.0.1")).containsExactly("10.127.255.0/24", "10.128.0.0/24");
    }

    @Test
    void linksAreNotMixed() {
        Atlas atlas = new Atlas();
        for (int scope = 1; scope <= 2; scope++) {
            IpAddress address = new IpAddress(0xfe80L << 48, 1, scope);
            atlas.add(address, address);
        }
        assertThat(atlas.blocks()).extracting(Prefix::scopeId).containsExactly(1, 2);
    }

    /** Scattered anywhere, whatever their number: few blocks, disjoint, in order, each target in one. */
    @ParameterizedTest
    @CsvSource({"30, 30", "200, 64", "20000, 64"})
    void scatteredHostsAreShownInFewBlocks(int hosts, int most) {
        Random random = new Random(hosts);
        Targets.Builder builder = Targets.builder();
        for (int i = 0; i < hosts; i++) {
            builder.add(IpAddress.ofIpv4(random.nextInt()));
            if (hosts > 30) {
                builder.add(new IpAddress(0x2001_0db8L << 32 | random.nextInt(1 << 20), random.nextLong(), 0));
            }
        }
        Targets targets = builder.build();
        Atlas atlas = new Atlas();
        targets.ranges().forEach(range -> atlas.add(range.first(), range.last()));

        List<Prefix> blocks = atlas.blocks();

        assertThat(blocks).hasSizeLessThanOrEqualTo(most);
        for (int i = 0; i < targets.count(); i++) {
            IpAddress target = targets.get(i);
            assertThat(blocks.stream()
                            .filter(block -> block.contains(target.high(), target.low(), target.scopeId()))
                            .count())
                    .as("blocks that have %s", target)
                    .isEqualTo(1);
        }
    }
}
