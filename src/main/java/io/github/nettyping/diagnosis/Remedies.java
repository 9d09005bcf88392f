package io.github.nettyping.diagnosis;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.diagnosis.Remedy.Needs;
import io.github.nettyping.diagnosis.Surroundings.Container;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what mends one problem. Confined to one thread.
 *
 * <p>File capabilities ({@code setcap} on {@code java}) are not proposed. They would give raw sockets to every Java
 * program of every user. Besides, the dynamic linker runs such a program in secure-execution mode and ignores the
 * library paths it is given. ld.so(8).
 */
final class Remedies {

    private static final String GROUP_RANGE = "net.ipv4.ping_group_range";
    private static final String DISABLE_IPV6 = "net.ipv6.conf.all.disable_ipv6";

    private static final String UNTIL_BOOT = ", until the next boot";

    /** Every group that a process can have. */
    private static final PingGroupRange ALL_GROUPS = new PingGroupRange(0, Integer.MAX_VALUE);

    /** The least size that is proposed for a neighbour table: large enough for most networks. */
    private static final long MIN_NEIGHBOURS = 4_096;

    /** The largest size that is proposed: it still costs little memory. */
    private static final long MAX_NEIGHBOURS = 65_536;

    private final Diagnosis diagnosis;
    private final Problem problem;
    private final List<Remedy> remedies = new ArrayList<>();

    private Remedies(Diagnosis diagnosis, Problem problem) {
        this.diagnosis = diagnosis;
        this.problem = problem;
    }

    static List<Remedy> of(Diagnosis diagnosis) {
        return diagnosis.problems().stream()
                .flatMap(problem -> new Remedies(diagnosis, problem).find().stream())
                .toList();
    }

    private List<Remedy> find() {
        switch (problem) {
            case NATIVE_LIBRARIES -> executableDirectory();
            case PING_GROUP_RANGE -> diagnosis.caller().ifPresent(this::groupRange);
            case NET_RAW -> diagnosis.caller().ifPresent(this::netRaw);
            case IPV6 -> ipv6();
            case BUFFERS -> diagnosis.buffers().ifPresent(this::buffers);
            case NEIGHBOUR_TABLE -> neighbours();
            case CONNECTION_TRACKING -> diagnosis.limits().connectionTracking().ifPresent(this::connectionTracking);
            case REFUSED -> {
                // It is not known who refused.
            }
        }
        return remedies;
    }

    private void executableDirectory() {
        NativeLibraries libraries = diagnosis.nativeLibraries();
        libraries
                .otherDirectory()
                .ifPresent(directory -> add(
                        Needs.NOTHING,
                        "the native parts are unpacked where they can be executed",
                        "mkdir -p " + Shell.quote(directory),
                        "NETTYPING_JAVA_OPTS=" + Shell.quote("-Djava.io.tmpdir=" + directory) + ' ' + Remedy.COMMAND));
        libraries
                .noexecDirectory()
                .ifPresent(directory -> add(
                        Needs.ROOT,
                        "what lies in " + directory + " can be executed" + UNTIL_BOOT,
                        "mount -o remount,exec \"$(findmnt -n -o TARGET -T " + Shell.quote(directory) + ")\""));
    }

    private void groupRange(Caller caller) {
        PingGroupRange narrow = diagnosis
                .pingGroupRange()
                .map(now -> now.with(caller.effectiveGid()))
                .orElse(new PingGroupRange(caller.effectiveGid(), caller.effectiveGid()));
        // The kernel refuses groups that do not exist in the writer's user namespace. net/ipv4/sysctl_net_ipv4.c
        boolean all = diagnosis.surroundings().allGroupsMapped() || belongsToHost();
        PingGroupRange wide = all ? ALL_GROUPS : narrow;
        String narrowEffect = narrow.lowest() == narrow.highest()
                ? "group " + narrow.lowest() + " may open ping sockets"
                : "groups " + narrow.lowest() + " to " + narrow.highest() + " may open ping sockets";
        String wideEffect = all ? "every group may open ping sockets" : narrowEffect;
        sysctl(wideEffect, "ping-sockets", Map.of(GROUP_RANGE, value(wide)));
        if (all && !belongsToHost() && !diagnosis.surroundings().sysctlReadOnly()) {
            add(Needs.ROOT, narrowEffect + UNTIL_BOOT, Shell.sysctl(Map.of(GROUP_RANGE, value(narrow))));
        }
        container().ifPresent(container -> {
            if (container == Container.KUBERNETES) {
                add(
                        Needs.CONTAINER_START,
                        wideEffect + ", by the pod's spec: securityContext: {sysctls: [{name: " + GROUP_RANGE
                                + ", value: \"" + value(wide) + "\"}]}");
            } else {
                containerSysctl(wideEffect, container, GROUP_RANGE, value(wide));
            }
        });
    }

    private static String value(PingGroupRange range) {
        return range.lowest() + " " + range.highest();
    }

    private void netRaw(Caller caller) {
        Optional<Container> container = container();
        container.ifPresent(maker -> {
            if (maker == Container.KUBERNETES) {
                add(
                        Needs.CONTAINER_START,
                        "raw sockets for the container, by its spec: securityContext: {runAsUser: 0, capabilities:"
                                + " {add: [NET_RAW]}}");
            } else {
                add(
                        Needs.CONTAINER_START,
                        "raw sockets for the container",
                        program(maker) + " run --cap-add=NET_RAW --user=0 " + Remedy.IMAGE);
            }
        });
        boolean hopeless =
                container.isPresent() && !caller.capabilities().bounding().contains(Capability.NET_RAW);
        if (hopeless || belongsToHost()) {
            return;
        }
        String user = user(caller);
        add(
                Needs.ROOT,
                "raw sockets for one program",
                "setpriv " + user + "--inh-caps=+net_raw --ambient-caps=+net_raw -- " + Remedy.COMMAND);
        if (diagnosis.surroundings().systemd()) {
            add(
                    Needs.ROOT,
                    "raw sockets for a service; in its unit: [Service] AmbientCapabilities=CAP_NET_RAW",
                    "systemd-run --pipe --wait --uid=" + caller.effectiveUid() + " --gid=" + caller.effectiveGid()
                            + " -p AmbientCapabilities=CAP_NET_RAW " + Remedy.COMMAND);
        }
    }

    // Root keeps its rights; for others, setpriv(1) changes from root to the user.
    private static String user(Caller caller) {
        if (caller.effectiveUid() == 0) {
            return "";
        }
        String groups = caller.groups().isEmpty()
                ? "--clear-groups"
                : "--groups=" + caller.groups().stream().map(String::valueOf).collect(Collectors.joining(","));
        return "--reuid=" + caller.effectiveUid() + " --regid=" + caller.effectiveGid() + ' ' + groups + ' ';
    }

    private void ipv6() {
        Ipv6 ipv6 = diagnosis.ipv6();
        if (ipv6.disabled().orElse(false) || ipv6.disabledOnLoopback().orElse(false)) {
            // Also if IPv6 is off on one device only: setting "all" sets every device.
            sysctl("IPv6 on every interface", "ipv6", Map.of(DISABLE_IPV6, "0"));
            container().ifPresent(container -> {
                if (container != Container.KUBERNETES) {
                    containerSysctl("IPv6 on every interface", container, DISABLE_IPV6, "0");
                }
            });
        } else if (ipv6.addresses().isPresent() && !ipv6.bootedWithout()) {
            add(Needs.ROOT, "the address ::1", "ip link set lo up");
        } else if (ipv6.bootedWithout()) {
            add(Needs.REBOOT, "IPv6, after a boot without ipv6.disable=1 on the kernel's command line");
        } else if (container().isEmpty()) {
            add(Needs.ROOT, "IPv6 in the kernel, where it is a module", "modprobe ipv6");
        }
    }

    private void buffers(Buffers buffers) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (buffers.isReceiveSmall()) {
            settings.put("net.core.rmem_max", String.valueOf(SocketTrial.WANTED_BUFFER_BYTES));
        }
        if (buffers.isSendSmall()) {
            settings.put("net.core.wmem_max", String.valueOf(SocketTrial.WANTED_BUFFER_BYTES));
        }
        String effect = "socket buffers of up to " + SocketTrial.WANTED_BUFFER_BYTES + " bytes";
        if (diagnosis.surroundings().hostNetwork()) {
            sysctl(effect, "buffers", settings);
        } else {
            add(Needs.ROOT_OF_HOST, effect, Shell.sysctl(settings));
        }
    }

    private void neighbours() {
        long addresses = diagnosis.limits().largestLinkAddresses().orElseThrow();
        long wanted = Math.min(MAX_NEIGHBOURS, Math.max(MIN_NEIGHBOURS, Long.highestOneBit(addresses)));
        String prefix = "net.ipv4.neigh.default.gc_thresh";
        add(
                Needs.ROOT,
                "room for " + wanted + " neighbours, so about " + wanted / 3 + " silent addresses a second",
                Shell.sysctl(Map.of(prefix + 3, String.valueOf(wanted))),
                Shell.sysctl(Map.of(prefix + 2, String.valueOf(wanted / 2))));
    }

    private void connectionTracking(KernelLimits.ConnectionTracking table) {
        add(
                diagnosis.surroundings().hostNetwork() ? Needs.ROOT : Needs.ROOT_OF_HOST,
                "room for twice as many connections",
                Shell.sysctl(Map.of("net.netfilter.nf_conntrack_max", String.valueOf(2 * table.max()))));
    }

    /** Sets parameters of this network namespace now and, if it is the machine's own, at every boot too. */
    private void sysctl(String effect, String name, Map<String, String> settings) {
        Surroundings surroundings = diagnosis.surroundings();
        if (surroundings.sysctlReadOnly()) {
            return;
        }
        Needs needs = belongsToHost() ? Needs.ROOT_OF_HOST : Needs.ROOT;
        add(needs, effect + UNTIL_BOOT, Shell.sysctl(settings));
        if (surroundings.hostNetwork() && surroundings.container().isEmpty()) {
            remedies.add(new Remedy(
                    problem, effect + ", now and at every boot", Shell.sysctlForGood(name, settings), needs));
        }
    }

    /** Tells whether the network is the machine's but the users are not: then root in here has no rights there. */
    private boolean belongsToHost() {
        return diagnosis.surroundings().hostNetwork()
                && diagnosis.surroundings().userNamespace().orElse(false);
    }

    private void containerSysctl(String effect, Container maker, String key, String value) {
        add(
                Needs.CONTAINER_START,
                effect + " of the container",
                program(maker) + " run --sysctl " + key + '=' + Shell.quote(value) + ' ' + Remedy.IMAGE);
    }

    /** Returns the container's maker, if it is known how that starts one. */
    private Optional<Container> container() {
        return diagnosis.surroundings().container().filter(container -> container != Container.OTHER);
    }

    private static String program(Container maker) {
        return maker == Container.PODMAN ? "podman" : "docker";
    }

    private void add(Needs needs, String effect, String... commands) {
        remedies.add(new Remedy(problem, effect, List.of(commands), needs));
    }
}
