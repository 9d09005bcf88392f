package io.github.nettyping.cli.manual;

import java.util.Map;
import java.util.Optional;

/** Options that people know from other programs, or from other commands, and what stands for them here. Stateless. */
public final class ForeignOption {

    private static final String ICMP_ALONE =
            "nettyping traces by ICMP echo alone; TCP and UDP probes are traceroute's and mtr's";
    private static final String ONE_TRY = "a lost probe is never sent again, it counts as lost";
    private static final String SUMMARY_ALONE = "the summary is all there is; --summary json is for programs";

    private static final Map<String, Map<String, String>> HINTS = Map.of(
            "trace",
            Map.ofEntries(
                    Map.entry("-T", ICMP_ALONE),
                    Map.entry("--tcp", ICMP_ALONE),
                    Map.entry("-U", ICMP_ALONE),
                    Map.entry("--udp", ICMP_ALONE),
                    Map.entry("-p", "probes have no port: " + ICMP_ALONE),
                    Map.entry("--port", "probes have no port: " + ICMP_ALONE),
                    Map.entry("-A", "numbers of autonomous systems are not looked up"),
                    Map.entry("-e", "MPLS labels and other extensions are always shown"),
                    Map.entry("-r", "see --report-cycles; a report is what text always is"),
                    Map.entry("-c", "--report-cycles N asks all hops N times"),
                    Map.entry("--count", "--report-cycles N asks all hops N times"),
                    Map.entry("--mtu", "--pmtu finds how long packets can be"),
                    Map.entry("-z", "--rate limits all probes, --interval the cycles"),
                    Map.entry("--retries", "-q N sends N probes to each hop"),
                    Map.entry("--backoff", "-q N sends N probes to each hop, and all of them wait as long"),
                    Map.entry("--loops", "one event loop does it all"),
                    Map.entry("--ttl", "each hop has its own; see -f and -m")),
            "sweep",
            Map.ofEntries(
                    Map.entry("-a", "hosts that answer are what text prints"),
                    Map.entry("-u", "--dead-only prints those that do not answer"),
                    Map.entry("-g", "name the range or prefix itself, such as 192.0.2.0/24 or 192.0.2.1-99"),
                    Map.entry("-c", "ping -c N asks N times; --retries N asks silent targets again"),
                    Map.entry("-C", "ping -c N asks N times; --retries N asks silent targets again"),
                    Map.entry("-l", "ping asks for ever; sweep asks once"),
                    Map.entry("-i", "--rate N limits probes per second"),
                    Map.entry("-p", "probes have no port, and are not repeated at a period; see ping -i"),
                    Map.entry("-n", "--names prints the reverse name of each address"),
                    Map.entry("-d", "--names prints the reverse name of each address"),
                    Map.entry("-x", "--at-least N makes N answers a success"),
                    Map.entry("-e", "round trips are always printed"),
                    Map.entry("-w", "--timeout waits for each try, --deadline ends it all"),
                    Map.entry("-W", "--timeout waits for each try, --deadline ends it all")),
            "serve",
            Map.ofEntries(
                    Map.entry("--config.file", "--config FILE reads it"),
                    Map.entry("--web.config.file", "--web-config FILE reads it"),
                    Map.entry("--web.listen-address", "--listen HOST:PORT says where"),
                    Map.entry("--ping.interval", "interval: in the file of --config says how often"),
                    Map.entry("--ping.size", "size: in the file of --config says how long")),
            "watch",
            Map.ofEntries(
                    Map.entry("--retries", "every probe counts by itself; --down-after N says how many may be lost"),
                    Map.entry("-r", "every probe counts by itself; --down-after N says how many may be lost"),
                    Map.entry("--backoff", "every probe counts by itself"),
                    Map.entry("--loops", "one event loop does it all")),
            "bench",
            Map.ofEntries(
                    Map.entry("--retries", ONE_TRY),
                    Map.entry("-r", ONE_TRY),
                    Map.entry("--backoff", ONE_TRY),
                    Map.entry("--format", SUMMARY_ALONE),
                    Map.entry("-o", SUMMARY_ALONE),
                    Map.entry("--output", SUMMARY_ALONE)));

    private ForeignOption() {}

    /** Returns what to say of an option that a command does not have, as typed with its value or other letters. */
    public static Optional<String> hint(String command, String word) {
        Map<String, String> hints = HINTS.getOrDefault(command, Map.of());
        String option = word.startsWith("--") ? word.split("=", 2)[0] : word.substring(0, Math.min(2, word.length()));
        return Optional.ofNullable(hints.get(option));
    }
}
