package io.github.nettyping;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.ProbeObserver;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a {@link Lane} is made. Immutable.
 *
 * @param sockets      what the user wants of the socket
 * @param payloadBytes ICMP payload of every probe, without the 8-byte header; empty if they differ
 * @param maxInFlight  probes waiting at once; the lane lowers it to what the receive buffer holds
 * @param broadcast    whether broadcast addresses may be asked
 * @param timestamps   whose clocks are read
 * @param wireLogging  whether every packet is logged
 * @param triesOnDemand whether further tries wait until the owner asks for them
 */
record LaneOptions(
        SocketPolicy socketPolicy,
        SocketOptions sockets,
        int receiveBufferBytes,
        int sendBufferBytes,
        int maxInFlight,
        OptionalInt payloadBytes,
        boolean broadcast,
        Timestamps timestamps,
        boolean wireLogging,
        boolean triesOnDemand,
        ProbeObserver observer) {

    /** Most probes a second that leave room for {@link Timestamps#TRANSMIT}. */
    private static final long HIGHEST_RATE_FOR_TRANSMIT = 50_000;

    /** Returns the best clocks there is room for at a rate; empty for as fast as can be. */
    static Timestamps timestampsFitting(OptionalLong probesPerSecond) {
        return probesPerSecond.isPresent() && probesPerSecond.getAsLong() <= HIGHEST_RATE_FOR_TRANSMIT
                ? Timestamps.TRANSMIT
                : Timestamps.RECEIVE;
    }

    LaneOptions withMaxInFlight(int newMaxInFlight) {
        return new LaneOptions(
                socketPolicy,
                sockets,
                receiveBufferBytes,
                sendBufferBytes,
                newMaxInFlight,
                payloadBytes,
                broadcast,
                timestamps,
                wireLogging,
                triesOnDemand,
                observer);
    }

    LaneOptions observedBy(ProbeObserver newObserver) {
        return new LaneOptions(
                socketPolicy,
                sockets,
                receiveBufferBytes,
                sendBufferBytes,
                maxInFlight,
                payloadBytes,
                broadcast,
                timestamps,
                wireLogging,
                triesOnDemand,
                newObserver);
    }

    /** Returns the options of a lane whose packets nobody fragments, whatever the path is said to take. */
    LaneOptions forPathMtu() {
        return new LaneOptions(
                socketPolicy,
                sockets.with(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE),
                receiveBufferBytes,
                sendBufferBytes,
                maxInFlight,
                OptionalInt.empty(),
                broadcast,
                timestamps,
                wireLogging,
                triesOnDemand,
                observer);
    }

    /** Returns the options of a lane for one probe to a group of hosts. */
    LaneOptions forGroup(int groupPayloadBytes, ProbeObserver groupObserver) {
        return new LaneOptions(
                socketPolicy,
                sockets,
                receiveBufferBytes,
                sendBufferBytes,
                1,
                OptionalInt.of(groupPayloadBytes),
                true,
                timestamps,
                wireLogging,
                triesOnDemand,
                groupObserver);
    }
}
