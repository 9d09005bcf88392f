package io.github.nettyping.channel;

import io.github.nettyping.packet.SocketKind;
import java.util.Optional;

/**
 * What the kernel grants or refuses when a socket of one kind is tried, by {@link Icmp#tryOut}. Immutable.
 *
 * <p>Everything here was tried, not concluded from settings. What could not be tried is empty.
 */
public sealed interface SocketTrial {

    /** What is asked of each buffer, in bytes, as a sweep does. The kernel grants twice that: half is its own. */
    int WANTED_BUFFER_BYTES = 8 << 20;

    /** {@return the kind of socket that was tried} */
    SocketKind kind();

    /**
     * A call that the kernel refused. Immutable.
     *
     * @param call      with the arguments that matter: {@code socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)}
     * @param errno     the error number, more than 0
     * @param errnoName its name as in errno(3)
     */
    record Refusal(String call, int errno, String errnoName) {}

    /**
     * There is no such socket here.
     *
     * @param kind    what was tried
     * @param refusal the refusal: to open it, or to set what a channel needs
     */
    record Refused(SocketKind kind, Refusal refusal) implements SocketTrial {}

    /**
     * The socket opened; it is closed again.
     *
     * @param kind               what was tried
     * @param receiveBufferBytes the kernel's figure for the receive buffer after asking for the wanted size
     * @param sendBufferBytes    the kernel's figure for the send buffer after asking for the wanted size
     * @param buffersForced      whether the limits of {@code net.core} were passed, as {@code CAP_NET_ADMIN} permits
     * @param echo               what became of echo requests to this host
     * @param timeStamps         which stamps the kernel makes
     */
    record Opened(
            SocketKind kind,
            int receiveBufferBytes,
            int sendBufferBytes,
            boolean buffersForced,
            Echo echo,
            TimeStamps timeStamps)
            implements SocketTrial {}

    /**
     * What became of echo requests to the loopback address.
     *
     * @param refusal why the kernel would not send one; empty if it did
     * @param replied whether a reply came within a tenth of a second
     */
    record Echo(Optional<Refusal> refusal, boolean replied) {}

    /**
     * Which stamps the kernel makes, seen at those echo requests.
     *
     * @param receive      whether replies bring the time they were received; empty if none came
     * @param transmit     whether the time of sending can be had; empty if it was not seen that anything was sent
     * @param transmitKeys whether the sender can choose the number of a transmit stamp, {@code SCM_TS_OPT_ID}; empty
     *                     where there are no transmit stamps
     */
    record TimeStamps(Optional<Boolean> receive, Optional<Boolean> transmit, Optional<Boolean> transmitKeys) {

        static final TimeStamps NOT_TRIED = new TimeStamps(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
