package io.github.nettyping.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.channel.SocketTrial.Opened;
import io.github.nettyping.channel.SocketTrial.Refused;
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
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A diagnosis for programs: one JSON object in ASCII; its fields are described in {@code docs/permissions.md}. What is not
 * known or was not tried is null. Confined to one thread.
 */
final class DoctorJson {

    private final Diagnosis diagnosis;
    private final JsonGenerator json;

    private DoctorJson(Diagnosis diagnosis, JsonGenerator json) {
        this.diagnosis = diagnosis;
        this.json = json;
    }

    /** Returns the object, without a line end. */
    static String of(Diagnosis diagnosis) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            new DoctorJson(diagnosis, json).write();
        } catch (IOException e) {
            // A StringWriter does not fail.
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeBooleanField("can_ping", diagnosis.canPing());
        problemsAndRemedies();
        sockets();
        buffers();
        groupRange();
        caller();
        surroundings();
        ipv6();
        limits();
        platform();
        libraries();
        json.writeStringField("version", Version.text());
        json.writeEndObject();
    }

    private void problemsAndRemedies() throws IOException {
        names("problems", diagnosis.problems());
        json.writeArrayFieldStart("remedies");
        for (Remedy remedy : diagnosis.remedies()) {
            json.writeStartObject();
            json.writeStringField("mends", Words.lower(remedy.mends()));
            json.writeStringField("effect", remedy.effect());
            json.writeStringField("needs", Words.lower(remedy.needs()));
            json.writeArrayFieldStart("commands");
            for (String command : remedy.commands()) {
                json.writeString(command);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void sockets() throws IOException {
        json.writeObjectFieldStart("sockets");
        for (SocketKind kind : SocketKind.values()) {
            Optional<SocketTrial> trial = diagnosis.sockets().stream()
                    .filter(tried -> tried.kind() == kind)
                    .findFirst();
            json.writeFieldName(Words.lower(kind));
            if (trial.isPresent()) {
                socket(trial.get());
            } else {
                json.writeNull();
            }
        }
        json.writeEndObject();
    }

    private void socket(SocketTrial trial) throws IOException {
        Optional<Opened> opened =
                Optional.of(trial).filter(Opened.class::isInstance).map(Opened.class::cast);
        Optional<Refused> refused =
                Optional.of(trial).filter(Refused.class::isInstance).map(Refused.class::cast);
        json.writeStartObject();
        json.writeBooleanField("opens", opened.isPresent());
        refusal("refusal", refused.map(Refused::refusal));
        value("receive_buffer_bytes", opened.map(Opened::receiveBufferBytes));
        value("send_buffer_bytes", opened.map(Opened::sendBufferBytes));
        value("buffers_forced", opened.map(Opened::buffersForced));
        value("echo_replied", opened.map(socket -> socket.echo().replied()));
        refusal("echo_refusal", opened.flatMap(socket -> socket.echo().refusal()));
        value("receive_stamps", opened.flatMap(socket -> socket.timeStamps().receive()));
        value("transmit_stamps", opened.flatMap(socket -> socket.timeStamps().transmit()));
        value("transmit_stamp_keys", opened.flatMap(socket -> socket.timeStamps()
                .transmitKeys()));
        json.writeEndObject();
    }

    private void refusal(String field, Optional<SocketTrial.Refusal> refusal) throws IOException {
        if (refusal.isEmpty()) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("call", refusal.get().call());
        json.writeStringField("name", refusal.get().errnoName());
        json.writeNumberField("errno", refusal.get().errno());
        json.writeEndObject();
    }

    private void buffers() throws IOException {
        Optional<Buffers> buffers = diagnosis.buffers();
        json.writeObjectFieldStart("buffers");
        json.writeNumberField("wanted_bytes", SocketTrial.WANTED_BUFFER_BYTES);
        value("receive_bytes", buffers.map(Buffers::receiveBytes));
        value("send_bytes", buffers.map(Buffers::sendBytes));
        value("probes_in_flight", buffers.map(Buffers::repliesHeld));
        value("forced", buffers.map(Buffers::forced));
        number("rmem_max", diagnosis.limits().receiveBufferMaxBytes());
        number("wmem_max", diagnosis.limits().sendBufferMaxBytes());
        json.writeEndObject();
    }

    private void groupRange() throws IOException {
        Optional<PingGroupRange> range = diagnosis.pingGroupRange();
        if (range.isEmpty()) {
            json.writeNullField("ping_group_range");
            return;
        }
        json.writeObjectFieldStart("ping_group_range");
        json.writeNumberField("lowest", range.get().lowest());
        json.writeNumberField("highest", range.get().highest());
        value("admits_caller", diagnosis.caller().map(range.get()::admits));
        json.writeEndObject();
    }

    private void caller() throws IOException {
        if (diagnosis.caller().isEmpty()) {
            json.writeNullField("caller");
            return;
        }
        Caller caller = diagnosis.caller().get();
        json.writeObjectFieldStart("caller");
        json.writeNumberField("uid", caller.uid());
        json.writeNumberField("effective_uid", caller.effectiveUid());
        json.writeNumberField("gid", caller.gid());
        json.writeNumberField("effective_gid", caller.effectiveGid());
        json.writeArrayFieldStart("groups");
        for (long group : caller.groups()) {
            json.writeNumber(group);
        }
        json.writeEndArray();
        CapabilitySets sets = caller.capabilities();
        json.writeObjectFieldStart("capabilities");
        names("effective", sets.effective().stream().sorted().toList());
        names("permitted", sets.permitted().stream().sorted().toList());
        names("inheritable", sets.inheritable().stream().sorted().toList());
        names("ambient", sets.ambient().stream().sorted().toList());
        names("bounding", sets.bounding().stream().sorted().toList());
        json.writeEndObject();
        value("no_new_privileges", caller.noNewPrivileges());
        json.writeEndObject();
    }

    private void surroundings() throws IOException {
        Surroundings surroundings = diagnosis.surroundings();
        json.writeObjectFieldStart("surroundings");
        json.writeStringField(
                "container", surroundings.container().map(Words::lower).orElse(null));
        value("user_namespace", surroundings.userNamespace());
        json.writeBooleanField("host_network", surroundings.hostNetwork());
        json.writeBooleanField("sysctl_read_only", surroundings.sysctlReadOnly());
        json.writeBooleanField("systemd", surroundings.systemd());
        json.writeEndObject();
    }

    private void ipv6() throws IOException {
        Ipv6 ipv6 = diagnosis.ipv6();
        json.writeObjectFieldStart("ipv6");
        json.writeBooleanField("usable", ipv6.isUsable());
        number(
                "addresses",
                ipv6.addresses().isPresent() ? OptionalLong.of(ipv6.addresses().getAsInt()) : OptionalLong.empty());
        value("disabled", ipv6.disabled());
        value("disabled_on_loopback", ipv6.disabledOnLoopback());
        json.writeEndObject();
    }

    private void limits() throws IOException {
        KernelLimits limits = diagnosis.limits();
        json.writeObjectFieldStart("neighbours");
        neighbours("ipv4", limits.ipv4Neighbours());
        neighbours("ipv6", limits.ipv6Neighbours());
        number("largest_link_addresses", limits.largestLinkAddresses());
        json.writeEndObject();
        Optional<KernelLimits.ConnectionTracking> table = limits.connectionTracking();
        if (table.isPresent()) {
            json.writeObjectFieldStart("connection_tracking");
            json.writeNumberField("count", table.get().count());
            json.writeNumberField("max", table.get().max());
            json.writeEndObject();
        } else {
            json.writeNullField("connection_tracking");
        }
        json.writeObjectFieldStart("icmp");
        number("ratelimit_ms", limits.icmpRatelimitMillis());
        number("msgs_per_sec", limits.icmpMessagesPerSecond());
        json.writeEndObject();
    }

    private void neighbours(String family, KernelLimits.NeighbourTable table) throws IOException {
        json.writeObjectFieldStart(family);
        number("gc_thresh1", table.threshold1());
        number("gc_thresh2", table.threshold2());
        number("gc_thresh3", table.threshold3());
        number("unanswered_per_second", table.unansweredPerSecond());
        json.writeEndObject();
    }

    private void platform() throws IOException {
        Platform platform = diagnosis.platform();
        json.writeObjectFieldStart("platform");
        json.writeStringField("system", platform.system());
        json.writeStringField("distribution", platform.distribution().orElse(null));
        json.writeStringField("kernel", platform.kernel());
        json.writeStringField("architecture", platform.architecture());
        json.writeStringField(
                "libc", platform.libc().map(libc -> Words.lower(libc.family())).orElse(null));
        json.writeStringField(
                "libc_version", platform.libc().flatMap(Platform.Libc::version).orElse(null));
        json.writeStringField("jdk_version", platform.jdk().version());
        json.writeStringField("jdk_vendor", platform.jdk().vendor());
        json.writeStringField("jdk_home", platform.jdk().home());
        json.writeEndObject();
    }

    private void libraries() throws IOException {
        NativeLibraries libraries = diagnosis.nativeLibraries();
        json.writeObjectFieldStart("native_libraries");
        json.writeBooleanField("load", libraries.failure().isEmpty());
        json.writeStringField("failure", libraries.failure().orElse(null));
        json.writeStringField("noexec_directory", libraries.noexecDirectory().orElse(null));
        json.writeEndObject();
    }

    private void names(String field, Collection<? extends Enum<?>> constants) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : constants.stream().map(Words::lower).toList()) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private void number(String field, OptionalLong value) throws IOException {
        value(field, value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty());
    }

    /** Writes a text, a number or a truth value, or null. */
    private void value(String field, Optional<?> value) throws IOException {
        json.writePOJOField(field, value.orElse(null));
    }
}
