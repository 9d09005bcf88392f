package io.github.nettyping.sweep;

import io.github.nettyping.probe.ProbeOutcome;

/**
 * Learns what became of each target of a {@link Sweep}. What it throws is logged once for each sweep and does not disturb
 * it.
 *
 * <p>Called on the sweep's event loop, by one thread. With several {@linkplain SweepOptions.Builder#loops event loops} each
 * of them calls it with the outcomes of its own probes, several at once, so it must be safe for use by many threads then.
 * (A lock around the calls would have the loops wait for each other, which they are several to avoid. A listener that wants
 * one knows for how little of its work: {@code outcome -> { synchronized (lock) { found.add(outcome); } }}.) Everything
 * called happens before the {@linkplain Sweep#completion() completion}.
 */
@FunctionalInterface
public interface SweepListener {

    /**
     * A target's verdict is final.
     *
     * <p>As long as this method does not return, its event loop sends nothing and reads nothing; replies wait in the socket's
     * receive buffer and do not turn into timeouts; should the buffer not hold them all, as behind some network cards, that
     * is noticed, and those targets are asked again.
     *
     * @param outcome one for each target; of each event loop in the order in which they became final
     */
    void onOutcome(ProbeOutcome outcome);
}
