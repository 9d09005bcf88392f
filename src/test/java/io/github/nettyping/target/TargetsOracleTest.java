package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressSeqRange;
import inet.ipaddr.IPAddressString;
import io.github.nettyping.packet.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares words and sets with another implementation, the library {@code ipaddress}, in both families. */
class TargetsOracleTest {

    /** First addresses of neighbourhoods where carries, signs and ends can go wrong. */
    private static final String[] STARTS = {
        "0.0.0.0",
        "10.255.255.0",
        "127.255.255.128",
        "255.255.255.0",
        "::",
        "2001:db8::",
        "::7fff:ffff:ffff:ff80",
        "2001:db8::ffff:ffff:ffff:ff80",
        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ff80",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00"
    };

    private static final int UNIVERSE = 256;

    private final Random random = new Random(20261130);

    private static IPAddress oracle(IpAddress address) {
        return oracle(address.toString());
    }

    private static IPAddress oracle(String literal) {
        return new IPAddressString(literal).getAddress();
    }

    private String near(String start, int offset) {
        return oracle(start).increment(offset).toCanonicalString();
    }

    /** Writes a word of some shape, and says what it names. */
    private String word(String start, List<IPAddressSeqRange> named) {
        int first = random.nextInt(UNIVERSE);
        int last = Math.min(UNIVERSE - 1, first + random.nextInt(1 + random.nextInt(24)));
        IPAddress lower = oracle(start).increment(first);
        IPAddress upper = oracle(start).increment(last);
        switch (random.nextInt(3)) {
            case 0 -> {
                named.add(lower.toSequentialRange());
                return lower.toCanonicalString();
            }
            case 1 -> {
                int length = lower.getBitCount() - random.nextInt(7);
                IPAddress block = lower.setPrefixLength(length, false).toPrefixBlock();
                named.add(block.toSequentialRange());
                return lower.withoutPrefixLength().toCanonicalString() + '/' + length;
            }
            default -> {
                named.add(lower.spanWithRange(upper));
                return lower.toCanonicalString() + '-' + upper.toCanonicalString();
            }
        }
    }

    private record Sample(Targets targets, List<IPAddressSeqRange> ranges) {}

    private Sample sample(String start) {
        List<IPAddressSeqRange> named = new ArrayList<>();
        Targets.Builder builder = Targets.builder().allAddresses(true);
        int words = random.nextInt(12);
        for (int i = 0; i < words; i++) {
            builder.add(word(start, named));
        }
        return new Sample(builder.build(), joined(named));
    }

    private static List<IPAddressSeqRange> joined(List<IPAddressSeqRange> ranges) {
        return ranges.isEmpty() ? List.of() : List.of(IPAddressSeqRange.join(ranges.toArray(IPAddressSeqRange[]::new)));
    }

    private static List<IPAddressSeqRange> without(List<IPAddressSeqRange> ranges, List<IPAddressSeqRange> others) {
        List<IPAddressSeqRange> rest = ranges;
        for (IPAddressSeqRange other : others) {
            rest = rest.stream()
                    .flatMap(range -> Arrays.stream(range.subtract(other)))
                    .toList();
        }
        return joined(rest);
    }

    private static List<IPAddressSeqRange> intersection(
            List<IPAddressSeqRange> ranges, List<IPAddressSeqRange> others) {
        List<IPAddressSeqRange> common = new ArrayList<>();
        for (IPAddressSeqRange range : ranges) {
            for (IPAddressSeqRange other : others) {
                IPAddressSeqRange both = range.intersect(other);
                if (both != null) {
                    common.add(both);
                }
            }
        }
        return joined(common);
    }

    private void assertSame(Targets targets, List<IPAddressSeqRange> expected, String start) {
        assertThat(targets.ranges().map(range -> range.first() + "-" + range.last() + " " + range.count()))
                .isEqualTo(expected.stream()
                        .map(range -> range.getLower().toCanonicalString() + "-"
                                + range.getUpper().toCanonicalString() + " " + range.getCount())
                        .toList());
        BigInteger count = expected.stream().map(IPAddressSeqRange::getCount).reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(targets.count()).isEqualTo(count.longValueExact());
        for (int offset = 0; offset < UNIVERSE; offset++) {
            IpAddress address = Targets.parse(near(start, offset)).get(0);
            boolean in = expected.stream().anyMatch(range -> range.contains(oracle(address)));
            assertThat(targets.contains(address)).isEqualTo(in);
            OptionalLong index = targets.indexOf(address);
            assertThat(index.isPresent()).isEqualTo(in);
            if (in) {
                assertThat(targets.get(index.getAsLong())).isEqualTo(address);
            }
        }
    }

    static List<String> starts() {
        return List.of(STARTS);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("starts")
    void unionDifferenceAndIntersectionAreTheOracles(String start) {
        for (int round = 0; round < 25; round++) {
            Sample one = sample(start);
            Sample other = sample(start);
            List<IPAddressSeqRange> both = new ArrayList<>(one.ranges());
            both.addAll(other.ranges());

            assertSame(one.targets(), one.ranges(), start);
            assertSame(Targets.builder().add(one.targets()).add(other.targets()).build(), joined(both), start);
            assertSame(one.targets().without(other.targets()), without(one.ranges(), other.ranges()), start);
            assertSame(one.targets().intersection(other.targets()), intersection(one.ranges(), other.ranges()), start);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aWordNamesWhatItNamesToTheOracleAllOverTheAddressSpace(int family) {
        int bits = family == 4 ? 32 : 128;
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[bits / 8];
            random.nextBytes(bytes);
            IPAddress address = new inet.ipaddr.IPAddressString(text(bytes)).getAddress();
            int length = bits - random.nextInt(33);
            IPAddressSeqRange block =
                    address.setPrefixLength(length, false).toPrefixBlock().toSequentialRange();
            String word = address.toCanonicalString() + '/' + length;

            Targets targets = Targets.builder().allAddresses(true).add(word).build();

            assertThat(targets.ranges().toList()).as(word).singleElement().satisfies(range -> {
                assertThat(oracle(range.first())).isEqualTo(block.getLower().withoutPrefixLength());
                assertThat(oracle(range.last())).isEqualTo(block.getUpper().withoutPrefixLength());
                assertThat(BigInteger.valueOf(range.count())).isEqualTo(block.getCount());
            });
        }
    }

    private static String text(byte[] bytes) {
        try {
            return java.net.InetAddress.getByAddress(bytes).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are legal lengths", e);
        }
    }
}
