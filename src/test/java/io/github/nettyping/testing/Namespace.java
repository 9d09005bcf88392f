package io.github.nettyping.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own inside the machine: a fresh network namespace with nothing but a loopback device. Safe for use
 * by many threads.
 *
 * <p>It differs from the machine's in what would make a test depend on where it runs: no reverse path filter, no
 * forwarding (switch {@code net.ipv4.ip_forward} on in a router), no duplicate address detection, IPv6 on.
 *
 * <p>Closing it closes what was opened in it by this package, newest first, and removes its name. The kernel keeps
 * the namespace itself until the last socket and thread in it are gone.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-netns.8.html">ip-netns(8)</a>, network_namespaces(7)
 */
public final class Namespace implements AutoCloseable {

    private final String name;
    private final AtomicInteger lastThread = new AtomicInteger();
    private final Deque<AutoCloseable> contents = new ArrayDeque<>();
    private boolean closed;

    private Namespace(String name) {
        this.name = name;
    }

    /**
     * Creates a namespace in which every group may open ping sockets.
     *
     * @return the namespace, loopback up
     * @throws IllegalStateException if this process may not, see {@link RequiresNamespaces}
     */
    public static Namespace create() {
        Namespace namespace = createWithoutPingSockets();
        namespace.sysctl("net.ipv4.ping_group_range", "0 2147483647");
        return namespace;
    }

    /**
     * Creates a namespace in which nobody may open ping sockets, as the kernel makes them: raw sockets only.
     *
     * @return the namespace, loopback up
     * @throws IllegalStateException if this process may not, see {@link RequiresNamespaces}
     */
    public static Namespace createWithoutPingSockets() {
        Namespace namespace = new Namespace(OpenNamespaces.nextName());
        Commands.run(List.of("ip", "netns", "add", namespace.name));
        OpenNamespaces.add(namespace);
        try {
            namespace.ip("link", "set", "lo", "up");
            namespace.call(() -> {
                // IPv4's defaults are copies of the machine's; net.core.devconf_inherit_init_net in
                // Documentation/admin-guide/sysctl/net.rst of the kernel.
                Sysctl.write("net.ipv4.conf.all.rp_filter", "0");
                Sysctl.write("net.ipv4.conf.default.rp_filter", "0");
                Sysctl.write("net.ipv4.ip_forward", "0");
                if (Sysctl.hasIpv6()) {
                    // Where the kernel was started with ipv6.disable_ipv6=1 they begin without.
                    Sysctl.write("net.ipv6.conf.all.disable_ipv6", "0");
                    Sysctl.write("net.ipv6.conf.default.disable_ipv6", "0");
                    Sysctl.write("net.ipv6.conf.all.accept_dad", "0");
                    Sysctl.write("net.ipv6.conf.default.accept_dad", "0");
                    Sysctl.write("net.ipv6.conf.default.router_solicitations", "0");
                }
                return true;
            });
            return namespace;
        } catch (Exception e) {
            namespace.close();
            throw new IllegalStateException(namespace.name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the name known to the {@code ip} tool.
     *
     * @return {@code nettyping-<pid>-<number>}
     */
    public String name() {
        return name;
    }

    /**
     * Runs a program inside the namespace, with a {@code /sys} of its own, and waits for its end.
     *
     * @param command the program and its arguments
     * @return what it printed, standard output and error
     * @throws IllegalStateException with the output if its exit status is not 0 or it takes more than a minute
     */
    public String exec(String... command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(List.of(command));
        return Commands.run(words);
    }

    /**
     * Runs the {@code ip} tool on this namespace.
     *
     * @param arguments such as {@code route add unreachable 198.51.100.0/24}
     * @return what it printed
     * @throws IllegalStateException with the output if its exit status is not 0
     */
    public String ip(String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "-n", name));
        words.addAll(List.of(arguments));
        // To name the peer of a link it asks for every named namespace. Of one that another process has just removed it
        // says "Error: Peer netns reference is invalid.", and goes on; with an error of its own it would not end well.
        return Commands.run(words).replaceAll("(?m)^Error: .*\\R?", "");
    }

    /**
     * Returns the network devices of this namespace.
     *
     * <p>{@link java.net.NetworkInterface} does not tell: for IPv6 it reads {@code /proc/net}, which shows the
     * namespace of the process's first thread.
     *
     * @return names such as {@code lo}, {@code link0}, {@code tun0}
     */
    public List<String> devices() {
        // "1: lo: <LOOPBACK,UP>...", "2: link0@if2: <...>..."
        return ip("-oneline", "link")
                .lines()
                .map(line -> line.split("[:@ ]+", 3)[1])
                .toList();
    }

    /**
     * Sets a kernel parameter of this namespace.
     *
     * @param key   under {@code net.ipv4} or {@code net.ipv6}, where a namespace is shown only what is its own
     * @param value the new value
     */
    public void sysctl(String key, String value) {
        if (!key.startsWith("net.ipv4.") && !key.startsWith("net.ipv6.")) {
            throw new IllegalArgumentException("key: " + key + " (expected: net.ipv4.* or net.ipv6.*)");
        }
        callUnchecked(() -> {
            Sysctl.write(key, value);
            return true;
        });
    }

    /**
     * Returns a kernel parameter of this namespace.
     *
     * @param key its name with dots
     * @return its value without the line end
     */
    public String sysctl(String key) {
        return callUnchecked(() -> Sysctl.read(key));
    }

    /**
     * Runs code on a new thread inside the namespace and waits for it.
     *
     * <p>Sockets belong to the namespace of the thread that opens them and keep it on whatever thread they are used.
     * So do {@code /proc/sys/net} and {@code /proc/thread-self/net} show this namespace, but {@code /proc/net} and
     * {@code /sys} do not. A thread starts in the namespace of the thread that starts it: do not start shared pools
     * from here.
     *
     * @param code what to run
     * @param <T>  what it returns
     * @return its result
     * @throws Exception what the code threw, or an {@link IOException} if the namespace is gone
     */
    public <T> T call(Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return code.call();
        });
        Thread thread = newThread(task);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Returns a factory of threads that live inside the namespace, for event loop groups.
     *
     * @return makes daemon threads named after the namespace; one started after {@link #close()} fails at once
     */
    public ThreadFactory threads() {
        return body -> newThread(() -> {
            try {
                enter();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            body.run();
        });
    }

    /**
     * Makes this namespace answer for every address of a network ("AnyIP").
     *
     * @param prefix such as {@code 198.19.0.0/16}, either family
     */
    public void answerAll(String prefix) {
        ip("route", "add", "local", prefix, "dev", "lo");
    }

    /**
     * Sends what goes to a network through a neighbour.
     *
     * @param prefix  such as {@code 198.19.0.0/16}, either family
     * @param gateway an address of the other end of a {@link Link}
     */
    public void route(String prefix, String gateway) {
        ip("route", "add", prefix, "via", gateway);
    }

    /**
     * Hands what a device receives to other processors, as several queues of a real one would (RPS).
     *
     * @param device  such as {@code lo} or {@code link0}
     * @param cpuMask bit n for processor n, 0 to switch it off
     */
    public void steerReceive(String device, int cpuMask) {
        exec(
                "sh",
                "-c",
                "for q in /sys/class/net/\"$1\"/queues/rx-*; do echo \"$2\" > \"$q/rps_cpus\" || exit 1; done",
                "sh",
                device,
                Integer.toHexString(cpuMask));
    }

    /** Closes a resource before the namespace; for what holds a device or a thread in it. */
    synchronized void own(AutoCloseable resource) {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        contents.push(resource);
    }

    /** Forgets a resource that was closed by its user. */
    synchronized void disown(AutoCloseable resource) {
        contents.remove(resource);
    }

    /**
     * Closes what was opened in the namespace by this package and removes it. A second call does nothing.
     *
     * @throws IllegalStateException if something did not close or had failed before; the namespace is removed anyway
     */
    @Override
    public void close() {
        List<AutoCloseable> resources;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            resources = List.copyOf(contents);
        }
        IllegalStateException failure = null;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException(name + ": " + e.getMessage(), e) : failure;
            }
        }
        Commands.run(List.of("ip", "netns", "delete", name));
        OpenNamespaces.remove(this);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private Thread newThread(Runnable body) {
        Thread thread = new Thread(body, name + "-thread-" + lastThread.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private void enter() throws IOException {
        Path file = OpenNamespaces.DIRECTORY.toPath().resolve(name);
        int fd = Libc.check(Libc.CALLS.open(file.toString(), Libc.O_RDONLY | Libc.CLOEXEC), "open(" + file + ")");
        try {
            Libc.check(Libc.CALLS.setns(fd, Libc.CLONE_NEWNET), "setns(" + file + ", CLONE_NEWNET)");
        } finally {
            Libc.CALLS.close(fd);
        }
        // Twice is safer: what follows must not send a packet into a real network.
        if (!Files.isSameFile(file, Path.of("/proc/thread-self/ns/net"))) {
            throw new IOException("setns(" + file + ") has no effect");
        }
    }

    private <T> T callUnchecked(Callable<T> code) {
        try {
            return call(code);
        } catch (Exception e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }
}
