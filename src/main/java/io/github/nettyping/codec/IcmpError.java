package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An ICMP error: a node reports what became of a packet and quotes the beginning of it. Only the {@link #quote()} tells
 * whether it is about one of our probes. Anybody can send such an error. Immutable.
 */
public sealed interface IcmpError extends IcmpMessage, Uncounted
        permits DestinationUnreachableMessage,
                PacketTooBigMessage,
                TimeExceededMessage,
                ParameterProblemMessage,
                SourceQuenchMessage,
                RedirectMessage {

    /**
     * Returns what every error has; the other methods of this interface are shortcuts to its parts.
     *
     * @return the common part
     */
    ErrorReport report();

    /** {@return the version of ICMP, without which type and code mean nothing} */
    default IpFamily family() {
        return report().family();
    }

    /** {@return the ICMP type, 0 to 255} */
    default int type() {
        return report().type();
    }

    /** {@return the ICMP code, 0 to 255} */
    default int code() {
        return report().code();
    }

    /**
     * Returns who reported the error: a router on the path or the host itself.
     *
     * @return empty if the kernel did not tell
     */
    default Optional<IpAddress> from() {
        return report().from();
    }

    /**
     * {@return the quoted probe; empty if the quote is no echo request, or too short to tell: then it matches no probe}
     */
    default Optional<Quote> quote() {
        return report().quote();
    }

    /**
     * {@return what the reporter appended, MPLS labels and interfaces, in the order of the packet; empty if it cannot
     * be read}
     */
    default List<ExtensionObject> extensions() {
        return report().extensions().objects();
    }

    /**
     * Tells whether there are bytes in place of the extensions that cannot be read.
     *
     * @return whether {@link #extensions()} is empty for that reason
     */
    default boolean extensionsMalformed() {
        return report().extensions().malformed();
    }

    /** {@return when the error was read from the socket, by {@link System#nanoTime()}} */
    default long readNanos() {
        return report().readNanos();
    }

    /**
     * {@return when the kernel received the error: {@code CLOCK_REALTIME} in nanoseconds since 1970; empty without a
     * stamp}
     */
    default OptionalLong kernelReceiveNanos() {
        return report().kernelReceiveNanos();
    }

    /**
     * {@return type and code in one word of lower-case letters, digits and underscores} It is the same for the same
     * meaning in both families: {@code host_unreachable}, {@code fragmentation_needed}, {@code ttl_exceeded}. A code
     * without a meaning is named by its type and number: {@code destination_unreachable_code_77}.
     */
    default String name() {
        return IcmpNames.error(family(), type(), code());
    }
}
