package io.github.nettyping.load;

import io.github.nettyping.probe.ProbeOutcome;
import java.util.OptionalLong;

/**
 * Is told what became of each probe of a {@link Load}, except those of the warm-up. Called on its event loops, by one
 * thread for each of them. The time it takes there is measured with the rest. What it throws is logged once for each
 * loop and disturbs nobody.
 */
@FunctionalInterface
public interface LoadListener {

    /** Does nothing. */
    LoadListener NONE = (outcome, sendLagNanos) -> {};

    /**
     * A probe has its outcome.
     *
     * @param outcome      one for each probe that was written, in the order in which they became final
     * @param sendLagNanos how much later than intended the kernel took it; empty if it did not, or if replies set the pace
     */
    void onOutcome(ProbeOutcome outcome, OptionalLong sendLagNanos);
}
