package io.github.nettyping.load;

import io.github.nettyping.probe.ProbeOutcome;
import java.util.OptionalLong;

/**
 * Learns what became of each probe of a {@link Load}, but for those of the warm-up. Called on its event loops, by one
 * thread for each of them. What it takes of their time is measured with the rest; what it throws is logged once for each
 * loop and disturbs nobody.
 */
@FunctionalInterface
public interface LoadListener {

    /** Listens to nothing. */
    LoadListener NONE = (outcome, sendLagNanos) -> {};

    /**
     * A probe has its outcome.
     *
     * @param outcome      one for each probe that was written, in the order in which they became final
     * @param sendLagNanos how much later than intended the kernel took it; empty if it did not, or if replies set the pace
     */
    void onOutcome(ProbeOutcome outcome, OptionalLong sendLagNanos);
}
