package io.github.nettyping;

import io.github.nettyping.probe.ProbeOutcome;

/**
 * Learns what became of each target of a {@link Sweep}. Called on the sweep's event loop, by one thread. What it throws is
 * logged once for each sweep and does not disturb it.
 */
@FunctionalInterface
public interface SweepListener {

    /**
     * A target's verdict is final.
     *
     * <p>As long as this method does not return, nothing is sent and nothing is read; replies wait in the socket's
     * receive buffer and do not turn into timeouts; should the buffer not hold them all, as behind some network cards, that
     * is noticed, and those targets are asked again.
     *
     * @param outcome one for each target, in the order in which they became final
     */
    void onOutcome(ProbeOutcome outcome);
}
