package io.github.nettyping.server.config;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are asked alike: a group of targets of smokeping_prober. Immutable.
 *
 * @param hosts        names, addresses and sets of them, as typed
 * @param interval     between two probes to one target
 * @param family       the only family asked; empty for both, IPv4 first
 * @param payloadBytes ICMP payload, without the 8-byte header
 * @param source       the address probes are sent from, the kernel's choice if empty
 * @param trafficClass traffic class of the probes
 * @param labels       what their metrics are labelled with besides, sorted by name
 */
public record TargetGroup(
        List<String> hosts,
        Duration interval,
        Optional<IpFamily> family,
        int payloadBytes,
        Optional<IpAddress> source,
        int trafficClass,
        Map<String, String> labels) {

    /** The labels that every target has. */
    public static final List<String> OWN_LABELS = List.of("ip", "host", "source", "tos");

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final int DEFAULT_PAYLOAD_BYTES = 56;
    private static final int MOST_TRAFFIC_CLASS = 255;

    private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    /** Names that the exposition or our own metrics give a meaning to. */
    private static final Set<String> TAKEN = Set.of("le", "quantile", "state", "reason");

    private static final List<String> FIELDS =
            List.of("hosts", "host", "interval", "network", "protocol", "size", "source", "tos", "labels");

    /** Returns hosts that are asked as those of a group that says nothing else. */
    public static TargetGroup of(List<String> hosts) {
        return new TargetGroup(
                hosts, DEFAULT_INTERVAL, Optional.empty(), DEFAULT_PAYLOAD_BYTES, Optional.empty(), 0, Map.of());
    }

    private static String host(Yaml word) throws ConfigurationException {
        try {
            Targets.builder().hostNames(name -> {}).add(word.text());
            return word.text();
        } catch (IllegalArgumentException e) {
            throw word.wrong(
                    "no target: " + e.getMessage(), "a name or an address, or a set of addresses such as 192.0.2.0/28");
        }
    }

    static TargetGroup of(Yaml group, Consumer<String> warnings) throws ConfigurationException {
        Map<String, Yaml> fields = group.mapping(FIELDS);
        List<String> hosts = new ArrayList<>();
        Yaml several = fields.get("hosts");
        Yaml single = fields.get("host");
        if (several != null) {
            for (Yaml host : several.list()) {
                hosts.add(host(host));
            }
        }
        if (hosts.isEmpty() && single != null) {
            hosts.add(host(single));
        }
        if (hosts.isEmpty()) {
            throw group.wrong("a group without targets", "hosts, a list of names and addresses");
        }
        Yaml interval = fields.get("interval");
        Yaml network = fields.get("network");
        Yaml protocol = fields.get("protocol");
        Yaml size = fields.get("size");
        Yaml tos = fields.get("tos");
        if (protocol != null) {
            // Which socket that takes is not the file's business here: ping sockets serve wherever they may.
            protocol.word(List.of("icmp", "udp"));
        }
        String family = network == null ? "ip" : network.word(List.of("ip", "ip4", "ip6"));
        return new TargetGroup(
                List.copyOf(hosts),
                interval == null ? DEFAULT_INTERVAL : interval.duration(Pace.MIN_INTERVAL, Pace.MAX_INTERVAL),
                family.equals("ip")
                        ? Optional.empty()
                        : Optional.of(family.equals("ip4") ? IpFamily.IPV4 : IpFamily.IPV6),
                size == null ? DEFAULT_PAYLOAD_BYTES : size.number(0, ProbeOptions.MAX_PAYLOAD_BYTES),
                ProbeModule.address(fields.get("source")),
                tos == null ? 0 : tos.number(0, MOST_TRAFFIC_CLASS),
                labels(fields.get("labels"), warnings));
    }

    private static Map<String, String> labels(@Nullable Yaml given, Consumer<String> warnings)
            throws ConfigurationException {
        Map<String, String> labels = new TreeMap<>();
        if (given != null) {
            for (Map.Entry<String, Map.Entry<Yaml, Yaml>> label :
                    given.named("labels").entrySet()) {
                Yaml key = label.getValue().getKey();
                String name = label.getKey();
                String value = label.getValue().getValue().text();
                if (!LABEL.matcher(name).matches() || TAKEN.contains(name)) {
                    throw key.wrong(
                            "label \"" + name + '"',
                            "letters, digits and _, no digit first, not __ first, and none of le, quantile, reason,"
                                    + " state");
                }
                if (OWN_LABELS.contains(name)) {
                    warnings.accept(key.place() + ": the label " + name + " is left out: every target has its own");
                } else {
                    labels.put(name, value);
                }
            }
        }
        return labels;
    }
}
