package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;

/** An IPv6 address as read from a word, without scope. Immutable. */
record Ipv6Literal(long high, long low) implements Comparable<Ipv6Literal> {

    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final String GROUP = "a group of 1 to 4 hexadecimal digits";
    private static final String WHOLE = "eight groups with colons between them, or '::' for the missing ones";

    /** Reads the forms of RFC 4291, section 2.2, and nothing else; stops behind the address. */
    static Ipv6Literal read(WordScanner in) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int gapAt = in.position();
        boolean groupMustFollow = true;
        if (in.skip("::")) {
            gap = 0;
            groupMustFollow = false;
        }
        while (groupMustFollow || Character.digit(hex(in), 16) >= 0) {
            int start = in.position();
            int group = group(in);
            if (in.peek() == '.') {
                in.moveTo(start);
                count = ipv4Tail(in, groups, count, gap);
                break;
            }
            groups[count++] = group;
            groupMustFollow = false;
            if (gap >= 0 && count == GROUPS) {
                throw in.error(gapAt, "'::' among eight groups stands for none", WHOLE);
            }
            int colon = in.position();
            if (in.skip("::")) {
                if (count == GROUPS) {
                    throw in.error(colon, "more than eight groups", WHOLE);
                }
                if (gap >= 0) {
                    throw in.error(colon, "a second '::'", "one at most, or the address has no one meaning");
                }
                gap = count;
                gapAt = colon;
            } else if (count < GROUPS && in.skip(":")) {
                groupMustFollow = true;
            } else {
                break;
            }
        }
        if (gap < 0 && count < GROUPS) {
            throw in.unexpected(WHOLE);
        }
        return of(groups, count, gap);
    }

    /** Gives the next character, if it is ASCII: {@link Character#digit(char, int)} knows the digits of all scripts. */
    private static char hex(WordScanner in) {
        return in.peek() < 0x80 ? in.peek() : WordScanner.END;
    }

    private static int group(WordScanner in) {
        int start = in.position();
        int value = 0;
        for (int digit = Character.digit(hex(in), 16); digit >= 0; digit = Character.digit(hex(in), 16)) {
            // Overflow does no harm: more than four digits are refused below.
            value = value << 4 | digit;
            in.moveTo(in.position() + 1);
        }
        if (in.position() == start) {
            throw in.unexpected(GROUP);
        }
        if (in.position() - start > GROUP_DIGITS) {
            throw in.error(start, "a group of " + (in.position() - start) + " digits", GROUP);
        }
        return value;
    }

    private static int ipv4Tail(WordScanner in, int[] groups, int count, int gap) {
        if (gap < 0 ? count != GROUPS - 2 : count > GROUPS - 3) {
            throw in.error(in.position(), "an IPv4 address cannot stand here", "it in place of the last two groups");
        }
        long tail = Ipv4Syntax.quad(in);
        groups[count] = (int) (tail >>> 16);
        groups[count + 1] = (int) tail & 0xffff;
        return count + 2;
    }

    private static Ipv6Literal of(int[] groups, int count, int gap) {
        long high = 0;
        long low = 0;
        int zeros = GROUPS - count;
        for (int i = 0; i < GROUPS; i++) {
            int group;
            if (gap < 0 || i < gap) {
                group = groups[i];
            } else {
                group = i < gap + zeros ? 0 : groups[i - zeros];
            }
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return new Ipv6Literal(high, low);
    }

    Ipv6Literal firstOfPrefix(int length) {
        return new Ipv6Literal(high & Unsigned128.maskHigh(length), low & Unsigned128.maskLow(length));
    }

    Ipv6Literal lastOfPrefix(int length) {
        return new Ipv6Literal(high | ~Unsigned128.maskHigh(length), low | ~Unsigned128.maskLow(length));
    }

    /**
     * Tells whether this and {@code other}, and so all between them, need an interface to be told apart: both in
     * fe80::/10, or in one multicast group range of interface-local or link-local scope (RFC 4291, section 2.7).
     */
    boolean sharesLinkWith(Ipv6Literal other) {
        if (high >>> 54 == 0xfe80 >>> 6) {
            return high >>> 54 == other.high >>> 54;
        }
        long scope = high >>> 48 & 0xf;
        return high >>> 56 == 0xff && (scope == 1 || scope == 2) && high >>> 48 == other.high >>> 48;
    }

    @Override
    public int compareTo(Ipv6Literal other) {
        return Unsigned128.compare(high, low, other.high, other.low);
    }
}
