package io.github.nettyping.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.channel.SocketTrial.Echo;
import io.github.nettyping.channel.SocketTrial.Opened;
import io.github.nettyping.channel.SocketTrial.Refusal;
import io.github.nettyping.channel.SocketTrial.Refused;
import io.github.nettyping.channel.SocketTrial.TimeStamps;
import io.github.nettyping.diagnosis.Remedy.Needs;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from facts: problems, and what is said to mend them. */
class DiagnosisTest {

    private static final int FULL = 16_777_216;
    private static final String RANGE = "/proc/sys/net/ipv4/ping_group_range";
    private static final String MOUNTS = "/proc/self/mountinfo";
    private static final String READ_ONLY = "23 22 0:6 /sys /proc/sys ro,relatime - proc proc rw\n";

    @TempDir
    Path root;

    private MachineFiles files;

    /** A usual machine: an unprivileged user, no ping sockets, IPv6. */
    @BeforeEach
    void usualMachine() {
        files = new MachineFiles(root)
                .put(RANGE, "1\t0\n")
                .put("/proc/thread-self/net/if_inet6", "00000000000000000000000000000001 01 80 10 80       lo\n")
                .put("/proc/sys/net/core/rmem_max", "212992\n")
                .put(MOUNTS, "22 1 0:5 / / rw - ext4 /dev/vda rw\n")
                .link("/proc/self/ns/pid", "pid:[4026531836]");
        caller(1000, 100, "27 44", "0", "000001ffffffffff");
    }

    private void caller(int uid, int gid, String groups, String effective, String bounding) {
        files.put(
                "/proc/thread-self/status",
                "Uid:\t" + uid + '\t' + uid + "\nGid:\t" + gid + '\t' + gid + "\nGroups:\t" + groups + "\nCapEff:\t"
                        + effective + "\nCapBnd:\t" + bounding + '\n');
    }

    private static SocketTrial opened(SocketKind kind, int receiveBytes, int sendBytes) {
        return new Opened(
                kind,
                receiveBytes,
                sendBytes,
                false,
                new Echo(Optional.empty(), true),
                new TimeStamps(Optional.of(true), Optional.of(true), Optional.of(true)));
    }

    private static SocketTrial refused(SocketKind kind, int errno, String name) {
        return new Refused(kind, new Refusal("socket", errno, name));
    }

    private static SocketTrial allOpen(SocketKind kind) {
        return opened(kind, FULL, FULL);
    }

    private static SocketTrial rawOpen(SocketKind kind) {
        return kind.isRaw() ? allOpen(kind) : refused(kind, 13, "EACCES");
    }

    private static SocketTrial pingOpen(SocketKind kind) {
        return kind.isRaw() ? refused(kind, 1, "EPERM") : allOpen(kind);
    }

    private static SocketTrial noneOpen(SocketKind kind) {
        return kind.isRaw() ? refused(kind, 1, "EPERM") : refused(kind, 13, "EACCES");
    }

    private Diagnosis diagnose(Function<SocketKind, SocketTrial> trials) {
        return Diagnosis.of(files.machine(), trials);
    }

    private List<String> commands(Function<SocketKind, SocketTrial> trials) {
        return diagnose(trials).remedies().stream()
                .flatMap(remedy -> remedy.commands().stream())
                .toList();
    }

    private void containerOf(String mark) {
        files = new MachineFiles(root.resolve("container"))
                .put(RANGE, "1\t0\n")
                .put("/proc/thread-self/net/if_inet6", "00000000000000000000000000000001 01 80 10 80       lo\n")
                .link("/proc/self/ns/pid", "pid:[4026532248]")
                .put(mark, "")
                .put(MOUNTS, READ_ONLY);
        caller(1000, 100, "", "0", "0");
    }

    @Test
    void machineThatPermitsAllHasNoProblems() {
        files.put(RANGE, "0\t2147483647\n");

        Diagnosis diagnosis = diagnose(DiagnosisTest::allOpen);
        assertThat(diagnosis.canPing()).isTrue();
        assertThat(diagnosis.problems()).isEmpty();
        assertThat(diagnosis.remedies()).isEmpty();
        assertThat(diagnosis.buffers()).contains(new Buffers(FULL, FULL, false));
        assertThat(diagnosis.buffers().orElseThrow().repliesHeld()).isEqualTo(20_164);
    }

    @Test
    void rawSocketsAreNotMissedWherePingSocketsOpen() {
        files.put(RANGE, "0\t2147483647\n");

        assertThat(diagnose(DiagnosisTest::pingOpen).problems()).isEmpty();
    }

    @Test
    void closedGroupRangeIsWorstWhereNothingElseOpens() {
        Diagnosis diagnosis = diagnose(DiagnosisTest::noneOpen);

        assertThat(diagnosis.canPing()).isFalse();
        assertThat(diagnosis.problems()).containsExactly(Problem.PING_GROUP_RANGE, Problem.NET_RAW);
        assertThat(diagnosis.unexplained()).isEmpty();
    }

    @Test
    void closedGroupRangeMattersLessWhereRawSocketsOpen() {
        files.put("/proc/thread-self/net/if_inet6", "");

        assertThat(diagnose(DiagnosisTest::rawOpen).problems()).containsExactly(Problem.IPV6, Problem.PING_GROUP_RANGE);
    }

    @Test
    void groupRangeIsOpenedForAllOrForOneGroupNowAndAtEveryBoot() {
        assertThat(diagnose(DiagnosisTest::rawOpen).remedies())
                .containsExactly(
                        new Remedy(
                                Problem.PING_GROUP_RANGE,
                                "every group may open ping sockets, until the next boot",
                                List.of("sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""),
                                Needs.ROOT),
                        new Remedy(
                                Problem.PING_GROUP_RANGE,
                                "every group may open ping sockets, now and at every boot",
                                List.of(
                                        "printf '%s\\n' 'net.ipv4.ping_group_range = 0 2147483647'"
                                                + " > /etc/sysctl.d/60-nettyping-ping-sockets.conf",
                                        "sysctl -p /etc/sysctl.d/60-nettyping-ping-sockets.conf"),
                                Needs.ROOT),
                        new Remedy(
                                Problem.PING_GROUP_RANGE,
                                "group 100 may open ping sockets, until the next boot",
                                List.of("sysctl -w net.ipv4.ping_group_range=\"100 100\""),
                                Needs.ROOT));
    }

    @Test
    void narrowRangeTakesTheRightFromNobody() {
        files.put(RANGE, "1000\t2000\n");

        assertThat(commands(DiagnosisTest::rawOpen))
                .contains("sysctl -w net.ipv4.ping_group_range=\"100 2000\"")
                .doesNotContain("sysctl -w net.ipv4.ping_group_range=\"100 100\"");
    }

    @Test
    void groupsThatAreNotMappedAreNotInTheRange() {
        files.put("/proc/self/uid_map", "0 1000 65536\n")
                .put("/proc/self/gid_map", "0 1000 65536\n")
                .putReadOnly("/proc/sys/net/core/rmem_max", "212992\n")
                // What 1 and 0 of the machine look like here.
                .put(RANGE, "65534\t65534\n");

        assertThat(diagnose(DiagnosisTest::rawOpen).pingGroupRange()).isEmpty();
        assertThat(diagnose(DiagnosisTest::rawOpen).problems()).containsExactly(Problem.PING_GROUP_RANGE);
        assertThat(commands(DiagnosisTest::rawOpen)).containsExactly("sysctl -w net.ipv4.ping_group_range=\"100 100\"");
    }

    @Test
    void rootOfAUserNamespaceCannotMendTheMachinesNetwork() {
        files.put("/proc/self/uid_map", "0 1000 65536\n").put("/proc/self/gid_map", "0 1000 65536\n");

        assertThat(diagnose(DiagnosisTest::noneOpen).remedies())
                .isNotEmpty()
                .allMatch(remedy -> remedy.needs() == Needs.ROOT_OF_HOST);
        assertThat(commands(DiagnosisTest::noneOpen))
                .first()
                .isEqualTo("sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"");
    }

    @Test
    void otherNetworkNamespacesHaveNoSettingsAtBoot() {
        files.putReadOnly("/proc/sys/net/core/rmem_max", "212992\n");

        assertThat(commands(DiagnosisTest::rawOpen))
                .isNotEmpty()
                .noneMatch(command -> command.contains("/etc/sysctl.d"));
    }

    @Test
    void capabilityIsGivenToOneProgramOfTheSameUser() {
        assertThat(commands(DiagnosisTest::noneOpen))
                .contains("setpriv --reuid=1000 --regid=100 --groups=27,44 --inh-caps=+net_raw"
                        + " --ambient-caps=+net_raw -- COMMAND")
                .noneMatch(command -> command.contains("systemd") || command.contains("docker"));
    }

    @Test
    void userWithoutOtherGroupsGetsNoneOfRoots() {
        caller(65534, 65534, "", "0", "000001ffffffffff");

        assertThat(commands(DiagnosisTest::noneOpen))
                .contains("setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+net_raw"
                        + " --ambient-caps=+net_raw -- COMMAND");
    }

    @Test
    void systemdCanGiveTheCapabilityWhereItRuns() {
        files.putDirectory("/run/systemd/system");

        assertThat(commands(DiagnosisTest::noneOpen))
                .contains("systemd-run --pipe --wait --uid=1000 --gid=100 -p AmbientCapabilities=CAP_NET_RAW COMMAND");
    }

    @Test
    void filesAreNeverGivenCapabilities() {
        files.putDirectory("/run/systemd/system");

        assertThat(diagnose(DiagnosisTest::noneOpen).remedies().toString()).doesNotContain("setcap");
    }

    @Test
    void containerIsMendedByWhoStartsIt() {
        containerOf("/.dockerenv");

        Diagnosis diagnosis = diagnose(DiagnosisTest::noneOpen);
        assertThat(diagnosis.remedies()).allMatch(remedy -> remedy.needs() == Needs.CONTAINER_START);
        assertThat(commands(DiagnosisTest::noneOpen))
                .containsExactly(
                        "docker run --sysctl net.ipv4.ping_group_range=\"0 2147483647\" IMAGE",
                        "docker run --cap-add=NET_RAW --user=0 IMAGE");
    }

    @Test
    void podIsMendedByItsSpec() {
        containerOf("/var/run/secrets/kubernetes.io/token");

        assertThat(diagnose(DiagnosisTest::noneOpen).remedies())
                .extracting(Remedy::effect)
                .containsExactly(
                        "every group may open ping sockets, by the pod's spec: securityContext: {sysctls: [{name:"
                                + " net.ipv4.ping_group_range, value: \"0 2147483647\"}]}",
                        "raw sockets for the container, by its spec: securityContext: {runAsUser: 0, capabilities:"
                                + " {add: [NET_RAW]}}");
    }

    @Test
    void containerWhoseSettingsCanBeChangedIsMendedFromInsideToo() {
        containerOf("/run/.containerenv");
        files.put(MOUNTS, "");
        caller(1000, 100, "", "0", "000001ffffffffff");

        assertThat(commands(DiagnosisTest::noneOpen))
                .contains("sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"")
                .contains("podman run --cap-add=NET_RAW --user=0 IMAGE")
                .anyMatch(command -> command.startsWith("setpriv "));
    }

    @Test
    void refusalInsideTheRangeIsLaidToNobody() {
        files.put(RANGE, "100\t100\n");

        Diagnosis diagnosis = diagnose(DiagnosisTest::rawOpen);
        assertThat(diagnosis.problems()).containsExactly(Problem.REFUSED);
        assertThat(diagnosis.unexplained())
                .extracting(SocketTrial::kind)
                .containsExactly(SocketKind.IPV4_DGRAM, SocketKind.IPV6_DGRAM);
        assertThat(diagnosis.remedies()).isEmpty();
    }

    @Test
    void refusalInSpiteOfTheCapabilityIsLaidToNobody() {
        caller(0, 0, "", "0000000000002000", "0");

        assertThat(diagnose(DiagnosisTest::noneOpen).problems())
                .containsExactly(Problem.PING_GROUP_RANGE, Problem.REFUSED);
    }

    @Test
    void kernelWithoutIpv6IsOneProblem() {
        files = new MachineFiles(root.resolve("no-ipv6")).put(RANGE, "0\t2147483647\n");
        caller(1000, 100, "", "0", "0");
        Function<SocketKind, SocketTrial> noIpv6 =
                kind -> kind.family() == IpFamily.IPV6 ? refused(kind, 97, "EAFNOSUPPORT") : allOpen(kind);

        assertThat(diagnose(noIpv6).problems()).containsExactly(Problem.IPV6);
        assertThat(diagnose(noIpv6).canPing()).isTrue();
        assertThat(commands(noIpv6)).containsExactly("modprobe ipv6");

        files.put("/proc/cmdline", "quiet ipv6.disable=1\n");
        assertThat(diagnose(noIpv6).remedies()).singleElement().satisfies(remedy -> {
            assertThat(remedy.needs()).isEqualTo(Needs.REBOOT);
            assertThat(remedy.effect()).contains("ipv6.disable=1");
        });
    }

    @Test
    void ipv6ThatIsSwitchedOffIsSwitchedOn() {
        files.put(RANGE, "0\t2147483647\n")
                .put("/proc/thread-self/net/if_inet6", "")
                .put("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1\n");

        assertThat(commands(DiagnosisTest::allOpen))
                .containsExactly(
                        "sysctl -w net.ipv6.conf.all.disable_ipv6=0",
                        "printf '%s\\n' 'net.ipv6.conf.all.disable_ipv6 = 0' > /etc/sysctl.d/60-nettyping-ipv6.conf",
                        "sysctl -p /etc/sysctl.d/60-nettyping-ipv6.conf");
    }

    @Test
    void ipv6WithoutAnAddressNeedsALoopbackDevice() {
        files.put(RANGE, "0\t2147483647\n")
                .put("/proc/thread-self/net/if_inet6", "")
                .put("/proc/sys/net/ipv6/conf/all/disable_ipv6", "0\n");

        assertThat(commands(DiagnosisTest::allOpen)).containsExactly("ip link set lo up");
    }

    @Test
    void smallBuffersAreRaisedWhereTheyAreSmall() {
        files.put(RANGE, "0\t2147483647\n");

        assertThat(diagnose(kind -> opened(kind, 425_984, FULL))
                        .buffers()
                        .orElseThrow()
                        .repliesHeld())
                .isEqualTo(512);
        assertThat(commands(kind -> opened(kind, 425_984, FULL))).contains("sysctl -w net.core.rmem_max=8388608");
        assertThat(commands(kind -> opened(kind, FULL, FULL - 1))).contains("sysctl -w net.core.wmem_max=8388608");
        assertThat(commands(kind -> opened(kind, 425_984, 425_984)))
                .containsExactly(
                        "sysctl -w net.core.rmem_max=8388608 net.core.wmem_max=8388608",
                        "printf '%s\\n' 'net.core.rmem_max = 8388608' 'net.core.wmem_max = 8388608'"
                                + " > /etc/sysctl.d/60-nettyping-buffers.conf",
                        "sysctl -p /etc/sysctl.d/60-nettyping-buffers.conf");
    }

    @Test
    void buffersOfOtherNetworkNamespacesAreTheHostsBusiness() {
        files.put(RANGE, "0\t2147483647\n").putReadOnly("/proc/sys/net/core/rmem_max", "212992\n");

        assertThat(diagnose(kind -> opened(kind, 425_984, FULL)).remedies())
                .extracting(Remedy::needs)
                .containsExactly(Needs.ROOT_OF_HOST);
    }

    @Test
    void neighbourTableIsSmallOnlyForALargeNetworkOnTheLink() {
        files.put(RANGE, "0\t2147483647\n").put("/proc/sys/net/ipv4/neigh/default/gc_thresh3", "1024\n");
        assertThat(diagnose(DiagnosisTest::allOpen).problems()).isEmpty();

        files.put("/proc/thread-self/net/route", "header\neth0 0000A8C0 00000000 0001 0 0 0 0000FFFF 0 0 0\n");
        assertThat(diagnose(DiagnosisTest::allOpen).problems()).containsExactly(Problem.NEIGHBOUR_TABLE);
        assertThat(commands(DiagnosisTest::allOpen))
                .containsExactly(
                        "sysctl -w net.ipv4.neigh.default.gc_thresh3=65536",
                        "sysctl -w net.ipv4.neigh.default.gc_thresh2=32768");

        files.put("/proc/thread-self/net/route", "header\neth0 0000A8C0 00000000 0001 0 0 0 00FCFFFF 0 0 0\n");
        assertThat(diagnose(DiagnosisTest::allOpen).problems()).isEmpty();
    }

    @Test
    void connectionTableThatIsNearlyFullGetsTwiceTheRoom() {
        files.put(RANGE, "0\t2147483647\n")
                .put("/proc/sys/net/netfilter/nf_conntrack_count", "950\n")
                .put("/proc/sys/net/netfilter/nf_conntrack_max", "1000\n");

        assertThat(diagnose(DiagnosisTest::allOpen).problems()).containsExactly(Problem.CONNECTION_TRACKING);
        assertThat(commands(DiagnosisTest::allOpen)).containsExactly("sysctl -w net.netfilter.nf_conntrack_max=2000");
    }

    @Test
    void nativePartsThatDoNotLoadLeaveAllElseUntried() {
        Diagnosis diagnosis = diagnose(kind -> {
            throw new UnsupportedOperationException(
                    "unsupported", new UnsatisfiedLinkError("failed to map segment from shared object"));
        });

        assertThat(diagnosis.canPing()).isFalse();
        assertThat(diagnosis.sockets()).isEmpty();
        assertThat(diagnosis.buffers()).isEmpty();
        assertThat(diagnosis.nativeLibraries().failure()).contains("failed to map segment from shared object");
        assertThat(diagnosis.problems()).containsExactly(Problem.NATIVE_LIBRARIES);
    }

    @Test
    void nativePartsAreUnpackedElsewhereWhereTheyCannotBeExecuted() {
        String temporary = System.getProperty("java.io.tmpdir");
        String home = System.getProperty("user.home");
        files.put(MOUNTS, "22 1 0:5 / / rw - ext4 /dev/vda rw\n25 22 0:7 / " + temporary + " rw,noexec - tmpfs t rw\n")
                .putDirectory(home);
        Function<SocketKind, SocketTrial> none = kind -> {
            throw new UnsupportedOperationException("unsupported");
        };

        assertThat(commands(none))
                .containsExactly(
                        "mkdir -p " + home + "/.cache/nettyping",
                        "NETTYPING_JAVA_OPTS=-Djava.io.tmpdir=" + home + "/.cache/nettyping COMMAND",
                        "mount -o remount,exec \"$(findmnt -n -o TARGET -T " + temporary + ")\"");
    }
}
