package io.github.nettyping.server.exposition;

import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is counted of a target besides what a monitor does. Counted by its event loop, read by any thread.
 */
public final class TargetFigures {

    /** Neighbouring buckets are 2^(1/16) apart, the finest below a factor of 1.05, which is smokeping_prober's. */
    private static final int NATIVE_SCHEMA = 4;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String host;
    private final String source;
    private final String trafficClass;
    private final Map<String, String> labels;
    private final Histogram roundTrips;
    private final AtomicLong sendErrors = new AtomicLong();
    private final AtomicLong stateChanges = new AtomicLong();
    private volatile int hopLimit = -1;

    /**
     * Creates it with nothing counted.
     *
     * @param host    as it was typed
     * @param source  the address that probes are sent from; empty text for the kernel's choice
     * @param labels  those of the user
     * @param buckets upper bounds of the classic histogram, in seconds
     */
    public TargetFigures(String host, String source, int trafficClass, Map<String, String> labels, double[] buckets) {
        this.host = host;
        this.source = source;
        this.trafficClass = Integer.toString(trafficClass);
        this.labels = labels;
        this.roundTrips = Histogram.builder()
                .name(TargetMetrics.ROUND_TRIPS)
                .classicUpperBounds(buckets)
                .nativeInitialSchema(NATIVE_SCHEMA)
                .withoutExemplars()
                .build();
    }

    /** Returns the labels of the user. */
    public Map<String, String> labels() {
        return labels;
    }

    public String host() {
        return host;
    }

    /** A probe has its outcome. */
    public void onOutcome(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            roundTrips.observe(reply.rttNanos() / NANOS_PER_SECOND);
            OptionalInt left = reply.hopLimit();
            if (left.isPresent()) {
                hopLimit = left.getAsInt();
            }
        } else if (outcome instanceof NotSent) {
            sendErrors.incrementAndGet();
        }
    }

    public void onStateChange() {
        stateChanges.incrementAndGet();
    }

    long sendErrors() {
        return sendErrors.get();
    }

    long stateChanges() {
        return stateChanges.get();
    }

    /** Returns the hop limit of the latest answer, 0 before one, as smokeping_prober does. */
    int hopLimit() {
        return Math.max(hopLimit, 0);
    }

    Labels labels(String ip) {
        return Labels.of("ip", ip, "host", host, "source", source, "tos", trafficClass)
                .merge(Labels.of(
                        labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new)));
    }

    HistogramDataPointSnapshot roundTrips(Labels named) {
        HistogramDataPointSnapshot counted =
                roundTrips.collect().getDataPoints().get(0);
        return new HistogramDataPointSnapshot(
                counted.getClassicBuckets(),
                counted.getNativeSchema(),
                counted.getNativeZeroCount(),
                counted.getNativeZeroThreshold(),
                counted.getNativeBucketsForPositiveValues(),
                counted.getNativeBucketsForNegativeValues(),
                counted.getSum(),
                named,
                counted.getExemplars(),
                counted.getCreatedTimestampMillis());
    }
}
