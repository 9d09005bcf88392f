package io.github.nettyping.correlation;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import java.util.Optional;

/**
 * Tells whether silence may be due to the interface a probe left by. Asked on the channel's event loop, only for probes whose
 * deadline has passed in silence.
 */
@Internal
public interface LinkExcuse {

    /** Knows of nothing. */
    LinkExcuse NONE = new LinkExcuse() {
        @Override
        public Optional<String> disturbedLink(Probe probe, long sentNanos, long timeoutNanos, long now) {
            return Optional.empty();
        }

        @Override
        public boolean isThisHost(IpAddress address) {
            return false;
        }
    };

    /**
     * Returns the interface that a probe left by, if packets may have been lost there while it waited.
     *
     * @param probe        the probe
     * @param sentNanos    when its last try was sent, as {@link System#nanoTime()}
     * @param timeoutNanos how long that waited
     * @param now          as {@link System#nanoTime()}
     * @return its name
     */
    Optional<String> disturbedLink(Probe probe, long sentNanos, long timeoutNanos, long now);

    /**
     * {@return whether an address is one of this host} An ICMP error from there, about a probe by a disturbed link, is the
     * voice of the trouble.
     *
     * @param address any
     */
    boolean isThisHost(IpAddress address);
}
