package io.github.nettyping.target;

/** Turns one target word into ranges of addresses. Confined to one thread. */
final class TargetParser {

    /** Most addresses of an IPv6 prefix or range unless the number of targets is limited: a /96. */
    private static final long MAX_IPV6_ADDRESSES = 1L << 32;

    private final InterfaceLookup interfaces;
    private final Ipv4Intervals.Builder ipv4;
    private final Ipv6Intervals.Builder ipv6;

    TargetParser(InterfaceLookup interfaces, Ipv4Intervals.Builder ipv4, Ipv6Intervals.Builder ipv6) {
        this.interfaces = interfaces;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * Adds what the word names, or throws and adds nothing.
     *
     * @param allAddresses whether an IPv4 prefix includes its network and broadcast address
     * @param anySize      whether an IPv6 prefix or range may be of any size
     * @throws TargetSyntaxException if the word is no target
     */
    void parse(String word, boolean allAddresses, boolean anySize) {
        if (word.isEmpty()) {
            throw new WordScanner(word).unexpected("an address, a prefix or a range");
        }
        switch (TargetWord.of(word)) {
            case IPV4 -> Ipv4Syntax.parse(word, allAddresses, ipv4);
            case IPV6 -> Ipv6Syntax.parse(word, interfaces, anySize ? Long.MAX_VALUE : MAX_IPV6_ADDRESSES, ipv6);
            case NAME -> throw name(word);
        }
    }

    /** Says which character no host name holds, or, if all could stand in one, that names are not resolved. */
    private static TargetSyntaxException name(String word) {
        WordScanner in = new WordScanner(word);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            // Letters of every script: internationalised names are typed as they are written.
            if (!Character.isLetterOrDigit(c) && ".-_".indexOf(c) < 0 && !Character.isSurrogate(c)) {
                in.moveTo(i);
                return in.unexpected("letters, digits, dots and dashes of a host name, or an address");
            }
        }
        return in.error(0, "host names are not supported yet", "an address, a prefix or a range");
    }
}
