package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A right or a tool that a test may need, found out by using it once. Safe for use by many threads. */
final class Requirement {

    /** To make network namespaces and move threads there: CAP_SYS_ADMIN, CAP_NET_ADMIN and the {@code ip} tool. */
    static final Requirement NAMESPACES = new Requirement("network namespaces", Requirement::tryNamespace);

    /** To open raw ICMP sockets: CAP_NET_RAW. Nothing is sent. */
    static final Requirement RAW_SOCKETS = new Requirement("raw sockets", Requirement::tryRawSocket);

    /** To make TUN devices in a namespace: {@link #NAMESPACES} and a readable and writable {@code /dev/net/tun}. */
    static final Requirement TUN = new Requirement("TUN devices", Requirement::tryTun);

    /** To run the very ping(8) whose lines ours has. Nothing is sent. */
    static final Requirement IPUTILS = new Requirement("iputils 20221126", Requirement::tryIputils);

    /** To run the very mtr(8) whose columns ours has. Nothing is sent. */
    static final Requirement MTR = new Requirement("mtr 0.95", Requirement::tryMtr);

    /** To run fping(8) 5, another program that tells who answers. Nothing is sent. */
    static final Requirement FPING = new Requirement("fping 5", Requirement::tryFping);

    /** To look at pages as a browser shows them. */
    static final Requirement CHROMIUM = new Requirement("Chromium", Requirement::tryChromium);

    private final String name;
    private final Supplier<Optional<String>> trial;
    private Optional<String> lack = Optional.empty();
    private boolean tried;

    private Requirement(String name, Supplier<Optional<String>> trial) {
        this.name = name;
        this.trial = trial;
    }

    /** Returns why this process does not have the right, or empty if it has. */
    synchronized Optional<String> lack() {
        if (!tried) {
            lack = trial.get().map(reason -> "no " + name + " here: " + reason);
            tried = true;
        }
        return lack;
    }

    private static Optional<String> tryNamespace() {
        try (Namespace namespace = Namespace.create()) {
            return namespace.devices().equals(List.of("lo")) ? Optional.empty() : Optional.of("more devices than lo");
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> tryRawSocket() {
        // AF_INET, SOCK_RAW, IPPROTO_ICMP
        int fd = Libc.CALLS.socket(2, 3 | Libc.CLOEXEC, Packets.ICMPV4);
        if (fd < 0) {
            return Optional.of(String.valueOf(Libc.failure("socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)", Libc.errno())
                    .getMessage()));
        }
        Libc.CALLS.close(fd);
        return Optional.empty();
    }

    private static Optional<String> tryIputils() {
        try {
            String version = Commands.run(List.of("/usr/bin/ping", "-V"));
            return version.contains("iputils 20221126") ? Optional.empty() : Optional.of(version.strip());
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> tryMtr() {
        try {
            String version = Commands.run(List.of("mtr", "--version"));
            return version.strip().equals("mtr 0.95") ? Optional.empty() : Optional.of(version.strip());
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> tryFping() {
        try {
            String version = Commands.run(List.of("fping", "--version"));
            return version.contains("Version 5.") ? Optional.empty() : Optional.of(version.strip());
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> tryChromium() {
        try {
            Commands.run(List.of("chromium", "--version"));
            return Optional.empty();
        } catch (IllegalStateException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> tryTun() {
        Optional<String> lack = NAMESPACES.lack();
        if (lack.isPresent()) {
            return lack;
        }
        try (Namespace namespace = Namespace.create()) {
            namespace.call(() -> {
                TunDevice.open().close();
                return true;
            });
            return Optional.empty();
        } catch (SystemCallException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
