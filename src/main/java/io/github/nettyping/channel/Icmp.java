package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether this machine permits ICMP sockets, and why not. Safe for use by many threads.
 *
 * <p>Whether the native parts load is found out once, but trouble that may pass, such as a full disk or too many open files, is
 * no answer: then the next call tries again. Whether the kernel permits a socket is tried anew each time,
 * because an administrator may change it meanwhile.
 *
 * <pre>{@code
 * Icmp.unavailabilityCause(SocketKind.IPV4_DGRAM).ifPresent(cause -> System.err.println(cause.getMessage()));
 * }</pre>
 */
public final class Icmp {

    private Icmp() {}

    /**
     * {@return whether a socket of a kind can be opened now}
     *
     * @param kind which
     */
    public static boolean isAvailable(SocketKind kind) {
        return unavailabilityCause(kind).isEmpty();
    }

    /**
     * {@return whether a policy can be met now: whether a socket of one of its kinds can be opened}
     *
     * @param policy the kinds that will do
     * @param family the address family
     */
    public static boolean isAvailable(SocketPolicy policy, IpFamily family) {
        return policy.kinds(family).stream().anyMatch(Icmp::isAvailable);
    }

    /**
     * Returns normally if a socket of a kind can be opened now.
     *
     * @param kind which
     * @throws IcmpUnavailableException      if the kernel refuses it; the message names the remedy
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all
     */
    public static void ensureAvailable(SocketKind kind) {
        open(List.of(kind));
    }

    /**
     * Returns normally if a policy can be met now.
     *
     * @param policy the kinds that will do
     * @param family the address family
     * @throws IcmpUnavailableException      if the kernel refuses all of them; the message names the remedies
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all
     */
    public static void ensureAvailable(SocketPolicy policy, IpFamily family) {
        open(policy.kinds(family));
    }

    /**
     * {@return why a socket of a kind cannot be opened now; empty if it can}
     *
     * @param kind which
     */
    public static Optional<RuntimeException> unavailabilityCause(SocketKind kind) {
        try {
            ensureAvailable(kind);
            return Optional.empty();
        } catch (IcmpUnavailableException | UnsupportedOperationException e) {
            return Optional.of(e);
        }
    }

    /**
     * Tries a socket of a kind as a channel would use it, with a few echo requests to this host's loopback address, and
     * closes it. Takes up to a few tenths of a second: not for an event loop.
     *
     * @param kind which
     * @return what the kernel granted, or what it refused
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all
     */
    public static SocketTrial tryOut(SocketKind kind) {
        try {
            return TrialRun.of(Syscalls.ofThisMachine(), kind);
        } catch (IOException e) {
            throw new IcmpUnavailableException("close(2) of a socket just tried: " + e.getMessage(), e);
        }
    }

    private static void open(List<SocketKind> kinds) {
        IcmpSockets sockets = IcmpSockets.open(Syscalls.ofThisMachine(), kinds);
        try {
            sockets.close();
        } catch (IOException e) {
            throw new IcmpUnavailableException("close(2) of a socket just opened: " + e.getMessage(), e);
        }
    }

    /** Returns the machine's own transport, or says why there is none. */
    static Transport transport() {
        return new Transport(Syscalls.ofThisMachine(), NanoClock.SYSTEM, EpollReadiness::new);
    }
}
