package io.github.nettyping.sweep;

import io.github.nettyping.probe.ProbeOutcome;

/**
 * Is told what became of each target of a {@link Sweep}. What it throws is logged once for each sweep and does not
 * disturb it.
 *
 * <p>Called on the sweep's event loop, by one thread. With several {@linkplain SweepOptions.Builder#loops event loops}
 * each of them calls it with the outcomes of its own probes, several at once, so it must be safe for use by many
 * threads then. (We take no lock around the calls, because the loops would wait for each other. A listener can lock the
 * little that needs it: {@code outcome -> { synchronized (lock) { found.add(outcome); } }}.) All calls happen before
 * the {@linkplain Sweep#completion() completion}.
 */
@FunctionalInterface
public interface SweepListener {

    /**
     * A target's verdict is final.
     *
     * <p>While this method runs, its event loop sends and reads nothing. Replies wait in the socket's receive buffer
     * and do not turn into timeouts. If the buffer cannot hold them all, as behind some network cards, that is noticed,
     * and those targets are asked again.
     *
     * @param outcome one for each target; of each event loop in the order in which they became final
     */
    void onOutcome(ProbeOutcome outcome);
}
