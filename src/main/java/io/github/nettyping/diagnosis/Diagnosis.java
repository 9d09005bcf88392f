package io.github.nettyping.diagnosis;

import io.github.nettyping.channel.Icmp;
import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What this machine permits for pinging: facts, the problems that follow from them, and remedies. Immutable.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.ofThisMachine();
 * if (!diagnosis.canPing()) {
 *     diagnosis.remedies().forEach(remedy -> log.warn("{}: {}", remedy.effect(), remedy.commands()));
 * }
 * }</pre>
 *
 * @param platform        what everything runs on
 * @param nativeLibraries whether the native parts load
 * @param caller          who asks for sockets; empty if {@code /proc} does not tell
 * @param surroundings    where this process lives
 * @param pingGroupRange  which groups may open ping sockets; empty if {@code /proc} does not tell
 * @param sockets         whether each kind of socket opened, in the order of the kinds; empty if the native parts do
 *                        not load
 * @param ipv6            whether there is IPv6
 * @param limits          figures that limit how fast one can ping, and how many
 */
public record Diagnosis(
        Platform platform,
        NativeLibraries nativeLibraries,
        Optional<Caller> caller,
        Surroundings surroundings,
        Optional<PingGroupRange> pingGroupRange,
        List<SocketTrial> sockets,
        Ipv6 ipv6,
        KernelLimits limits) {

    /**
     * Examines this machine with the rights and in the network namespace of the calling thread. Reads files of {@code
     * /proc}, opens and closes sockets, and sends a few echo requests to 127.0.0.1 and ::1. Takes up to a second: not
     * for an event loop.
     *
     * @return what was found
     */
    public static Diagnosis ofThisMachine() {
        return of(new Machine(Path.of("/")), Icmp::tryOut);
    }

    static Diagnosis of(Machine machine, Function<SocketKind, SocketTrial> trial) {
        NativeLibraries libraries = NativeLibraries.loaded();
        List<SocketTrial> sockets = List.of();
        try {
            sockets = Stream.of(SocketKind.values()).map(trial).toList();
        } catch (UnsupportedOperationException e) {
            libraries = NativeLibraries.failed(e, machine);
        }
        return new Diagnosis(
                Platform.read(machine),
                libraries,
                Caller.read(machine),
                Surroundings.read(machine),
                PingGroupRange.read(machine),
                sockets,
                Ipv6.read(machine),
                KernelLimits.read(machine));
    }

    /** {@return whether anything can be pinged from here: a socket of some kind opened} */
    public boolean canPing() {
        return opened().findAny().isPresent();
    }

    /**
     * {@return whether a socket of a kind opened; {@code false} also if it was not tried}
     *
     * @param kind which
     */
    public boolean opened(SocketKind kind) {
        return opened().anyMatch(trial -> trial.kind() == kind);
    }

    /**
     * {@return how large the buffers are that the kernel grants: those of the socket that got least} Empty if none
     * opened.
     */
    public Optional<Buffers> buffers() {
        return Buffers.of(opened());
    }

    /**
     * {@return the sockets that were refused for a reason other than groups, capabilities or missing IPv6} In the order
     * of their kinds.
     */
    public List<SocketTrial.Refused> unexplained() {
        return refused()
                .filter(refused -> Problems.isUnexplained(refused, this))
                .toList();
    }

    /** {@return what stands in the way, the worst first} */
    public List<Problem> problems() {
        return Problems.of(this);
    }

    /**
     * {@return the known remedies for the problems} Those for the worst problem come first; of the remedies for one
     * problem, the one that helps most. One of them is enough.
     */
    public List<Remedy> remedies() {
        return Remedies.of(this);
    }

    Stream<SocketTrial.Opened> opened() {
        return sockets.stream().filter(SocketTrial.Opened.class::isInstance).map(SocketTrial.Opened.class::cast);
    }

    Stream<SocketTrial.Refused> refused() {
        return sockets.stream().filter(SocketTrial.Refused.class::isInstance).map(SocketTrial.Refused.class::cast);
    }

    boolean opened(IpFamily family) {
        return opened().anyMatch(trial -> trial.kind().family() == family);
    }
}
