package io.github.nettyping.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.diagnosis.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a diagnosis is written. */
class DoctorFormatTest {

    private final String text = DoctorText.of(SampleDiagnoses.sick(), Colour.NONE);
    private final Map<String, Object> json = JsonTree.object(DoctorJson.of(SampleDiagnoses.sick()));

    @Test
    void verdictComesFirstThenProblemsThenCommandsThenFacts() {
        assertThat(text).startsWith("""
                ping sockets: no; raw sockets: yes (IPv4)

                problems, the worst first
                  no IPv6: the kernel has none
                  no ping sockets: net.ipv4.ping_group_range is "1 0" (nobody), your groups are 101 4
                  small buffers: of 16777216 bytes 425984 granted to receive (512 probes in flight), 425985 to send
                  neighbour table: gc_thresh3 is 1024, a network on your link has 65536 addresses; sweeps of it are slow and can fill it for all
                  connection tracking: 99 of 100 connections; sends fail with EPERM once it is full

                remedies (any one of those listed for a problem is enough)
                  IPv6 in the kernel, where it is a module (as root)
                      modprobe ipv6
                """);
        assertThat(text).endsWith("""

                facts
                  ipv4_dgram    socket(IPV4_DGRAM): EACCES
                  ipv4_raw      opens; own echo EPERM; stamps: receive not tried, transmit yes, chosen keys no
                  ipv6_dgram    socket(IPV6_DGRAM): EAFNOSUPPORT
                  ipv6_raw      socket(IPV6_RAW): EAFNOSUPPORT
                  group range   net.ipv4.ping_group_range is "1 0" (nobody); you are not in it
                  caller        uid 1000, gid 100 (effective 1001, 101), groups 4 101
                  capabilities  effective net_raw; permitted net_admin net_raw; ambient net_raw; bounding net_raw; no new privileges
                  lives in      a user namespace
                  buffers       receive 425984 bytes (512 probes in flight), send 425985; within rmem_max 212992, wmem_max 212993
                  IPv6          not in the kernel
                  neighbours    gc_thresh IPv4 128/512/1024, IPv6 unknown/unknown/unknown: about 341 silent addresses a second on one's own link
                  conntrack     99 connections of 100
                  ICMP errors   icmp_ratelimit 1000 ms, icmp_msgs_per_sec unknown
                  system        Example \u00e4, Linux 6.18.0, amd64, glibc 2.36
                  JDK           17.0.15, Example Inc., /opt/jdk
                """);
    }

    @Test
    void everyCommandStandsOnALineOfItsOwn() {
        List<String> commands = SampleDiagnoses.sick().remedies().stream()
                .flatMap(remedy -> remedy.commands().stream())
                .toList();

        assertThat(commands).isNotEmpty();
        assertThat(text.lines().filter(line -> line.startsWith("      ")).map(String::strip))
                .containsExactlyElementsOf(commands);
    }

    @Test
    void reportFitsAScreen() {
        // All of these problems at once are more than a machine has.
        assertThat(text.lines().count()).isLessThanOrEqualTo(48);
        assertThat(DoctorText.of(SampleDiagnoses.unknown(), Colour.NONE).lines().count())
                .isLessThanOrEqualTo(24);
    }

    @Test
    void whatIsUnknownIsCalledSo() {
        assertThat(DoctorText.of(SampleDiagnoses.unknown(), Colour.NONE))
                .startsWith("ping sockets: not tried; raw sockets: not tried; nothing can be pinged from here\n")
                .contains(
                        "  native parts: no more; they are made for glibc, this JDK runs on musl; /tmp is mounted noexec\n")
                .contains("\n  group range   unknown\n")
                .contains("\n  caller        unknown\n")
                .doesNotContain("conntrack")
                .doesNotContain("neighbours")
                .doesNotContain("buffers");
    }

    @Test
    void jsonIsOneAsciiLine() {
        assertThat(DoctorJson.of(SampleDiagnoses.sick())).isASCII().doesNotContain("\n");
    }

    @Test
    void jsonHasTheRefusalOrWhatWasGranted() {
        assertThat(JsonTree.at(json, "sockets.ipv4_dgram.opens")).isEqualTo(false);
        assertThat(JsonTree.at(json, "sockets.ipv4_dgram.refusal"))
                .isEqualTo(Map.of("call", "socket(IPV4_DGRAM)", "name", "EACCES", "errno", 13L));
        assertThat(JsonTree.at(json, "sockets.ipv4_dgram.receive_buffer_bytes")).isNull();
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.opens")).isEqualTo(true);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.refusal")).isNull();
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.receive_buffer_bytes")).isEqualTo(425_984L);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.send_buffer_bytes")).isEqualTo(425_985L);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.buffers_forced")).isEqualTo(false);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.echo_replied")).isEqualTo(false);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.echo_refusal.name")).isEqualTo("EPERM");
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.receive_stamps")).isNull();
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.transmit_stamps")).isEqualTo(true);
        assertThat(JsonTree.at(json, "sockets.ipv4_raw.transmit_stamp_keys")).isEqualTo(false);
    }

    @Test
    void jsonHasTheFacts() {
        assertThat(JsonTree.at(json, "can_ping")).isEqualTo(true);
        assertThat(JsonTree.at(json, "problems"))
                .isEqualTo(List.of("ipv6", "ping_group_range", "buffers", "neighbour_table", "connection_tracking"));
        assertThat(JsonTree.at(json, "buffers.probes_in_flight")).isEqualTo(512L);
        assertThat(JsonTree.at(json, "buffers.wanted_bytes")).isEqualTo(8_388_608L);
        assertThat(JsonTree.at(json, "buffers.rmem_max")).isEqualTo(212_992L);
        assertThat(JsonTree.at(json, "ping_group_range"))
                .isEqualTo(Map.of("lowest", 1L, "highest", 0L, "admits_caller", false));
        assertThat(JsonTree.at(json, "caller.effective_uid")).isEqualTo(1_001L);
        assertThat(JsonTree.at(json, "caller.groups")).isEqualTo(List.of(4L, 101L));
        assertThat(JsonTree.at(json, "caller.capabilities.permitted")).isEqualTo(List.of("net_admin", "net_raw"));
        assertThat(JsonTree.at(json, "caller.no_new_privileges")).isEqualTo(true);
        assertThat(JsonTree.at(json, "surroundings.user_namespace")).isEqualTo(true);
        assertThat(JsonTree.at(json, "surroundings.container")).isNull();
        assertThat(JsonTree.at(json, "ipv6.addresses")).isNull();
        assertThat(JsonTree.at(json, "neighbours.ipv4.unanswered_per_second")).isEqualTo(341L);
        assertThat(JsonTree.at(json, "neighbours.ipv6.gc_thresh3")).isNull();
        assertThat(JsonTree.at(json, "connection_tracking")).isEqualTo(Map.of("count", 99L, "max", 100L));
        assertThat(JsonTree.at(json, "icmp.msgs_per_sec")).isNull();
        assertThat(JsonTree.at(json, "platform.distribution")).isEqualTo("Example \u00e4");
        assertThat(JsonTree.at(json, "platform.libc_version")).isEqualTo("2.36");
        assertThat(JsonTree.at(json, "native_libraries.load")).isEqualTo(true);
    }

    @Test
    void jsonHasTheRemediesWithTheirCommands() {
        List<Remedy> remedies = SampleDiagnoses.sick().remedies();

        List<?> written = (List<?>) JsonTree.at(json, "remedies");
        assertThat(written).hasSameSizeAs(remedies);
        assertThat(written.get(0))
                .isEqualTo(Map.of(
                        "mends",
                        "ipv6",
                        "effect",
                        "IPv6 in the kernel, where it is a module",
                        "needs",
                        "root",
                        "commands",
                        List.of("modprobe ipv6")));
    }

    @Test
    void jsonOfAnUnknownMachineHasTheSameFieldsWithNulls() {
        Map<String, Object> unknown = JsonTree.object(DoctorJson.of(SampleDiagnoses.unknown()));

        assertThat(unknown.keySet()).containsExactlyElementsOf(json.keySet());
        assertThat(JsonTree.at(unknown, "can_ping")).isEqualTo(false);
        assertThat(JsonTree.at(unknown, "sockets.ipv4_raw")).isNull();
        assertThat(JsonTree.at(unknown, "caller")).isNull();
        assertThat(JsonTree.at(unknown, "ping_group_range")).isNull();
        assertThat(JsonTree.at(unknown, "buffers.receive_bytes")).isNull();
        assertThat(JsonTree.at(unknown, "surroundings.user_namespace")).isNull();
        assertThat(JsonTree.at(unknown, "connection_tracking")).isNull();
        assertThat(JsonTree.at(unknown, "platform.libc")).isEqualTo("musl");
        assertThat(JsonTree.at(unknown, "native_libraries.failure")).isEqualTo("no\nmore");
    }

    @Test
    void everyFieldIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/permissions.md"));

        assertThat(names(json).distinct()).isNotEmpty().allSatisfy(name -> assertThat(page)
                .contains(name));
    }

    /** Returns the names of all fields at any depth. */
    private static Stream<String> names(Object value) {
        if (value instanceof Map<?, ?> object) {
            return Stream.concat(
                    object.keySet().stream().map(String::valueOf),
                    object.values().stream().flatMap(DoctorFormatTest::names));
        }
        return value instanceof List<?> array ? array.stream().flatMap(DoctorFormatTest::names) : Stream.empty();
    }
}
