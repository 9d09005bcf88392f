package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.IcmpError;

/** The way of a run's probes to the network and back. Confined to the event loop once it is open. */
interface FpingProbes {

    /** Whether an answer is the first one, and in time. */
    enum Arrival {
        IN_TIME,
        /** Its probe had been given up. */
        LATE,
        /** Its probe had been answered. */
        DUPLICATE
    }

    /** Learns what comes of the probes. Called on the event loop, never from inside a write or a flush. */
    interface Listener {

        void onReply(FpingHost host, FpingReply reply, Arrival arrival);

        /** A probe was not answered in time. */
        void onSilence(FpingHost host, long index);

        /** This machine refused to send a probe. */
        void onRefused(FpingHost host, long index, String reason);

        /** An ICMP error came for a probe, which waits on. */
        void onError(FpingHost host, IcmpError error);

        /** Several of these have been told. */
        void onComplete();

        void onFailure(Throwable cause);
    }

    /** Enters the event loop. {@code whenOpen} is run there when probes can be written. */
    void open(Listener listener, Runnable whenOpen);

    /** Returns how many probes may wait at once. */
    int maxInFlight();

    /** Tells whether targets of its family can be asked at all. */
    boolean canAsk(FpingHost host);

    void write(FpingHost host, long index, long timeoutNanos);

    /** Gives up the newest probe to a host; returns whether there was one. */
    boolean cancel(FpingHost host);

    void flush();

    void close();
}
