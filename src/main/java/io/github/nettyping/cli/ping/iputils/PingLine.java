package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of text that may name hosts in its midst: their names are looked up while the line waits. Immutable.
 *
 * @param texts what stands around the hosts, one more than there are of those
 */
public record PingLine(List<String> texts, List<IpAddress> hosts) {

    public PingLine {
        texts = List.copyOf(texts);
        hosts = List.copyOf(hosts);
    }

    public static PingLine of(String line) {
        return new PingLine(List.of(line), List.of());
    }

    public static PingLine naming(String before, IpAddress host, String after) {
        return new PingLine(List.of(before, after), List.of(host));
    }

    public PingLine andNaming(IpAddress host, String after) {
        List<String> moreTexts = new ArrayList<>(texts);
        moreTexts.add(after);
        List<IpAddress> moreHosts = new ArrayList<>(hosts);
        moreHosts.add(host);
        return new PingLine(moreTexts, moreHosts);
    }

    public PingLine and(String more) {
        List<String> longer = new ArrayList<>(texts);
        longer.set(longer.size() - 1, longer.get(longer.size() - 1) + more);
        return new PingLine(longer, hosts);
    }
}
