package io.github.nettyping.probe;

import io.github.nettyping.codec.IcmpError;

/**
 * No reply came, only an ICMP error that quotes the probe. Anybody who saw or guessed the probe may have sent it.
 * Immutable.
 */
public sealed interface IcmpErrorOutcome extends ProbeOutcome permits Unreachable, TimeExceeded, OtherIcmpError {

    /**
     * Returns the error: the newest one, if there were several.
     *
     * @return what was reported and by whom
     */
    IcmpError error();

    /**
     * Returns the try the error is about; if the quote is too short to tell, the newest try at that time.
     *
     * @return from 1
     */
    int attempt();

    /**
     * Returns when that try was sent.
     *
     * @return {@code CLOCK_REALTIME} in nanoseconds since 1970
     */
    long sentAtNanos();

    /**
     * Returns the time from sending that try to the arrival of the error.
     *
     * @return nanoseconds
     */
    long rttNanos();

    /**
     * Returns the clocks that time was measured with.
     *
     * @return the source
     */
    RttSource rttSource();
}
