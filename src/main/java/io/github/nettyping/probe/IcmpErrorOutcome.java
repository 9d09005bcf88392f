package io.github.nettyping.probe;

import io.github.nettyping.codec.IcmpError;

/**
 * No reply came, only an ICMP error that quotes the probe. Anybody who saw or guessed the probe may have sent it.
 * Immutable.
 */
public sealed interface IcmpErrorOutcome extends ProbeOutcome permits Unreachable, TimeExceeded, OtherIcmpError {

    /** {@return what was reported and by whom: the newest error, if there were several} */
    IcmpError error();

    /**
     * Returns the try the error is about; if the quote is too short to tell, the newest try at that time.
     *
     * @return from 1
     */
    int attempt();

    /** {@return when that try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970} */
    long sentAtNanos();

    /** {@return the nanoseconds from sending that try to the arrival of the error} */
    long rttNanos();

    /** {@return the clocks that time was measured with} */
    RttSource rttSource();
}
