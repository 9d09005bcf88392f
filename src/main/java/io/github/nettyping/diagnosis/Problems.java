package io.github.nettyping.diagnosis;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the problems in the facts. Stateless. */
final class Problems {

    private Problems() {}

    static List<Problem> of(Diagnosis diagnosis) {
        List<Problem> problems = new ArrayList<>();
        if (diagnosis.nativeLibraries().failure().isPresent()) {
            problems.add(Problem.NATIVE_LIBRARIES);
        }
        boolean outsideRange = diagnosis.refused().anyMatch(refused -> isOutsideRange(refused, diagnosis));
        // Raw sockets are used instead, so nothing fails.
        boolean rawInstead = diagnosis
                .refused()
                .filter(refused -> isOutsideRange(refused, diagnosis))
                .allMatch(refused -> diagnosis.opened(refused.kind().family()));
        addIf(problems, outsideRange && !rawInstead, Problem.PING_GROUP_RANGE);
        addIf(problems, diagnosis.refused().anyMatch(refused -> needsRaw(refused, diagnosis)), Problem.NET_RAW);
        addIf(problems, diagnosis.refused().anyMatch(refused -> isUnexplained(refused, diagnosis)), Problem.REFUSED);
        addIf(problems, !diagnosis.sockets().isEmpty() && !diagnosis.ipv6().isUsable(), Problem.IPV6);
        addIf(problems, outsideRange && rawInstead, Problem.PING_GROUP_RANGE);
        limits(diagnosis, problems);
        return List.copyOf(problems);
    }

    private static void limits(Diagnosis diagnosis, List<Problem> problems) {
        addIf(problems, diagnosis.buffers().filter(Buffers::isSmall).isPresent(), Problem.BUFFERS);
        KernelLimits limits = diagnosis.limits();
        OptionalLong room = limits.ipv4Neighbours().threshold3();
        OptionalLong link = limits.largestLinkAddresses();
        addIf(
                problems,
                room.isPresent() && link.isPresent() && link.getAsLong() > room.getAsLong(),
                Problem.NEIGHBOUR_TABLE);
        addIf(
                problems,
                limits.connectionTracking()
                        .filter(KernelLimits.ConnectionTracking::isNearlyFull)
                        .isPresent(),
                Problem.CONNECTION_TRACKING);
    }

    private static void addIf(List<Problem> problems, boolean holds, Problem problem) {
        if (holds) {
            problems.add(problem);
        }
    }

    static boolean isOutsideRange(SocketTrial.Refused refused, Diagnosis diagnosis) {
        // The kernel returns EACCES. EPERM comes from a security module or a filter. net/ipv4/ping.c
        return !refused.kind().isRaw()
                && refused.refusal().errno() == Errno.EACCES
                && diagnosis.caller().isPresent()
                && diagnosis
                        .pingGroupRange()
                        .filter(range -> range.admits(diagnosis.caller().get()))
                        .isEmpty();
    }

    private static boolean needsRaw(SocketTrial.Refused refused, Diagnosis diagnosis) {
        SocketKind kind = refused.kind();
        return lacksCapability(refused, diagnosis) && !diagnosis.opened(SocketKind.of(kind.family(), false));
    }

    private static boolean lacksCapability(SocketTrial.Refused refused, Diagnosis diagnosis) {
        return refused.kind().isRaw()
                && refused.refusal().errno() == Errno.EPERM
                && diagnosis
                        .caller()
                        .filter(caller -> !caller.capabilities().effective().contains(Capability.NET_RAW))
                        .isPresent();
    }

    static boolean isUnexplained(SocketTrial.Refused refused, Diagnosis diagnosis) {
        return !isOutsideRange(refused, diagnosis)
                && !lacksCapability(refused, diagnosis)
                && !(refused.kind().family() == IpFamily.IPV6
                        && !diagnosis.ipv6().isUsable());
    }
}
