package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that a test needs and a machine may lack, found out by using it once. Safe for use by many threads. */
final class Requirement {

    /**
     * To make network namespaces and move threads there: {@link Tool#IP}, CAP_SYS_ADMIN, CAP_NET_ADMIN, a writable
     * {@code /proc/sys/net}, and a kernel with IPv6.
     */
    static final Requirement NAMESPACES =
            new Requirement("network namespaces", () -> Tool.IP.lack(), Requirement::tryNamespace);

    /** To open raw ICMP sockets: CAP_NET_RAW. Nothing is sent. */
    static final Requirement RAW_SOCKETS = new Requirement("raw sockets", Requirement::tryRawSocket);

    /** To make TUN devices in a namespace: {@link #NAMESPACES} and a readable and writable {@code /dev/net/tun}. */
    static final Requirement TUN = new Requirement("TUN devices", () -> NAMESPACES.lack(), Requirement::tryTun);

    /** To be root of a new user namespace. A kernel may forbid it, and does so in a chroot. */
    static final Requirement USER_NAMESPACES = new Requirement(
            "user namespaces",
            () -> Tool.UNSHARE.lack(),
            () -> failure("unshare", "--user", "--map-root-user", "--net", "true"));

    /** That the machine's own loopback device has its IPv6 address. */
    static final Requirement IPV6_LOOPBACK = new Requirement("::1", Requirement::tryIpv6Loopback);

    /** That the machine's own loopback address has its name. */
    static final Requirement LOCALHOST = new Requirement("localhost", Requirement::tryLocalhost);

    private final String name;
    private final Supplier<Optional<String>> basis;
    private final Supplier<Optional<String>> trial;
    private Optional<String> lack = Optional.empty();
    private boolean tried;

    Requirement(String name, Supplier<Optional<String>> trial) {
        this(name, Optional::empty, trial);
    }

    /**
     * Makes one that stands on another.
     *
     * @param name  for the reasons of skipped tests
     * @param basis the lack of the other one; only if there is none the trial is run, once
     * @param trial returns what went wrong
     */
    private Requirement(String name, Supplier<Optional<String>> basis, Supplier<Optional<String>> trial) {
        this.name = name;
        this.basis = basis;
        this.trial = trial;
    }

    /** Returns why this process has to do without, or empty if it has not. */
    synchronized Optional<String> lack() {
        if (!tried) {
            lack = basis.get().or(() -> trial.get().map(reason -> "no " + name + " here: " + reason));
            tried = true;
        }
        return lack;
    }

    /** Runs a command and returns what went wrong, in one line. */
    static Optional<String> failure(String... command) {
        try {
            Commands.run(List.of(command));
            return Optional.empty();
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(inOneLine(e));
        }
    }

    private static String inOneLine(Throwable e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static Optional<String> tryNamespace() {
        try (Namespace namespace = Namespace.create()) {
            if (!namespace.devices().equals(List.of("lo"))) {
                return Optional.of("more devices than lo");
            }
            return namespace.ip("-6", "address", "show", "dev", "lo").contains(" ::1/128 ")
                    ? Optional.empty()
                    : Optional.of("no IPv6 in them");
        } catch (RuntimeException e) {
            return Optional.of(inOneLine(e));
        }
    }

    private static Optional<String> tryRawSocket() {
        // AF_INET, SOCK_RAW, IPPROTO_ICMP
        int fd = Libc.CALLS.socket(2, 3 | Libc.CLOEXEC, Packets.ICMPV4);
        if (fd < 0) {
            return Optional.of(inOneLine(Libc.failure("socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)", Libc.errno())));
        }
        Libc.CALLS.close(fd);
        return Optional.empty();
    }

    private static Optional<String> tryTun() {
        try (Namespace namespace = Namespace.create()) {
            namespace.call(() -> {
                TunDevice.open().close();
                return true;
            });
            return Optional.empty();
        } catch (SystemCallException | RuntimeException e) {
            return Optional.of(inOneLine(e));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> tryIpv6Loopback() {
        // proc(5): address, index, prefix length, scope, flags, device
        Path addresses = Path.of("/proc/net/if_inet6");
        return someLine(addresses, "0{31}1 .*") ? Optional.empty() : Optional.of("not in " + addresses);
    }

    private static Optional<String> tryLocalhost() {
        Path hosts = Path.of("/etc/hosts");
        return someLine(hosts, "\\s*127\\.0\\.0\\.1\\s([^#]*\\s)?localhost(\\s.*)?")
                ? Optional.empty()
                : Optional.of("127.0.0.1 has no such name in " + hosts);
    }

    private static boolean someLine(Path file, String pattern) {
        try {
            return Files.readAllLines(file).stream().anyMatch(line -> line.matches(pattern));
        } catch (IOException e) {
            return false;
        }
    }
}
