package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An ICMP error: a node tells what became of a packet, and quotes the beginning of it. Whether it speaks of one of
 * our probes is for the reader of {@link #quote()} to find out; anybody can send one. Immutable.
 */
public sealed interface IcmpError extends IcmpMessage, Uncounted
        permits DestinationUnreachableMessage,
                PacketTooBigMessage,
                TimeExceededMessage,
                ParameterProblemMessage,
                SourceQuenchMessage,
                RedirectMessage {

    /** {@return what every error has; the other methods of this interface are short for its parts} */
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

    /** {@return who reported the error: a router on the way or the host itself; empty if the kernel did not tell} */
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

    /** {@return whether something stands where the extensions should that cannot be read} */
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
