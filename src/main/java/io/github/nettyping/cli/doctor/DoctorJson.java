package io.github.nettyping.cli.doctor;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.channel.SocketTrial.Opened;
import io.github.nettyping.channel.SocketTrial.Refused;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.diagnosis.Buffers;
import io.github.nettyping.diagnosis.Caller;
import io.github.nettyping.diagnosis.CapabilitySets;
import io.github.nettyping.diagnosis.Diagnosis;
import io.github.nettyping.diagnosis.Ipv6;
import io.github.nettyping.diagnosis.KernelLimits;
import io.github.nettyping.diagnosis.NativeLibraries;
import io.github.nettyping.diagnosis.PingGroupRange;
import io.github.nettyping.diagnosis.Platform;
import io.github.nettyping.diagnosis.Remedy;
import io.github.nettyping.diagnosis.Surroundings;
import io.github.nettyping.packet.SocketKind;
import java.util.Optional;

/**
 * A diagnosis for programs: one JSON object; its fields are described in {@code docs/permissions.md}. What is not known or was not
 * tried is null. Stateless.
 */
final class DoctorJson {

    private DoctorJson() {}

    /** Returns the object, without a line end. */
    static String of(Diagnosis diagnosis) {
        KernelLimits limits = diagnosis.limits();
        return new JsonObject()
                .put("can_ping", diagnosis.canPing())
                .put("problems", diagnosis.problems())
                .put(
                        "remedies",
                        diagnosis.remedies().stream().map(DoctorJson::remedy).toList())
                .put("sockets", sockets(diagnosis))
                .put("buffers", buffers(diagnosis.buffers(), limits))
                .put("ping_group_range", diagnosis.pingGroupRange().map(range -> groupRange(range, diagnosis.caller())))
                .put("caller", diagnosis.caller().map(DoctorJson::caller))
                .put("surroundings", surroundings(diagnosis.surroundings()))
                .put("ipv6", ipv6(diagnosis.ipv6()))
                .put("neighbours", neighbours(limits))
                .put("connection_tracking", limits.connectionTracking().map(DoctorJson::connectionTracking))
                .put("icmp", icmp(limits))
                .put("platform", platform(diagnosis.platform()))
                .put("native_libraries", libraries(diagnosis.nativeLibraries()))
                .put("version", Version.text())
                .toString();
    }

    private static JsonObject remedy(Remedy remedy) {
        return new JsonObject()
                .put("mends", remedy.mends())
                .put("effect", remedy.effect())
                .put("needs", remedy.needs())
                .put("commands", remedy.commands());
    }

    private static JsonObject sockets(Diagnosis diagnosis) {
        JsonObject sockets = new JsonObject();
        for (SocketKind kind : SocketKind.values()) {
            Optional<SocketTrial> trial = diagnosis.sockets().stream()
                    .filter(tried -> tried.kind() == kind)
                    .findFirst();
            sockets.put(Words.lower(kind), trial.map(DoctorJson::socket));
        }
        return sockets;
    }

    private static JsonObject socket(SocketTrial trial) {
        Optional<Opened> opened =
                Optional.of(trial).filter(Opened.class::isInstance).map(Opened.class::cast);
        Optional<Refused> refused =
                Optional.of(trial).filter(Refused.class::isInstance).map(Refused.class::cast);
        return new JsonObject()
                .put("opens", opened.isPresent())
                .put("refusal", refused.map(Refused::refusal).map(DoctorJson::refusal))
                .put("receive_buffer_bytes", opened.map(Opened::receiveBufferBytes))
                .put("send_buffer_bytes", opened.map(Opened::sendBufferBytes))
                .put("buffers_forced", opened.map(Opened::buffersForced))
                .put("echo_replied", opened.map(socket -> socket.echo().replied()))
                .put(
                        "echo_refusal",
                        opened.flatMap(socket -> socket.echo().refusal()).map(DoctorJson::refusal))
                .put("receive_stamps", opened.flatMap(socket -> socket.timeStamps()
                        .receive()))
                .put("transmit_stamps", opened.flatMap(socket -> socket.timeStamps()
                        .transmit()))
                .put("transmit_stamp_keys", opened.flatMap(socket -> socket.timeStamps()
                        .transmitKeys()));
    }

    private static JsonObject refusal(SocketTrial.Refusal refusal) {
        return new JsonObject()
                .put("call", refusal.call())
                .put("name", refusal.errnoName())
                .put("errno", refusal.errno());
    }

    private static JsonObject buffers(Optional<Buffers> buffers, KernelLimits limits) {
        return new JsonObject()
                .put("wanted_bytes", SocketTrial.WANTED_BUFFER_BYTES)
                .put("receive_bytes", buffers.map(Buffers::receiveBytes))
                .put("send_bytes", buffers.map(Buffers::sendBytes))
                .put("probes_in_flight", buffers.map(Buffers::repliesHeld))
                .put("forced", buffers.map(Buffers::forced))
                .put("rmem_max", limits.receiveBufferMaxBytes())
                .put("wmem_max", limits.sendBufferMaxBytes());
    }

    private static JsonObject groupRange(PingGroupRange range, Optional<Caller> caller) {
        return new JsonObject()
                .put("lowest", range.lowest())
                .put("highest", range.highest())
                .put("admits_caller", caller.map(range::admits));
    }

    private static JsonObject caller(Caller caller) {
        CapabilitySets sets = caller.capabilities();
        JsonObject capabilities = new JsonObject()
                .put("effective", sets.effective().stream().sorted().toList())
                .put("permitted", sets.permitted().stream().sorted().toList())
                .put("inheritable", sets.inheritable().stream().sorted().toList())
                .put("ambient", sets.ambient().stream().sorted().toList())
                .put("bounding", sets.bounding().stream().sorted().toList());
        return new JsonObject()
                .put("uid", caller.uid())
                .put("effective_uid", caller.effectiveUid())
                .put("gid", caller.gid())
                .put("effective_gid", caller.effectiveGid())
                .put("groups", caller.groups())
                .put("capabilities", capabilities)
                .put("no_new_privileges", caller.noNewPrivileges());
    }

    private static JsonObject surroundings(Surroundings surroundings) {
        return new JsonObject()
                .put("container", surroundings.container())
                .put("user_namespace", surroundings.userNamespace())
                .put("host_network", surroundings.hostNetwork())
                .put("sysctl_read_only", surroundings.sysctlReadOnly())
                .put("systemd", surroundings.systemd());
    }

    private static JsonObject ipv6(Ipv6 ipv6) {
        return new JsonObject()
                .put("usable", ipv6.isUsable())
                .put("addresses", ipv6.addresses())
                .put("disabled", ipv6.disabled())
                .put("disabled_on_loopback", ipv6.disabledOnLoopback());
    }

    private static JsonObject neighbours(KernelLimits limits) {
        return new JsonObject()
                .put("ipv4", neighbours(limits.ipv4Neighbours()))
                .put("ipv6", neighbours(limits.ipv6Neighbours()))
                .put("largest_link_addresses", limits.largestLinkAddresses());
    }

    private static JsonObject neighbours(KernelLimits.NeighbourTable table) {
        return new JsonObject()
                .put("gc_thresh1", table.threshold1())
                .put("gc_thresh2", table.threshold2())
                .put("gc_thresh3", table.threshold3())
                .put("unanswered_per_second", table.unansweredPerSecond());
    }

    private static JsonObject connectionTracking(KernelLimits.ConnectionTracking table) {
        return new JsonObject().put("count", table.count()).put("max", table.max());
    }

    private static JsonObject icmp(KernelLimits limits) {
        return new JsonObject()
                .put("ratelimit_ms", limits.icmpRatelimitMillis())
                .put("msgs_per_sec", limits.icmpMessagesPerSecond());
    }

    private static JsonObject platform(Platform platform) {
        return new JsonObject()
                .put("system", platform.system())
                .put("distribution", platform.distribution())
                .put("kernel", platform.kernel())
                .put("architecture", platform.architecture())
                .put("libc", platform.libc().map(Platform.Libc::family))
                .put("libc_version", platform.libc().flatMap(Platform.Libc::version))
                .put("jdk_version", platform.jdk().version())
                .put("jdk_vendor", platform.jdk().vendor())
                .put("jdk_home", platform.jdk().home());
    }

    private static JsonObject libraries(NativeLibraries libraries) {
        return new JsonObject()
                .put("load", libraries.failure().isEmpty())
                .put("failure", libraries.failure())
                .put("noexec_directory", libraries.noexecDirectory());
    }
}
