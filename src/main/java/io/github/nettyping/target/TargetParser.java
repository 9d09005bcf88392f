package io.github.nettyping.target;

import java.util.function.Consumer;

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
     * @param hostNames    takes the word if it is the name of a host
     * @param allAddresses whether an IPv4 prefix includes its network and broadcast address
     * @param anySize      whether an IPv6 prefix or range may be of any size
     * @throws TargetSyntaxException if the word is no target
     */
    void parse(String word, Consumer<String> hostNames, boolean allAddresses, boolean anySize) {
        if (word.isEmpty()) {
            throw new WordScanner(word).unexpected("an address, a prefix or a range");
        }
        switch (TargetWord.of(word)) {
            case IPV4 -> Ipv4Syntax.parse(word, allAddresses, ipv4);
            case IPV6 -> Ipv6Syntax.parse(word, interfaces, anySize ? Long.MAX_VALUE : MAX_IPV6_ADDRESSES, ipv6);
            case NAME -> {
                HostNameSyntax.check(word);
                hostNames.accept(word);
            }
        }
    }

    /**
     * Adds what the word names, all of it: network and broadcast addresses, and IPv6 prefixes of any size, also those
     * that {@code ::ffff:0:0/96} lies in.
     */
    void parseExcluded(String word, Consumer<String> hostNames) {
        if (TargetWord.of(word) == TargetWord.IPV6) {
            Ipv6Syntax.parseExcluded(word, interfaces, ipv6);
        } else {
            parse(word, hostNames, true, true);
        }
    }

    /** The message for a host name where none is accepted. */
    static TargetSyntaxException unwanted(String hostName) {
        return new WordScanner(hostName)
                .error(0, "a host name", "an address, a prefix or a range; resolve the name and add its address");
    }
}
