package io.github.nettyping.server;

import io.github.nettyping.monitor.Monitor;
import io.github.nettyping.monitor.MonitorListener;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.monitor.MonitorTarget;
import io.github.nettyping.monitor.MonitoredTarget;
import io.github.nettyping.monitor.StateChange;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.server.config.TargetGroup;
import io.github.nettyping.server.exposition.TargetFigures;
import io.github.nettyping.target.TargetCursor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The targets of the configuration, as a monitor has them. When the configuration is read again, those that are in it as
 * before go on with their history. {@link #apply} is confined to one thread at a time, the rest safe for use by many.
 */
final class WatchedTargets {

    /** A longer wait does no harm, since the next probe does not wait for it; but who is down should be so soon. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** More would not be scraped within a second or two. */
    private static final int MOST = 200_000;

    /** What stands in front of a name of which only addresses of one family are wanted, when the monitor has it resolved. */
    private static final Map<IpFamily, String> FAMILY_PREFIX = Map.of(IpFamily.IPV4, "4/", IpFamily.IPV6, "6/");

    /** What makes a target another one; {@code host} has its family in front. */
    private record Key(String host, Optional<IpAddress> source, int trafficClass, Map<String, String> labels) {}

    private record Wanted(Optional<IpAddress> address, String name, TargetGroup group) {

        Key key() {
            return new Key(
                    address.map(IpAddress::toString).orElse(name),
                    group.source(),
                    group.trafficClass(),
                    group.labels());
        }
    }

    private record Watched(MonitoredTarget target, TargetGroup group) {}

    private final double[] buckets;
    private final Map<Key, Watched> watched = new LinkedHashMap<>();

    WatchedTargets(List<Double> buckets) {
        this.buckets = buckets.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns how the monitor of these targets works. */
    static MonitorOptions options(int loops) {
        return MonitorOptions.builder()
                .loops(loops)
                .probe(ProbeOptions.builder().attempts(1).timeout(TIMEOUT).build())
                .resolver(WatchedTargets::resolve)
                .build();
    }

    /** Returns who counts what becomes of them. */
    static MonitorListener listener() {
        return new MonitorListener() {
            @Override
            public void onResult(MonitoredTarget target, long sequence, ProbeOutcome outcome) {
                figures(target).onOutcome(outcome);
            }

            @Override
            public void onStateChange(StateChange change) {
                figures(change.target()).onStateChange();
            }
        };
    }

    static TargetFigures figures(MonitoredTarget target) {
        return (TargetFigures) target.asked().label().orElseThrow();
    }

    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        Optional<IpFamily> only = FAMILY_PREFIX.entrySet().stream()
                .filter(prefix -> name.startsWith(prefix.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
        String host = only.isPresent() ? name.substring(2) : name;
        List<InetAddress> found = new ArrayList<>(MonitorOptions.Resolver.SYSTEM.resolve(host));
        only.ifPresent(family -> found.removeIf(address -> IpFamily.of(address) != family));
        if (found.isEmpty()) {
            throw new UnknownHostException(host + ": no address of that family");
        }
        found.sort(Comparator.comparing(IpFamily::of));
        return found;
    }

    /** Throws {@link IllegalArgumentException} that says what of these groups cannot be asked. */
    static void check(List<TargetGroup> groups) {
        wanted(groups);
    }

    private static Map<Key, Wanted> wanted(List<TargetGroup> groups) {
        Map<Key, Wanted> all = new LinkedHashMap<>();
        for (TargetGroup group : groups) {
            TargetWords words = TargetWords.of(group.hosts());
            if (all.size() + words.addresses().count() + words.names().size() > MOST) {
                throw new IllegalArgumentException("targets: more than " + MOST);
            }
            TargetCursor cursor = words.addresses().cursor();
            for (long i = 0; i < words.addresses().count(); i++) {
                cursor.moveTo(i);
                IpAddress address = cursor.address();
                boolean other = (group.family().isPresent() && group.family().get() != address.family())
                        || (group.source().isPresent() && group.source().get().family() != address.family());
                if (other || address.isMulticast()) {
                    throw new IllegalArgumentException("target " + address
                            + (address.isMulticast()
                                    ? ": a group of hosts (expected: one host)"
                                    : ": not of the family of network or source"));
                }
                Wanted one = new Wanted(Optional.of(address), "", group);
                all.putIfAbsent(one.key(), one);
            }
            Optional<IpFamily> family = group.family().or(() -> group.source().map(IpAddress::family));
            for (String name : words.names()) {
                Wanted one = new Wanted(
                        Optional.empty(), family.map(FAMILY_PREFIX::get).orElse("") + name, group);
                all.putIfAbsent(one.key(), one);
            }
        }
        return all;
    }

    /** Watches these targets from now on, and no others. */
    void apply(List<TargetGroup> groups, Monitor monitor) {
        Map<Key, Wanted> all = wanted(groups);
        List<MonitoredTarget> gone = new ArrayList<>();
        watched.entrySet().removeIf(entry -> {
            boolean remains = all.containsKey(entry.getKey());
            if (!remains) {
                gone.add(entry.getValue().target);
            }
            return !remains;
        });
        monitor.removeAll(gone);
        List<Key> added = new ArrayList<>();
        List<MonitorTarget> additions = new ArrayList<>();
        all.forEach((key, one) -> {
            Watched before = watched.get(key);
            if (before == null) {
                added.add(key);
                additions.add(asked(
                        one,
                        host -> new TargetFigures(
                                host,
                                one.group.source().map(IpAddress::toString).orElse(""),
                                one.group.trafficClass(),
                                one.group.labels(),
                                buckets)));
            } else if (!before.group.equals(one.group)) {
                TargetFigures figures = figures(before.target);
                monitor.change(before.target, asked(one, host -> figures));
                watched.put(key, new Watched(before.target, one.group));
            }
        });
        List<MonitoredTarget> begun = monitor.addAll(additions);
        for (int i = 0; i < begun.size(); i++) {
            Wanted one = all.get(added.get(i));
            if (one != null) {
                watched.put(added.get(i), new Watched(begun.get(i), one.group));
            }
        }
    }

    private static MonitorTarget asked(Wanted one, Function<String, TargetFigures> figures) {
        TargetGroup group = one.group;
        SendOptions.Builder send = SendOptions.builder();
        group.source().ifPresent(send::source);
        if (group.trafficClass() > 0) {
            send.trafficClass(group.trafficClass());
        }
        MonitorTarget.Builder builder = one.address.isPresent()
                ? MonitorTarget.builder(one.address.get().toInetAddress())
                : MonitorTarget.builder(one.name);
        String host =
                one.address.map(IpAddress::toString).orElseGet(() -> one.name.substring(one.name.indexOf('/') + 1));
        return builder.interval(group.interval())
                .probe(ProbeOptions.builder()
                        .attempts(1)
                        .timeout(TIMEOUT)
                        .payloadBytes(group.payloadBytes())
                        .sendOptions(send.build())
                        .build())
                .label(figures.apply(host))
                .build();
    }
}
