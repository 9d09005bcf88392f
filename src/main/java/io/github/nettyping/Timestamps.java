package io.github.nettyping;

import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.netty.channel.ChannelException;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.OptionalLong;

/**
 * Whose clock readings a round trip is measured between. Each outcome says what it really was, by its
 * {@link io.github.nettyping.probe.RttSource}: where the kernel has no stamp for a packet, the next best is used. Immutable.
 */
public enum Timestamps {
    /**
     * From the moment the kernel hands the probe to the network device to the moment it gets the reply from there
     * ({@link io.github.nettyping.probe.RttSource#KERNEL_TX_RX}): the network and the other host, and nothing of this process.
     * It costs the event loop half a microsecond a probe, about a fifth of a round trip over loopback, and a second socket where
     * sockets are raw.
     */
    TRANSMIT,
    /**
     * From right before the system call that sends the probe to the moment the kernel gets the reply
     * ({@link io.github.nettyping.probe.RttSource#USER_TX_KERNEL_RX}), as ping(8) measures. Of up to 64 packets in that call,
     * the round trip of the last one contains the sending of the others. It costs next to nothing.
     */
    RECEIVE,
    /**
     * From right before the system call that sends the probe to the moment the reply is read, both by the monotonic clock
     * ({@link io.github.nettyping.probe.RttSource#USER_CLOCK}): it contains the time the reply waited for this process. It costs
     * nothing, and no one who sets the wall clock has a part in it.
     */
    USER;

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Timestamps.class);

    /** Most probes a second that leave room for {@link #TRANSMIT}. */
    private static final long HIGHEST_RATE_FOR_TRANSMIT = 50_000;

    /** Returns the best there is room for at a rate; empty for as fast as can be. */
    static Timestamps fitting(OptionalLong probesPerSecond) {
        return probesPerSecond.isPresent() && probesPerSecond.getAsLong() <= HIGHEST_RATE_FOR_TRANSMIT
                ? TRANSMIT
                : RECEIVE;
    }

    /** Returns the best there is room for at the highest rate that a sweep can come to, to targets of which some are remote or none. */
    static Timestamps fitting(SweepRate rate, boolean remote) {
        if (rate instanceof SweepRate.PerSecond given) {
            return fitting(OptionalLong.of(given.probesPerSecond()));
        }
        return fitting(rate instanceof SweepRate.Auto auto && remote ? auto.remoteCeiling() : OptionalLong.empty());
    }

    /** Has a channel that is not bound yet deliver what this needs, and no more. */
    void configure(IcmpChannelConfig config) {
        switch (this) {
            case TRANSMIT -> {
                try {
                    config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
                } catch (ChannelException e) {
                    // No second socket is to be had. The option stays off, and outcomes tell what they were measured
                    // by.
                    LOGGER.debug("No transmit stamps.", e);
                }
            }
            case RECEIVE -> {}
            case USER -> config.setOption(IcmpChannelOption.RECEIVE_STAMPS, false);
        }
    }
}
