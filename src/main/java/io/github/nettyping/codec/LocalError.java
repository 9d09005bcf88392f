package io.github.nettyping.codec;

import io.github.nettyping.packet.QueuedError;
import java.util.Optional;

/**
 * An entry of the socket's error queue that no ICMP message caused: this host found the error itself. Immutable.
 *
 * @param error the entry
 * @param quote the probe it is about; empty if the kernel kept nothing of it
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7), IP_RECVERR</a>
 */
public record LocalError(QueuedError error, Optional<Quote> quote) implements IcmpMessage, Uncounted {}
