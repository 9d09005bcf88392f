package io.github.nettyping.internal.engine;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.Timestamps;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a {@link ProbeChannel} is made. Immutable.
 *
 * @param sockets      what the user wants of the socket
 * @param maxInFlight  probes waiting at once; the channel lowers it to what the receive buffer holds
 * @param payloadBytes ICMP payload of every probe, without the 8-byte header; empty if they differ
 * @param timestamps   whose clocks are read
 * @param observer     learns what happens to the probes, and does not throw
 * @param identifier   of its echo requests; empty for one that nobody has
 * @param features     what it does beside
 */
public record ProbeChannelOptions(
        SocketSettings sockets,
        int maxInFlight,
        OptionalInt payloadBytes,
        Timestamps timestamps,
        ProbeObserver observer,
        OptionalInt identifier,
        EnumSet<Feature> features) {

    /** Most probes a second that leave room for {@link Timestamps#TRANSMIT}. */
    private static final long HIGHEST_RATE_FOR_TRANSMIT = 50_000;

    /** Returns the best clocks there is room for at a rate; empty for as fast as can be. */
    public static Timestamps timestampsFitting(OptionalLong probesPerSecond) {
        return probesPerSecond.isPresent() && probesPerSecond.getAsLong() <= HIGHEST_RATE_FOR_TRANSMIT
                ? Timestamps.TRANSMIT
                : Timestamps.RECEIVE;
    }

    /** What not every channel does. */
    public enum Feature {
        /** Broadcast addresses may be asked. */
        BROADCAST,
        /** Every packet is logged. */
        WIRE_LOGGING,
        /** Further tries wait until the owner asks for them. */
        TRIES_ON_DEMAND,
        /** More may be in flight than the receive buffer holds replies for: the owner sends slowly. */
        BEYOND_BUFFER,
        /** All targets are addresses of this host: no carrier on the way to them can be lost. */
        ONLY_THIS_HOST
    }

    /** Returns the options of a channel for payloads of any length, with no features, which nobody observes. */
    public static ProbeChannelOptions of(SocketSettings sockets, int maxInFlight, Timestamps timestamps) {
        return new ProbeChannelOptions(
                sockets,
                maxInFlight,
                OptionalInt.empty(),
                timestamps,
                ProbeObserver.NONE,
                OptionalInt.empty(),
                EnumSet.noneOf(Feature.class));
    }

    public ProbeChannelOptions withMaxInFlight(int newMaxInFlight) {
        return new ProbeChannelOptions(
                sockets, newMaxInFlight, payloadBytes, timestamps, observer, identifier, features);
    }

    public ProbeChannelOptions withPayloadBytes(int bytes) {
        return new ProbeChannelOptions(
                sockets, maxInFlight, OptionalInt.of(bytes), timestamps, observer, identifier, features);
    }

    public ProbeChannelOptions observedBy(ProbeObserver newObserver) {
        return new ProbeChannelOptions(
                sockets, maxInFlight, payloadBytes, timestamps, newObserver, identifier, features);
    }

    public ProbeChannelOptions withIdentifier(OptionalInt newIdentifier) {
        return new ProbeChannelOptions(
                sockets, maxInFlight, payloadBytes, timestamps, observer, newIdentifier, features);
    }

    public ProbeChannelOptions with(Feature feature, boolean wanted) {
        EnumSet<Feature> changed = EnumSet.copyOf(features);
        if (wanted) {
            changed.add(feature);
        } else {
            changed.remove(feature);
        }
        return new ProbeChannelOptions(sockets, maxInFlight, payloadBytes, timestamps, observer, identifier, changed);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Returns the options of a channel whose packets nobody may fragment, whatever is known of the path. */
    public ProbeChannelOptions forPathMtu() {
        SocketSettings unfragmented =
                sockets.with(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
        return new ProbeChannelOptions(
                unfragmented, maxInFlight, OptionalInt.empty(), timestamps, observer, identifier, features);
    }
}
