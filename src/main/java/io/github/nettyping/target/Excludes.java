package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.function.Consumer;

/** Collects what is left out of a set: ranges of any size, which are never counted. Confined to one thread. */
final class Excludes {

    private final Ipv4Intervals.Builder ipv4 = new Ipv4Intervals.Builder();
    private final Ipv6Intervals.Builder ipv6 = new Ipv6Intervals.Builder();
    private final TargetParser parser;
    private Consumer<String> hostNames = name -> {
        throw TargetParser.unwanted(name);
    };
    private boolean empty = true;

    Excludes(InterfaceLookup interfaces) {
        this.parser = new TargetParser(interfaces, ipv4, ipv6);
    }

    void hostNames(Consumer<String> newHostNames) {
        hostNames = newHostNames;
    }

    void add(String word) {
        parser.parseExcluded(word, hostNames);
        empty = false;
    }

    void add(IpAddress first, IpAddress last) {
        if (first.family() == IpFamily.IPV4) {
            ipv4.add(Integer.toUnsignedLong(first.ipv4Bits()), Integer.toUnsignedLong(last.ipv4Bits()));
        } else {
            ipv6.add(first.high(), first.low(), last.high(), last.low(), first.scopeId());
        }
        empty = false;
    }

    void add(Ipv4Intervals ipv4Ranges, Ipv6Slice ipv6Ranges) {
        ipv4.add(ipv4Ranges);
        ipv6.add(ipv6Ranges);
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    Ipv4Intervals ipv4() {
        return ipv4.build(Long.MAX_VALUE);
    }

    Ipv6Slice ipv6() {
        return ipv6.slice();
    }
}
