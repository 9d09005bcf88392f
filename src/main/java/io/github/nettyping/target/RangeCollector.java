package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.function.Consumer;

/**
 * Collects the addresses that words name, as ranges: those of a set, or what is left out of one, which may be of any size
 * and is never counted. Confined to one thread.
 */
final class RangeCollector {

    /** Most addresses of an IPv6 prefix or range unless the number of targets is limited: a /96. */
    private static final long MAX_IPV6_ADDRESSES = 1L << 32;

    final Ipv4Intervals.Builder ipv4 = new Ipv4Intervals.Builder();
    final Ipv6Intervals.Builder ipv6 = new Ipv6Intervals.Builder();

    private final InterfaceLookup interfaces;
    private Consumer<String> hostNames = name -> {
        throw new WordScanner(name)
                .error(0, "a host name", "an address, a prefix or a range; resolve the name and add its address");
    };

    RangeCollector(InterfaceLookup interfaces) {
        this.interfaces = interfaces;
    }

    /** Sets who takes the names of hosts; unless it is set, they are refused. */
    void hostNames(Consumer<String> newHostNames) {
        hostNames = newHostNames;
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
    void parseExcluded(String word) {
        if (TargetWord.of(word) == TargetWord.IPV6) {
            Ipv6Syntax.parseExcluded(word, interfaces, ipv6);
        } else {
            parse(word, true, true);
        }
    }

    /** Adds the addresses from one to another, of the same family and scope. */
    void add(IpAddress first, IpAddress last) {
        if (first.family() == IpFamily.IPV4) {
            ipv4.add(Integer.toUnsignedLong(first.ipv4Bits()), Integer.toUnsignedLong(last.ipv4Bits()));
        } else {
            ipv6.add(first.high(), first.low(), last.high(), last.low(), first.scopeId());
        }
    }

    /** Adds all that another one has collected. */
    void add(RangeCollector others) {
        ipv4.add(others.ipv4());
        ipv6.add(others.ipv6.slice());
    }

    /** Returns a new one of what this has collected and another has not. */
    RangeCollector without(RangeCollector others) {
        RangeCollector rest = new RangeCollector(interfaces);
        rest.ipv4.add(ipv4().without(others.ipv4(), Long.MAX_VALUE));
        ipv6.slice().without(others.ipv6.slice(), rest.ipv6);
        return rest;
    }

    /** Returns what of IPv4 has been collected. */
    Ipv4Intervals ipv4() {
        return ipv4.build(Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return ipv4.isEmpty() && ipv6.isEmpty();
    }
}
