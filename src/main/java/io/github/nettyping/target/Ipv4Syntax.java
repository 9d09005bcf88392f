package io.github.nettyping.target;

import java.util.BitSet;

/**
 * Reads the IPv4 shapes of a target word: {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 192.0.2.10-192.0.2.99} and
 * lists in each octet, {@code 10.0-3.1,5.1-254}. Stateless.
 *
 * <p>Stricter than inet_aton(3), where a leading zero means octal and {@code 10.1} is the address 10.0.0.1: in a list
 * of targets both are usually mistakes.
 */
final class Ipv4Syntax {

    private static final String OCTET = "a number from 0 to 255 without leading zeros";
    private static final int OCTETS = 4;
    private static final int OCTET_VALUES = 256;
    private static final int MAX_PREFIX = 32;
    /** The longest prefix whose first and last address are not hosts; see RFC 3021 for /31. */
    private static final int LONGEST_WITH_BROADCAST = 30;

    private final WordScanner in;
    private final Ipv4Intervals.Builder out;

    private Ipv4Syntax(WordScanner in, Ipv4Intervals.Builder out) {
        this.in = in;
        this.out = out;
    }

    /** Adds what the word names, or throws and adds nothing. */
    static void parse(String word, boolean allAddresses, Ipv4Intervals.Builder out) {
        Ipv4Syntax syntax = new Ipv4Syntax(new WordScanner(word), out);
        int slash = word.indexOf('/');
        boolean dashOrComma = word.indexOf('-') >= 0 || word.indexOf(',') >= 0;
        if (slash >= 0) {
            syntax.prefix(allAddresses);
        } else if (!dashOrComma) {
            syntax.single();
        } else if (word.chars().filter(c -> c == '.').count() >= OCTETS) {
            syntax.range();
        } else {
            syntax.octetLists();
        }
    }

    private void single() {
        long address = quad(in);
        in.expectEnd("the end of the word after four octets");
        out.add(address, address);
    }

    private void prefix(boolean allAddresses) {
        long address = quad(in);
        in.expect("/", "'/' and a prefix length: ranges and lists take none");
        int length = in.decimal(MAX_PREFIX, "a prefix length from 0 to 32");
        in.expectEnd("the end of the word after the prefix length");
        long hostBits = (1L << (MAX_PREFIX - length)) - 1;
        long first = address & ~hostBits;
        long last = address | hostBits;
        if (length <= LONGEST_WITH_BROADCAST && !allAddresses) {
            first++;
            last--;
        }
        out.add(first, last);
    }

    private void range() {
        long first = quad(in);
        in.expect("-", "'-' and the last address of a range");
        int at = in.position();
        long last = quad(in);
        in.expectEnd("the end of the word after the last address of the range");
        if (last < first) {
            throw in.error(at, "the range runs backwards", "a last address not below the first");
        }
        out.add(first, last);
    }

    /** Reads a strict dotted quad; also the tail of an IPv6 address. */
    static long quad(WordScanner in) {
        long address = 0;
        for (int i = 0; i < OCTETS; i++) {
            if (i > 0) {
                in.expect(".", "four octets with dots between them");
            }
            address = address << 8 | in.decimal(OCTET_VALUES - 1, OCTET);
        }
        return address;
    }

    private void octetLists() {
        BitSet[] octets = new BitSet[OCTETS];
        for (int i = 0; i < OCTETS; i++) {
            if (i > 0) {
                in.expect(".", "four octets with dots between them");
            }
            octets[i] = octetList();
        }
        in.expectEnd("the end of the word after four octets");
        expand(octets);
    }

    private BitSet octetList() {
        BitSet values = new BitSet(OCTET_VALUES);
        do {
            int first = in.decimal(OCTET_VALUES - 1, OCTET);
            int last = first;
            if (in.skip("-")) {
                int at = in.position();
                last = in.decimal(OCTET_VALUES - 1, OCTET);
                if (last < first) {
                    throw in.error(at, "the range runs backwards", "a number not below " + first);
                }
            }
            values.set(first, last + 1);
        } while (in.skip(","));
        return values;
    }

    private void expand(BitSet[] octets) {
        // Whole octets at the end belong to the ranges of the octet before them: 10.0-3.0-255.0-255 is one range.
        int tail = OCTETS - 1;
        while (tail > 0 && octets[tail].cardinality() == OCTET_VALUES) {
            tail--;
        }
        long ranges = runs(octets[tail]);
        for (int i = 0; i < tail; i++) {
            ranges *= octets[i].cardinality();
        }
        if (ranges > Intervals.MAX_INTERVALS) {
            throw in.error(
                    0,
                    "the lists make " + ranges + " separate ranges",
                    "at most " + Intervals.MAX_INTERVALS + "; ranges in the last octets cost less than lists");
        }
        expand(octets, tail, 0, 0);
    }

    private void expand(BitSet[] octets, int tail, int level, long prefix) {
        BitSet values = octets[level];
        if (level < tail) {
            for (int v = values.nextSetBit(0); v >= 0; v = values.nextSetBit(v + 1)) {
                expand(octets, tail, level + 1, prefix << 8 | v);
            }
            return;
        }
        int tailBits = 8 * (OCTETS - 1 - tail);
        for (int v = values.nextSetBit(0); v >= 0; ) {
            int end = values.nextClearBit(v);
            long firstOfRun = (prefix << 8 | v) << tailBits;
            long pastRun = ((prefix << 8) + end) << tailBits;
            out.add(firstOfRun, pastRun - 1);
            v = values.nextSetBit(end);
        }
    }

    private static int runs(BitSet values) {
        int runs = 0;
        for (int v = values.nextSetBit(0); v >= 0; v = values.nextSetBit(values.nextClearBit(v))) {
            runs++;
        }
        return runs;
    }
}
