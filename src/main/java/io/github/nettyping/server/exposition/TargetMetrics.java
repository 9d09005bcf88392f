package io.github.nettyping.server.exposition;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.monitor.MonitorSnapshot;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.TargetState;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** What a monitor knows, as metrics: those of smokeping_prober by their names, and our own. Stateless. */
public final class TargetMetrics {

    static final String ROUND_TRIPS = "smokeping_response_duration_seconds";

    private TargetMetrics() {}

    private static final class Counters {

        private final CounterSnapshot.Builder metric;

        /** Begins one, by its name without the {@code _total} that the formats add. */
        Counters(String name, String help) {
            metric = CounterSnapshot.builder().name(name).help(help);
        }

        void add(Labels labels, long value) {
            metric.dataPoint(new CounterDataPointSnapshot((double) value, labels, null, 0));
        }
    }

    /** Returns them; the label of every target is its {@link TargetFigures}. */
    public static List<MetricSnapshot> of(MonitorSnapshot known) {
        Counters requests = new Counters("smokeping_requests", "Number of ping requests sent");
        Counters duplicates =
                new Counters("smokeping_response_duplicates", "The number of duplicated response packets.");
        Counters sendErrors =
                new Counters("smokeping_send_errors", "The number of errors when Pinger attempts to send packets.");
        Counters changes = new Counters("nettyping_state_changes", "How often a target has had another state.");
        Counters late = new Counters("nettyping_late", "Answers that came after their probe had been given up.");
        HistogramSnapshot.Builder roundTrips =
                HistogramSnapshot.builder().name(ROUND_TRIPS).help("A histogram of latencies for ping responses.");
        GaugeSnapshot.Builder hopLimits =
                GaugeSnapshot.builder().name("smokeping_response_ttl").help("The last response Time To Live (TTL).");
        GaugeSnapshot.Builder states = GaugeSnapshot.builder()
                .name("nettyping_target_state")
                .help("1 for the state that a target is in, 0 for others.");
        for (TargetSnapshot target : known.targets()) {
            TargetFigures figures =
                    (TargetFigures) target.target().asked().label().orElseThrow();
            Labels labels =
                    figures.labels(target.address().map(IpAddress::toString).orElse(""));
            requests.add(labels, target.sent());
            duplicates.add(labels, target.duplicates());
            sendErrors.add(labels, figures.sendErrors());
            changes.add(labels, figures.stateChanges());
            late.add(labels, target.late());
            roundTrips.dataPoint(figures.roundTrips(labels));
            hopLimits.dataPoint(new GaugeDataPointSnapshot(figures.hopLimit(), labels, null));
            for (TargetState state : TargetState.values()) {
                states.dataPoint(new GaugeDataPointSnapshot(
                        state == target.state() ? 1 : 0, labels.merge(Labels.of("state", Words.lower(state))), null));
            }
        }
        Counters receiveErrors = new Counters(
                "smokeping_receive_errors", "The number of errors when Pinger attempts to receive packets.");
        receiveErrors.add(Labels.EMPTY, known.localDrops());
        Counters localDrops = new Counters("nettyping_local_drops", "Packets that this host received and dropped.");
        localDrops.add(Labels.EMPTY, known.localDrops());
        Counters rejected = new Counters("nettyping_rejected", "Packets that were not accepted as answers, by reason.");
        for (Rejection reason : Rejection.values()) {
            rejected.add(
                    Labels.of("reason", Words.lower(reason)),
                    known.statistics().rejected().count(reason));
        }
        return List.of(
                requests.metric.build(),
                roundTrips.build(),
                hopLimits.build(),
                duplicates.metric.build(),
                receiveErrors.metric.build(),
                sendErrors.metric.build(),
                states.build(),
                changes.metric.build(),
                late.metric.build(),
                rejected.metric.build(),
                localDrops.metric.build());
    }
}
