package io.github.nettyping.cli.doctor;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.diagnosis.Buffers;
import io.github.nettyping.diagnosis.Caller;
import io.github.nettyping.diagnosis.Diagnosis;
import io.github.nettyping.diagnosis.Ipv6;
import io.github.nettyping.diagnosis.KernelLimits;
import io.github.nettyping.diagnosis.PingGroupRange;
import io.github.nettyping.diagnosis.Platform;
import io.github.nettyping.diagnosis.Problem;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A line for each problem, with the facts it follows from. Confined to one thread. */
record DoctorProblems(Diagnosis diagnosis) {

    String of(Problem problem) {
        KernelLimits limits = diagnosis.limits();
        return switch (problem) {
            case NATIVE_LIBRARIES -> nativeLibraries();
            case PING_GROUP_RANGE -> groupRange();
            case NET_RAW -> "no raw sockets: CAP_NET_RAW is not among your effective capabilities";
            case REFUSED ->
                "sockets refused for another reason, such as a security module or a filter: " + refused()
                        + (diagnosis.surroundings().userNamespace().orElse(false)
                                ? "; your capabilities count in a user namespace only"
                                : "");
            case IPV6 -> ipv6(diagnosis.ipv6());
            case BUFFERS -> diagnosis.buffers().map(DoctorProblems::buffers).orElseThrow();
            case NEIGHBOUR_TABLE ->
                "neighbour table: gc_thresh3 is "
                        + limits.ipv4Neighbours().threshold3().orElseThrow()
                        + ", a network on your link has "
                        + limits.largestLinkAddresses().orElseThrow()
                        + " addresses; sweeps of it are slow and can fill it for all";
            case CONNECTION_TRACKING ->
                limits.connectionTracking()
                        .map(table -> "connection tracking: " + table.count() + " of " + table.max()
                                + " connections; sends fail with EPERM once it is full")
                        .orElseThrow();
        };
    }

    private static String buffers(Buffers buffers) {
        return "small buffers: of " + Buffers.FULL_BYTES + " bytes " + buffers.receiveBytes() + " granted to receive ("
                + buffers.repliesHeld() + " probes in flight), " + buffers.sendBytes() + " to send";
    }

    private String nativeLibraries() {
        String failure =
                diagnosis.nativeLibraries().failure().orElseThrow().lines().collect(Collectors.joining(" "));
        boolean musl = diagnosis
                .platform()
                .libc()
                .map(libc -> libc.family() == Platform.Libc.Family.MUSL)
                .orElse(false);
        return "native parts: " + failure
                + (musl ? "; they are made for glibc, this JDK runs on musl" : "")
                + diagnosis
                        .nativeLibraries()
                        .noexecDirectory()
                        .map(directory -> "; " + directory + " is mounted noexec")
                        .orElse("");
    }

    private String groupRange() {
        String groups = diagnosis.caller().map(caller -> join(groups(caller))).orElseThrow();
        return "no ping sockets: net.ipv4.ping_group_range "
                + diagnosis
                        .pingGroupRange()
                        .map(range -> "is " + range(range) + ", your groups are " + groups)
                        .orElse("admits none of your groups, " + groups);
    }

    private static Collection<Long> groups(Caller caller) {
        return LongStream.concat(
                        LongStream.of(caller.effectiveGid()),
                        caller.groups().stream().mapToLong(Long::longValue))
                .distinct()
                .boxed()
                .toList();
    }

    private String refused() {
        return diagnosis.unexplained().stream()
                .map(refused -> refusal(refused.refusal()))
                .collect(Collectors.joining("; "));
    }

    private static String ipv6(Ipv6 ipv6) {
        if (ipv6.addresses().isEmpty()) {
            return ipv6.bootedWithout()
                    ? "no IPv6: the kernel was booted with ipv6.disable=1"
                    : "no IPv6: the kernel has none";
        }
        return ipv6.disabled().orElse(false)
                ? "no IPv6: net.ipv6.conf.all.disable_ipv6 is 1"
                : "no IPv6: no interface has an address, not even the loopback";
    }

    static String refusal(SocketTrial.Refusal refusal) {
        return refusal.call() + ": " + refusal.errnoName();
    }

    static String range(PingGroupRange range) {
        return "\"" + range.lowest() + ' ' + range.highest() + (range.isEmpty() ? "\" (nobody)" : "\"");
    }

    static String join(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
