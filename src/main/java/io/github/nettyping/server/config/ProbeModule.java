package io.github.nettyping.server.config;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.TargetSyntaxException;
import io.github.nettyping.target.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How {@code /probe} asks: a module of blackbox_exporter whose prober is {@code icmp}. Immutable.
 *
 * @param name         what requests call it by
 * @param timeout      the longest a probe may take; empty if only the scrape bounds it
 * @param preferred    the family of the address that is asked if a name has several
 * @param fallback     whether an address of the other family does, too
 * @param source       the address probes are sent from, the kernel's choice if empty
 * @param dontFragment whether probes over IPv4 may not be fragmented
 * @param payloadBytes ICMP payload, without the 8-byte header
 * @param hopLimit     TTL of the probes; 0 for the kernel's
 */
public record ProbeModule(
        String name,
        Optional<Duration> timeout,
        IpFamily preferred,
        boolean fallback,
        Optional<IpAddress> source,
        boolean dontFragment,
        int payloadBytes,
        int hopLimit) {

    /** The module that is there without any configuration, and the one that is asked for if a request names none. */
    public static final String DEFAULT_NAME = "icmp";

    /** As long as that of blackbox_exporter, which is {@code Prometheus Blackbox Exporter}. */
    private static final int DEFAULT_PAYLOAD_BYTES = 28;

    private static final int MOST_HOPS = 255;
    private static final String IP4 = "ip4";
    private static final String IP6 = "ip6";

    private static final List<String> FIELDS = List.of(
            "preferred_ip_protocol",
            "ip_protocol_fallback",
            "source_ip_address",
            "dont_fragment",
            "payload_size",
            "ttl");

    static ProbeModule standard(String name) {
        return new ProbeModule(
                name, Optional.empty(), IpFamily.IPV6, true, Optional.empty(), false, DEFAULT_PAYLOAD_BYTES, 0);
    }

    static ProbeModule of(String name, Optional<Yaml> timeout, Optional<Yaml> icmp) throws ConfigurationException {
        ProbeModule module = standard(name);
        Optional<Duration> longest = Optional.empty();
        if (timeout.isPresent()) {
            Duration given = timeout.get().duration(Duration.ZERO, ProbeOptions.MAX_TIMEOUT);
            longest = given.isZero() ? longest : Optional.of(given);
        }
        Map<String, Yaml> fields = icmp.isPresent() ? icmp.get().mapping(FIELDS) : Map.of();
        Yaml preferred = fields.get("preferred_ip_protocol");
        Yaml fallback = fields.get("ip_protocol_fallback");
        Yaml dontFragment = fields.get("dont_fragment");
        Yaml payload = fields.get("payload_size");
        Yaml ttl = fields.get("ttl");
        int payloadBytes = payload == null ? 0 : payload.number(0, ProbeOptions.MAX_PAYLOAD_BYTES);
        return new ProbeModule(
                name,
                longest,
                preferred == null ? module.preferred : family(preferred),
                fallback == null || fallback.truth(),
                address(fields.get("source_ip_address")),
                dontFragment != null && dontFragment.truth(),
                payloadBytes == 0 ? DEFAULT_PAYLOAD_BYTES : payloadBytes,
                ttl == null ? 0 : ttl.number(0, MOST_HOPS));
    }

    private static IpFamily family(Yaml value) throws ConfigurationException {
        return value.word(List.of(IP4, IP6)).equals(IP4) ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    /** Returns an address; nothing for none. */
    static Optional<IpAddress> address(@Nullable Yaml value) throws ConfigurationException {
        if (value == null || value.text().isEmpty()) {
            return Optional.empty();
        }
        String expected = "the address of one host";
        try {
            Targets targets = Targets.parse(value.text());
            IpAddress address = targets.get(0);
            if (targets.count() != 1 || address.isMulticast() || address.isAnyLocal()) {
                throw value.wrong('"' + value.text() + '"', expected);
            }
            return Optional.of(address);
        } catch (TargetSyntaxException e) {
            throw value.wrong('"' + value.text() + '"', expected);
        }
    }

    /** Returns how a target of a family is asked within a time. */
    public ProbeOptions options(IpFamily family, Duration within) {
        SendOptions.Builder send = SendOptions.builder();
        if (hopLimit > 0) {
            send.hopLimit(hopLimit);
        }
        source.ifPresent(send::source);
        if (dontFragment && family == IpFamily.IPV6) {
            send.dontFragment(true);
        }
        return ProbeOptions.builder()
                .attempts(1)
                .timeout(within)
                .payloadBytes(payloadBytes)
                .sendOptions(send.build())
                .build();
    }

    /** Returns it as it could stand in a file. */
    public String yaml() {
        StringBuilder text = new StringBuilder("prober: icmp\n");
        timeout.ifPresent(
                value -> text.append("timeout: ").append(value.toMillis()).append("ms\n"));
        text.append("icmp:\n  preferred_ip_protocol: ")
                .append(preferred == IpFamily.IPV4 ? IP4 : IP6)
                .append("\n  ip_protocol_fallback: ")
                .append(fallback);
        source.ifPresent(value -> text.append("\n  source_ip_address: ").append(value));
        return text.append("\n  dont_fragment: ")
                .append(dontFragment)
                .append("\n  payload_size: ")
                .append(payloadBytes)
                .append("\n  ttl: ")
                .append(hopLimit)
                .append('\n')
                .toString();
    }
}
