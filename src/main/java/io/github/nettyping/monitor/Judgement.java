package io.github.nettyping.monitor;

/**
 * When a target changes its state. Immutable; the numbers of {@link MonitorOptions} in the units of {@link History}.
 *
 * @param lossLimit     lost probes of the window beyond which a target is degraded
 * @param slowTicks     round trip beyond which an answer is slow, in {@link History#TICK_NANOS}; {@link Integer#MAX_VALUE}:
 *                      none is
 */
record Judgement(int window, int downAfter, int upAfter, int lossLimit, int slowTicks) {

    static Judgement of(MonitorOptions options) {
        return new Judgement(
                options.window(),
                options.downAfter(),
                options.upAfter(),
                (int) Math.floor(options.degradedLoss() * options.window()),
                options.degradedRtt()
                        .map(limit -> History.ticks(limit.toNanos()))
                        .orElse(Integer.MAX_VALUE));
    }
}
