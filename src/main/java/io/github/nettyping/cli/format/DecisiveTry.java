package io.github.nettyping.cli.format;

import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;

/** The try that decided about a target: the one answered, the one an error quotes, else the last. Stateless. */
final class DecisiveTry {

    private DecisiveTry() {}

    /** Returns its number from 1, or 0 if there was no try. */
    static int number(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            return reply.attempt();
        }
        return outcome instanceof IcmpErrorOutcome icmp ? icmp.attempt() : outcome.attempts();
    }

    /** Returns when it was sent, in nanoseconds since 1970. Of a {@link NotSent} that is not known. */
    static long sentAtNanos(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            return reply.sentAtNanos();
        }
        if (outcome instanceof TimedOut timedOut) {
            return timedOut.sentAtNanos();
        }
        if (outcome instanceof IcmpErrorOutcome icmp) {
            return icmp.sentAtNanos();
        }
        if (outcome instanceof DroppedLocally dropped) {
            return dropped.sentAtNanos();
        }
        throw new IllegalArgumentException("not sent: " + outcome);
    }
}
