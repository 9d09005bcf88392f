package io.github.nettyping.cli.sweep;

import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.sweep.SweepListener;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets results pass until so many hosts have answered, then ends the sweep and lets no more pass: what was under way then has
 * no verdict. Safe for use by many threads, of which none waits for another.
 */
final class AliveLimit implements SweepListener {

    private final long enough;
    private final SweepListener next;
    private final Runnable stop;
    private final AtomicLong replied = new AtomicLong();

    /** {@code stop} is called once, by the event loop that has the last of the {@code enough} replies, 1 or more. */
    AliveLimit(long enough, SweepListener next, Runnable stop) {
        this.enough = enough;
        this.next = next;
        this.stop = stop;
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (outcome.kind() != ProbeOutcome.Kind.REPLIED) {
            if (replied.get() < enough) {
                next.onOutcome(outcome);
            }
            return;
        }
        long number = replied.incrementAndGet();
        if (number > enough) {
            return;
        }
        next.onOutcome(outcome);
        if (number == enough) {
            stop.run();
        }
    }
}
