package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Compares sets made of many words or addresses with plain lists. */
class TargetsPropertyTest {

    @Test
    void octetListsNameEveryCombination() {
        Random random = new Random(9);
        for (int round = 0; round < 100; round++) {
            StringBuilder word = new StringBuilder();
            List<SortedSet<Integer>> octets = new ArrayList<>();
            for (int octet = 0; octet < 4; octet++) {
                word.append(octet == 0 ? "" : ".");
                octets.add(octetList(random, octet, word));
            }
            LongStream.Builder expected = LongStream.builder();
            for (int a : octets.get(0)) {
                for (int b : octets.get(1)) {
                    for (int c : octets.get(2)) {
                        for (int d : octets.get(3)) {
                            expected.add(IpAddress.ipv4Low(a << 24 | b << 16 | c << 8 | d));
                        }
                    }
                }
            }

            assertThat(lows(Targets.parse(word.toString())))
                    .as(word.toString())
                    .isEqualTo(expected.build().toArray());
        }
    }

    /** Walks the set by a cursor and returns the lower half of every address. */
    private static long[] lows(Targets targets) {
        TargetCursor cursor = targets.cursor();
        long[] lows = new long[(int) targets.count()];
        for (int i = 0; i < lows.length; i++) {
            cursor.moveTo(i);
            lows[i] = cursor.low();
        }
        return lows;
    }

    /** Writes a list of one octet and returns its values; the last octets are whole now and then. */
    private static SortedSet<Integer> octetList(Random random, int octet, StringBuilder word) {
        TreeSet<Integer> values = new TreeSet<>();
        boolean whole = octet >= 2 && random.nextInt(3) == 0;
        int items = whole ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < items; i++) {
            int first = whole ? 0 : random.nextInt(256);
            int last = whole ? 255 : Math.min(255, first + random.nextInt(3));
            word.append(i == 0 ? "" : ",").append(first);
            if (last > first || random.nextInt(4) == 0) {
                word.append('-').append(last);
            }
            for (int v = first; v <= last; v++) {
                values.add(v);
            }
        }
        return values;
    }

    @Test
    void aMillionSingleAddressesAreHeldInOrder() {
        Random random = new Random(1_000_000);
        int[] bits = random.ints(1_000_000).toArray();
        Targets.Builder builder = Targets.builder();
        for (int b : bits) {
            builder.add(IpAddress.ofIpv4(b).toString());
        }

        Targets targets = builder.build();

        long[] expected = Arrays.stream(bits)
                .mapToLong(IpAddress::ipv4Low)
                .sorted()
                .distinct()
                .toArray();
        assertThat(Arrays.equals(lows(targets), expected)).isTrue();
    }

    @Test
    void aMillionSingleIpv6AddressesAreHeldInOrder() {
        Random random = new Random(6);
        Targets.Builder builder = Targets.builder();
        long[] lows = random.longs(1_000_000).toArray();
        for (long low : lows) {
            builder.add(new IpAddress(0x2001_0db8_0000_0000L, low, 0));
        }

        Targets targets = builder.build();

        long[] expected = Arrays.stream(lows)
                .distinct()
                .boxed()
                .sorted(Long::compareUnsigned)
                .mapToLong(Long::longValue)
                .toArray();
        assertThat(Arrays.equals(lows(targets), expected)).isTrue();
    }
}
