package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares sets with a tree of big integers, the plain way to hold them, over universes small enough for it. */
class IntervalsPropertyTest {

    private static final int UNIVERSE = 160;

    /** Starts of universes where carries, signs and ends can go wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "20010db8000000000000000000000000",
                "0000000000000000ffffffffffffffb0",
                "00000000000000007fffffffffffffb0",
                "7fffffffffffffffffffffffffffffb0",
                "fffffffffffffffffffffffffffffe00",
                "ffffffffffffffffffffffffffffff60"
            })
    void ipv6RangesInAnyOrderMakeTheUnionOfTheirAddresses(String start) {
        BigInteger base = new BigInteger(start, 16);
        Random random = new Random(20261120);
        for (int round = 0; round < 100; round++) {
            Ipv6Intervals.Builder builder = new Ipv6Intervals.Builder();
            // Scope first, then the address: the order the set promises.
            TreeSet<BigInteger> oracle = new TreeSet<>();
            int ranges = random.nextInt(40);
            for (int i = 0; i < ranges; i++) {
                int first = random.nextInt(UNIVERSE);
                int last = Math.min(UNIVERSE - 1, first + random.nextInt(1 + random.nextInt(20)));
                int scope = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0;
                builder.add(high(base, first), low(base, first), high(base, last), low(base, last), scope);
                for (int j = first; j <= last; j++) {
                    oracle.add(key(base.add(BigInteger.valueOf(j)), scope));
                }
            }
            long limit = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(UNIVERSE);
            Ipv6Intervals set = builder.build(limit);

            Set<BigInteger> expected =
                    new LinkedHashSet<>(oracle.stream().limit(limit).toList());
            assertThat(walk(set)).isEqualTo(List.copyOf(expected));
            assertThat(set.size()).isEqualTo(runs(expected));
            for (int j = 0; j < UNIVERSE; j++) {
                for (int scope = 0; scope < 4; scope++) {
                    IpAddress address = new IpAddress(high(base, j), low(base, j), scope);
                    boolean expectedIn = expected.contains(key(base.add(BigInteger.valueOf(j)), scope));
                    assertThat(set.indexOf(address).isPresent()).isEqualTo(expectedIn);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x0aff_ff80L, 0x7fff_ffb0L, 0xffff_ff60L})
    void ipv4RangesInAnyOrderMakeTheUnionOfTheirAddresses(long base) {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            Ipv4Intervals.Builder builder = new Ipv4Intervals.Builder();
            TreeSet<BigInteger> oracle = new TreeSet<>();
            int ranges = random.nextInt(40);
            for (int i = 0; i < ranges; i++) {
                int first = random.nextInt(UNIVERSE);
                int last = Math.min(UNIVERSE - 1, first + random.nextInt(1 + random.nextInt(20)));
                builder.add(base + first, base + last);
                for (int j = first; j <= last; j++) {
                    oracle.add(mapped(base + j));
                }
            }
            long limit = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(UNIVERSE);
            Ipv4Intervals set = builder.build(limit);

            Set<BigInteger> expected =
                    new LinkedHashSet<>(oracle.stream().limit(limit).toList());
            assertThat(walk(set)).isEqualTo(List.copyOf(expected));
            assertThat(set.size()).isEqualTo(runs(expected));
            for (int j = 0; j < UNIVERSE; j++) {
                assertThat(set.indexOf(IpAddress.ofIpv4((int) (base + j))).isPresent())
                        .isEqualTo(expected.contains(mapped(base + j)));
            }
        }
    }

    private static List<BigInteger> walk(Intervals set) {
        List<BigInteger> walked = new ArrayList<>();
        for (long i = 0; i < set.count(); i++) {
            int range = set.locate(i);
            long offset = i - set.before(range);
            long high = Unsigned128.plusHigh(set.firstHigh(range), set.firstLow(range), offset);
            walked.add(key(value(high, set.firstLow(range) + offset), set.scopeId(range)));
        }
        return walked;
    }

    private static int runs(Set<BigInteger> addresses) {
        return (int) addresses.stream()
                .filter(a -> !addresses.contains(a.subtract(BigInteger.ONE)))
                .count();
    }

    /** The scope above the address, with a bit between so that the end of one scope does not touch the next. */
    private static BigInteger key(BigInteger address, int scope) {
        return BigInteger.valueOf(scope).shiftLeft(129).add(address);
    }

    private static BigInteger mapped(long ipv4) {
        return BigInteger.valueOf(IpAddress.ipv4Low((int) ipv4));
    }

    private static BigInteger value(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }

    private static long high(BigInteger base, int offset) {
        return base.add(BigInteger.valueOf(offset)).shiftRight(64).longValue();
    }

    private static long low(BigInteger base, int offset) {
        return base.add(BigInteger.valueOf(offset)).longValue();
    }
}
