package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.TimestampReply;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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

    /**
     * An answer as the lines tell it. Immutable.
     *
     * @param index        number of the probe, from 0
     * @param icmpBytes    length of the ICMP message
     * @param rttNanos     the round trip
     * @param arrivedNanos when it came: {@code CLOCK_REALTIME} in nanoseconds since 1970
     * @param from         who sent it, null for the target
     * @param hopLimit     empty if the kernel did not tell
     * @param trafficClass empty if the kernel did not tell
     * @param times        the clocks of the target, null for an echo reply
     */
    record Reply(
            long index,
            int icmpBytes,
            long rttNanos,
            long arrivedNanos,
            @Nullable IpAddress from,
            OptionalInt hopLimit,
            OptionalInt trafficClass,
            @Nullable TimestampReply times) {

        static Reply of(long index, Replied reply) {
            return new Reply(
                    index,
                    reply.icmpBytes(),
                    reply.rttNanos(),
                    reply.arrivedAtNanos(),
                    reply.flags().contains(ReplyFlag.OTHER_SOURCE) ? reply.from() : null,
                    reply.hopLimit(),
                    reply.trafficClass(),
                    null);
        }
    }

    /** Learns what comes of the probes. Called on the event loop, never from inside a write or a flush. */
    interface Listener {

        void onReply(FpingHost host, Reply reply, Arrival arrival);

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
