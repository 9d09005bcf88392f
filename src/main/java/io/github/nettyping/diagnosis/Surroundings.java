package io.github.nettyping.diagnosis;

import java.util.Optional;

/**
 * The container and the namespaces this process runs in, as far as that is certain. Immutable.
 *
 * @param container       what runs this process in a process namespace of its own; empty if it is in the machine's
 * @param userNamespace   whether its users are not those of the machine; empty if the kernel has no user namespaces
 * @param allGroupsMapped whether every group exists in its user namespace
 * @param hostNetwork     whether the network namespace is the machine's first; only there can {@code net.core} be set
 * @param sysctlReadOnly  whether {@code /proc/sys} is mounted read-only, so that nobody in here can set anything
 * @param systemd         whether systemd runs this machine
 */
public record Surroundings(
        Optional<Container> container,
        Optional<Boolean> userNamespace,
        boolean allGroupsMapped,
        boolean hostNetwork,
        boolean sysctlReadOnly,
        boolean systemd) {

    /** Makers of containers. */
    public enum Container {
        /** Docker. */
        DOCKER,
        /** A pod of Kubernetes. */
        KUBERNETES,
        /** Podman. */
        PODMAN,
        /** Something else that makes a process namespace. */
        OTHER
    }

    /** The machine's first process namespace: {@code PROC_PID_INIT_INO} of {@code linux/proc_ns.h}. */
    private static final String FIRST_PROCESS_NAMESPACE = "pid:[4026531836]";

    /** A mapping of all numbers to themselves: first inside, first outside, how many. user_namespaces(7). */
    private static final String IDENTITY = "0 0 4294967295";

    static Surroundings read(Machine machine) {
        Optional<String> users = mapping(machine, "/proc/self/uid_map");
        return new Surroundings(
                container(machine),
                users.map(map -> !map.equals(IDENTITY)),
                mapsAllGroups(machine),
                // In other namespaces the file does not exist or is read-only. net/core/sysctl_net_core.c.
                machine.ownerMayWrite("/proc/sys/net/core/rmem_max"),
                new Mounts(machine).has("ro", "/proc/sys/net"),
                // sd_booted(3)
                machine.exists("/run/systemd/system"));
    }

    static boolean mapsAllGroups(Machine machine) {
        return mapping(machine, "/proc/self/gid_map").map(IDENTITY::equals).orElse(true);
    }

    private static Optional<Container> container(Machine machine) {
        return machine.link("/proc/self/ns/pid")
                .filter(namespace -> !namespace.equals(FIRST_PROCESS_NAMESPACE))
                .map(namespace -> {
                    // These files alone prove nothing: an image may have been unpacked onto a machine.
                    if (machine.exists("/var/run/secrets/kubernetes.io")) {
                        return Container.KUBERNETES;
                    }
                    if (machine.exists("/run/.containerenv")) {
                        return Container.PODMAN;
                    }
                    return machine.exists("/.dockerenv") ? Container.DOCKER : Container.OTHER;
                });
    }

    private static Optional<String> mapping(Machine machine, String file) {
        return machine.text(file).map(text -> text.strip().replaceAll("[ \t]+", " "));
    }
}
