package io.github.nettyping.server.exposition;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of one probe that was asked for, as the metrics of blackbox_exporter. Immutable; durations in seconds.
 *
 * @param success  whether the host has answered
 * @param duration of all of it
 * @param timeout  the longest it might have taken
 * @param lookup   how long it took to find the address
 * @param address  whom it asked; empty if the name was not found
 * @param setup    from there to the sending
 * @param rtt      the round trip, 0 without an answer
 * @param hopLimit of the answer
 */
public record ProbeMetrics(
        boolean success,
        double duration,
        double timeout,
        double lookup,
        Optional<IpAddress> address,
        double setup,
        double rtt,
        OptionalInt hopLimit) {

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    /** Returns them in the order in which they are told. */
    public MetricSnapshots snapshots() {
        List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(gauge(
                "probe_dns_lookup_time_seconds", "Returns the time taken for probe dns lookup in seconds", lookup));
        metrics.add(
                gauge("probe_duration_seconds", "Returns how long the probe took to complete in seconds", duration));
        GaugeSnapshot.Builder phases =
                GaugeSnapshot.builder().name("probe_icmp_duration_seconds").help("Duration of icmp request by phase");
        phases.dataPoint(phase("resolve", address.isPresent() ? lookup : 0));
        phases.dataPoint(phase("setup", setup));
        phases.dataPoint(phase("rtt", rtt));
        metrics.add(phases.build());
        if (hopLimit.isPresent()) {
            metrics.add(gauge(
                    "probe_icmp_reply_hop_limit", "Replied packet hop limit (TTL for ipv4)", hopLimit.getAsInt()));
        }
        metrics.add(gauge(
                "probe_ip_addr_hash",
                "Specifies the hash of IP address. It's useful to detect if the IP address changes.",
                address.map(ProbeMetrics::hash).orElse(0L)));
        metrics.add(gauge(
                "probe_ip_protocol",
                "Specifies whether probe ip protocol is IP4 or IP6",
                address.map(found -> found.family() == IpFamily.IPV4 ? IPV4 : IPV6)
                        .orElse(0)));
        metrics.add(gauge("probe_success", "Displays whether or not the probe was a success", success ? 1 : 0));
        metrics.add(gauge("probe_timeout_seconds", "Returns how long the probe could have taken in seconds", timeout));
        return new MetricSnapshots(metrics);
    }

    private static GaugeDataPointSnapshot phase(String name, double seconds) {
        return new GaugeDataPointSnapshot(seconds, Labels.of("phase", name), null);
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))
                .build();
    }

    /** Returns the 32-bit FNV-1a hash of the bytes of an address. */
    static long hash(IpAddress address) {
        byte[] bytes = address.toInetAddress().getAddress();
        int hash = FNV_OFFSET;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return hash & 0xffff_ffffL;
    }
}
