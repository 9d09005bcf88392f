package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import java.util.OptionalInt;

/**
 * Reads the IPv6 shapes of a target word: {@code 2001:db8::7}, {@code 2001:db8::/120},
 * {@code 2001:db8::1-2001:db8::ff}, each with an interface if it is link-local: {@code fe80::1%eth0},
 * {@code fe80::%eth0/120}. Confined to one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2">RFC 4291, section 2.2</a>, and RFC 4007, section 11
 */
final class Ipv6Syntax {

    private static final String INTERFACE = "the name or the index of an interface that has an address";
    private static final String SHAPE =
            "the end of the word, '%' and an interface, '/' and a prefix length," + " or '-' and a last address";
    private static final int MAX_PREFIX = 128;
    private static final long MAPPED_FIRST = IpAddress.ipv4Low(0);
    private static final long MAPPED_LAST = IpAddress.ipv4Low(-1);

    private final WordScanner in;
    private final InterfaceLookup interfaces;

    private Ipv6Syntax(WordScanner in, InterfaceLookup interfaces) {
        this.in = in;
        this.interfaces = interfaces;
    }

    /**
     * Adds what the word names, or throws and adds nothing.
     *
     * @param maxAddresses most addresses of a prefix or range, at least 1
     */
    static void parse(String word, InterfaceLookup interfaces, long maxAddresses, Ipv6Intervals.Builder out) {
        new Ipv6Syntax(new WordScanner(word), interfaces).parse(maxAddresses, false, out);
    }

    /** Adds what the word names, of any size; may be more than addresses that are targets. */
    static void parseExcluded(String word, InterfaceLookup interfaces, Ipv6Intervals.Builder out) {
        new Ipv6Syntax(new WordScanner(word), interfaces).parse(Long.MAX_VALUE, true, out);
    }

    private void parse(long maxAddresses, boolean mayCoverMapped, Ipv6Intervals.Builder out) {
        Ipv6Literal first = Ipv6Literal.read(in);
        Ipv6Literal last = first;
        int at = in.position();
        int scope = scope();
        int size = in.position();
        if (in.skip("/")) {
            int length = in.decimal(MAX_PREFIX, "a prefix length from 0 to 128");
            last = first.lastOfPrefix(length);
            first = first.firstOfPrefix(length);
            in.expectEnd("the end of the word after the prefix length");
        } else if (in.skip("-")) {
            last = Ipv6Literal.read(in);
            if (last.compareTo(first) < 0) {
                throw in.error(size + 1, "the range runs backwards", "a last address not below the first");
            }
            int lastAt = in.position();
            int lastScope = scope();
            if (scope != 0 && lastScope != 0 && scope != lastScope) {
                throw in.error(lastAt, "the two ends lie on different links", "the same interface at both ends");
            }
            at = scope == 0 ? lastAt : at;
            scope = Math.max(scope, lastScope);
            in.expectEnd("the end of the word after the last address of the range");
        } else {
            in.expectEnd(SHAPE);
        }
        checkSize(first, last, size, maxAddresses);
        if (!mayCoverMapped || !coversMapped(first, last)) {
            checkMapped(first, last);
        }
        if (scope != 0 && !first.sharesLinkWith(last)) {
            throw in.error(at, "only link-local addresses belong to an interface", "no '%' here");
        }
        out.add(first.high(), first.low(), last.high(), last.low(), scope);
    }

    /** Reads {@code %eth0} or {@code %2}, if it is there; 0 if not. */
    private int scope() {
        if (!in.skip("%")) {
            return 0;
        }
        int start = in.position();
        String rest = in.word().substring(start);
        // Linux allows dashes in the name of an interface, but no slash and no colon (dev_valid_name() in
        // net/core/dev.c): so the dash of a range is the last one before the next colon.
        int colon = rest.indexOf(':');
        int end = colon >= 0 ? rest.lastIndexOf('-', colon) : rest.indexOf('/');
        String name = end >= 0 ? rest.substring(0, end) : rest;
        if (name.isEmpty()) {
            throw in.unexpected(INTERFACE);
        }
        OptionalInt index = interfaces.indexOf(name);
        if (index.isEmpty()) {
            throw in.error(start, "no interface " + name, INTERFACE);
        }
        in.moveTo(start + name.length());
        return index.getAsInt();
    }

    private void checkSize(Ipv6Literal first, Ipv6Literal last, int at, long maxAddresses) {
        long difference = last.low() - first.low();
        boolean fits = Unsigned128.minusHigh(last.high(), last.low(), first.high(), first.low()) == 0
                && Long.compareUnsigned(difference, maxAddresses) < 0;
        if (!fits && maxAddresses < Long.MAX_VALUE) {
            throw in.error(
                    at,
                    "too many addresses",
                    "at most " + maxAddresses + " (a /96), or a limit on the number of targets");
        }
    }

    /** Tells whether the range includes the prefix that stands for IPv4 and more than that. */
    private static boolean coversMapped(Ipv6Literal first, Ipv6Literal last) {
        return Unsigned128.compare(first.high(), first.low(), 0, MAPPED_FIRST) < 0
                && Unsigned128.compare(last.high(), last.low(), 0, MAPPED_LAST) > 0;
    }

    private void checkMapped(Ipv6Literal first, Ipv6Literal last) {
        if (Unsigned128.compare(first.high(), first.low(), 0, MAPPED_LAST) <= 0
                && Unsigned128.compare(last.high(), last.low(), 0, MAPPED_FIRST) >= 0) {
            // Such a packet must not be sent on a network: RFC 4291, section 2.5.5.2, and RFC 6890, table 20.
            throw in.error(0, "::ffff:0:0/96 stands for IPv4", "the IPv4 address itself, in four octets");
        }
    }
}
