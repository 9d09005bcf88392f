package io.github.nettyping.diagnosis;

import java.util.Optional;

/**
 * Where this process lives, as far as it is certain. Immutable.
 *
 * @param container       what keeps it in a process namespace of its own; empty if it is in the machine's
 * @param userNamespace   whether users are not those of the machine; empty on kernels without user namespaces
 * @param allGroupsMapped whether every group exists in its user namespace
 * @param hostNetwork     whether the network namespace is the machine's first, where alone {@code net.core} can be set
 * @param sysctlReadOnly  whether {@code /proc/sys} is mounted so that nobody in here can set anything
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
        /** Something else with a process namespace. */
        OTHER
    }

    /** The first namespace's number, {@code PROC_PID_INIT_INO} of {@code linux/proc_ns.h}. */
    private static final String FIRST_PROCESS_NAMESPACE = "pid:[4026531836]";

    /** From 0, as 0, all. user_namespaces(7). */
    private static final String IDENTITY = "0 0 4294967295";

    static Surroundings read(Machine machine) {
        Optional<String> users = mapping(machine, "/proc/self/uid_map");
        return new Surroundings(
                container(machine),
                users.map(map -> !map.equals(IDENTITY)),
                mapsAllGroups(machine),
                // Others are not shown it, or for reading only. net/core/sysctl_net_core.c.
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
                    // Such marks alone are no proof: images are unpacked onto machines too.
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
