package io.github.nettyping.internal.engine;

import io.github.nettyping.probe.Probe;

/** Where probes are written. Confined to one event loop. */
interface ProbePort {

    /** Tells whether it is still open. */
    boolean isOpen();

    /** Makes sure that replies with this much ICMP payload are read whole; before such a probe is written. */
    void fit(int payloadBytes);

    /** Takes a probe; what becomes of it is told later. */
    void write(Probe probe);

    /** Sends what was written. */
    void flush();

    /** Gives a probe up; returns whether it was in flight here. Nothing more is told of it then. */
    boolean cancel(Probe probe);

    /** Closes, whether or not the event loop has it yet. */
    void close();
}
