package io.github.nettyping.trace;

import io.github.nettyping.probe.ProbeOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The options of the probes of a trace: one object for each hop limit, for any number of targets. Confined to the event
 * loop.
 */
final class HopProbes {

    /** As many as are in use together: paths to many targets do not have many lengths. */
    private static final int MAX_SIZES = 64;

    private final ProbeOptions common;
    private final TraceOptions options;

    /** By payload, the least recently used first, then by hop. */
    private final Map<Integer, ProbeOptions[]> bySize = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ProbeOptions[]> eldest) {
            return size() > MAX_SIZES;
        }
    };

    HopProbes(TraceOptions options) {
        this.options = options;
        ProbeOptions.Builder probe = ProbeOptions.builder()
                .timeout(options.timeout())
                .attempts(1)
                .filler(options.filler())
                .anySource(options.anySource())
                // A trace asks for the routers' errors, and a target's "unreachable" is final soon enough.
                .failFast(true);
        if (options.paris()) {
            // Targets differ in their address, so one checksum serves all.
            probe.flowChecksum(ThreadLocalRandom.current().nextInt(1, ProbeOptions.MAX_FLOW_CHECKSUM + 1));
        }
        this.common = probe.build();
    }

    /** Returns the options of probes that are to get so far. */
    ProbeOptions of(int hop, int payloadBytes) {
        ProbeOptions[] byHop =
                bySize.computeIfAbsent(payloadBytes, size -> new ProbeOptions[TraceOptions.MAX_HOPS + 1]);
        ProbeOptions known = byHop[hop];
        if (known == null) {
            known = common.toBuilder()
                    .payloadBytes(payloadBytes)
                    .sendOptions(options.sendOptions().toBuilder().hopLimit(hop).build())
                    .build();
            byHop[hop] = known;
        }
        return known;
    }
}
