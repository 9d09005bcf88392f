package io.github.nettyping.cli.ping;

import io.github.nettyping.PingOptions;
import io.github.nettyping.cli.ping.iputils.PingPattern;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a host is sent, and how long is waited for it. Immutable.
 *
 * @param count        probes, or answers with a deadline; empty for no end
 * @param flood        whether it is called a flood, which shows a dot for each probe
 * @param timeout      how long an answer is waited for; in text only after the last probe, and if there was none before;
 *                     empty for ever
 * @param pattern      what it is filled with; empty for offsets
 * @param randomPayload whether it is filled with what looks random instead
 * @param preload      how many probes are sent at once at the beginning
 * @param anySource    whether replies from other addresses count
 */
public record PingPlan(
        OptionalLong count,
        Pace pace,
        boolean flood,
        Optional<Duration> timeout,
        Optional<Duration> deadline,
        int payloadBytes,
        Optional<PingPattern> pattern,
        boolean randomPayload,
        int preload,
        boolean anySource) {

    /** Default of {@code timeout}, as in iputils. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Time after which a flood sends the next probe although nothing has come: MININTERVAL of iputils. */
    static final Duration SILENCE = Duration.ofMillis(10);

    /** So many replies fit into the receive buffer of a user without rights. */
    private static final int IN_FLIGHT = 400;

    private static final Duration SHORT_MEMORY = Duration.ofSeconds(5);
    private static final Duration SHORTEST_MEMORY = Duration.ofSeconds(1);

    PayloadFiller filler() {
        if (randomPayload) {
            return PayloadFiller.random();
        }
        return pattern.map(PingPattern::filler).orElseGet(PayloadFiller::offsets);
    }

    /** Tells whether the payload has room for the time stamp of ping(8), without which it shows no round trips. */
    boolean isTimed() {
        return payloadBytes >= ProbeOptions.MIN_VERIFIED_PAYLOAD_BYTES;
    }

    /** Tells whether the statistics have the gap between probes, which nobody has set then. */
    boolean isGapTold() {
        return flood || !(pace instanceof Pace.Every);
    }

    /** Returns the least time from probe to probe, 0 if they only wait for answers. */
    Duration shortestInterval() {
        if (pace instanceof Pace.Every every) {
            return every.interval();
        }
        return pace instanceof Pace.Adaptive adaptive ? adaptive.atLeast() : Duration.ZERO;
    }

    /** Returns the time from probe to probe while nothing comes. */
    private Duration silentInterval() {
        return pace instanceof Pace.Every every ? every.interval() : SILENCE;
    }

    /** Returns the options of a series in which a probe is lost after {@link #timeout()}. */
    PingOptions options(boolean group, SendOptions packets) {
        Duration each = timeout.orElse(ProbeOptions.MAX_TIMEOUT);
        return options(shorter(each, ProbeOptions.MAX_TIMEOUT), group, packets);
    }

    /**
     * Returns the options of a series to one of several hosts in which no probe is ever lost: what comes after its timeout
     * is late, and late replies count. So the timeout only keeps those few that are in flight at once.
     */
    PingOptions patientOptions(int hosts, boolean group, SendOptions packets) {
        Duration memory = longer(
                silentInterval().multipliedBy(IN_FLIGHT).dividedBy(hosts),
                longer(SHORTEST_MEMORY, SHORT_MEMORY.dividedBy(hosts)));
        Duration longest = longer(timeout.orElse(ProbeOptions.MAX_TIMEOUT), DEFAULT_TIMEOUT);
        return options(shorter(longest, memory), group, packets);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private PingOptions options(Duration each, boolean group, SendOptions packets) {
        PingOptions.Builder builder = PingOptions.builder()
                .pace(pace)
                .preload(preload)
                .probe(ProbeOptions.builder()
                        .attempts(1)
                        .timeout(each)
                        .payloadBytes(payloadBytes)
                        .filler(filler())
                        .severalReplies(group)
                        .anySource(anySource)
                        .sendOptions(packets)
                        .build());
        // With a deadline, probes are sent until so many are answered.
        if (count.isPresent() && deadline.isEmpty()) {
            builder.count(count.getAsLong());
        }
        return builder.build();
    }

    boolean isDone(long received, long errors) {
        return (count.isPresent() && received + errors >= count.getAsLong()) || (deadline.isPresent() && errors > 0);
    }

    /** Tells whether so many probes are all that are sent. */
    boolean isLast(long sequence) {
        return deadline.isEmpty() && count.isPresent() && sequence >= count.getAsLong();
    }

    boolean isAnswered(long received) {
        return received > 0 && (deadline.isEmpty() || received >= count.orElse(0));
    }
}
