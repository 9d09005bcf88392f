package io.github.nettyping.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.diagnosis.KernelLimits.ConnectionTracking;
import io.github.nettyping.diagnosis.KernelLimits.NeighbourTable;
import io.github.nettyping.diagnosis.Surroundings.Container;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the files of a machine. */
class FactsTest {

    private static final String STATUS = """
            Name:\tjava
            Uid:\t1000\t1001\t1002\t1003
            Gid:\t100\t101\t102\t103
            Groups:\t4 27 4294967294\s
            NStgid:\t7
            CapInh:\t0000000000003000
            CapPrm:\t0000000000002000
            CapEff:\t0000000000001000
            CapBnd:\t000001ffffffffff
            CapAmb:\t0000000000000000
            NoNewPrivs:\t1
            """;

    private static final String OVERLAY = "22 1 0:5 / / rw,relatime - overlay overlay rw\n";

    @TempDir
    Path root;

    private MachineFiles files;

    @BeforeEach
    void startWithNothing() {
        files = new MachineFiles(root);
    }

    private Surroundings surroundings() {
        return Surroundings.read(files.machine());
    }

    @Test
    void callerIsTheThreadWithItsEffectiveRights() {
        files.put("/proc/thread-self/status", STATUS);

        assertThat(Caller.read(files.machine()))
                .contains(new Caller(
                        1000,
                        1001,
                        100,
                        101,
                        List.of(4L, 27L, 4294967294L),
                        new CapabilitySets(
                                Set.of(Capability.NET_ADMIN),
                                Set.of(Capability.NET_RAW),
                                Set.of(Capability.NET_ADMIN, Capability.NET_RAW),
                                Set.of(),
                                Set.of(Capability.NET_ADMIN, Capability.NET_RAW)),
                        Optional.of(true)));
    }

    @Test
    void callerWithoutGroupsHasNone() {
        files.put("/proc/thread-self/status", "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t \n");

        Caller caller = Caller.read(files.machine()).orElseThrow();
        assertThat(caller.groups()).isEmpty();
        assertThat(caller.noNewPrivileges()).isEmpty();
        assertThat(caller.capabilities().effective()).isEmpty();
    }

    @Test
    void machineWithoutProcKnowsNothingAndFailsNowhere() {
        Machine machine = files.machine();

        assertThat(Caller.read(machine)).isEmpty();
        assertThat(PingGroupRange.read(machine)).isEmpty();
        assertThat(Platform.read(machine).libc()).isEmpty();
        assertThat(Platform.read(machine).distribution()).isEmpty();
        assertThat(Ipv6.read(machine))
                .isEqualTo(new Ipv6(Optional.empty(), Optional.empty(), OptionalInt.empty(), false));
        assertThat(surroundings())
                .isEqualTo(new Surroundings(Optional.empty(), Optional.empty(), true, false, false, false));
        NeighbourTable unknown = new NeighbourTable(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        assertThat(KernelLimits.read(machine))
                .isEqualTo(new KernelLimits(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        unknown,
                        unknown,
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
        assertThat(unknown.unansweredPerSecond()).isEmpty();
    }

    @Test
    void groupRangeIsReadAsTheKernelWritesIt() {
        files.put("/proc/sys/net/ipv4/ping_group_range", "0\t2147483647\n");

        assertThat(PingGroupRange.read(files.machine())).contains(new PingGroupRange(0, 2_147_483_647));
    }

    @ParameterizedTest
    @CsvSource({
        "101, 101, true", // the effective group
        "27, 27, true", // a supplementary one
        "28, 100, false", // the real group does not count
        "1, 0, false",
        "102, 200, false"
    })
    void groupRangeAdmitsByEffectiveAndSupplementaryGroups(long lowest, long highest, boolean admitted) {
        files.put("/proc/thread-self/status", STATUS);
        Caller caller = Caller.read(files.machine()).orElseThrow();

        assertThat(new PingGroupRange(lowest, highest).admits(caller)).isEqualTo(admitted);
    }

    @Test
    void glibcIsKnownByItsFileAndItsVersionByWhatItSays() {
        files.put("/proc/self/maps", """
                7f82-7f83 r--p 00000000 fe:00 1   /usr/lib/libc-client.so.2007
                7f84-7f85 r-xp 00026000 fe:00 2   /usr/lib/x86_64-linux-gnu/libc.so.6
                """);
        files.put(
                "/usr/lib/x86_64-linux-gnu/libc.so.6",
                "\177ELF\0\377\nGNU C Library (Debian GLIBC 2.36-9+deb12u10) stable release version 2.36.\nCopyright\0");

        assertThat(Platform.read(files.machine()).libc())
                .contains(new Platform.Libc(Platform.Libc.Family.GLIBC, Optional.of("2.36")));
    }

    @Test
    void glibcWhoseFileCannotBeReadHasNoVersion() {
        files.put("/proc/self/maps", "7f84-7f85 r-xp 00026000 fe:00 2   /lib64/libc-2.31.so\n");

        assertThat(Platform.read(files.machine()).libc())
                .contains(new Platform.Libc(Platform.Libc.Family.GLIBC, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"/lib/ld-musl-x86_64.so.1", "/lib/libc.musl-aarch64.so.1"})
    void muslIsToldApart(String file) {
        files.put("/proc/self/maps", "7f84-7f85 r-xp 00026000 fe:00 2   " + file + "\n");

        assertThat(Platform.read(files.machine()).libc())
                .contains(new Platform.Libc(Platform.Libc.Family.MUSL, Optional.empty()));
    }

    @Test
    void distributionIsWhatItCallsItself() {
        files.put("/etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");

        assertThat(Platform.read(files.machine()).distribution()).contains("Debian GNU/Linux 12 (bookworm)");
    }

    @Test
    void markOfAContainerIsNoProofOfOne() {
        files.link("/proc/self/ns/pid", "pid:[4026531836]").put("/.dockerenv", "");

        assertThat(surroundings().container()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/.dockerenv, DOCKER",
        "/run/.containerenv, PODMAN",
        "/var/run/secrets/kubernetes.io/serviceaccount, KUBERNETES",
        "/something, OTHER"
    })
    void processNamespaceIsAContainerAndTheMarkSaysWhose(String mark, Container container) {
        files.link("/proc/self/ns/pid", "pid:[4026532248]").put(mark, "");

        assertThat(surroundings().container()).contains(container);
    }

    @Test
    void usersOfTheMachineAreMappedToThemselves() {
        files.put("/proc/self/uid_map", "         0          0 4294967295\n");
        files.put("/proc/self/gid_map", "         0          0 4294967295\n");
        assertThat(surroundings().userNamespace()).contains(false);
        assertThat(surroundings().allGroupsMapped()).isTrue();

        files.put("/proc/self/uid_map", "         0       1000          1\n");
        files.put("/proc/self/gid_map", "         0       1000          1\n");
        assertThat(surroundings().userNamespace()).contains(true);
        assertThat(surroundings().allGroupsMapped()).isFalse();
    }

    @Test
    void firstNetworkNamespaceIsTheOneThatCanSetBufferLimits() {
        files.put("/proc/sys/net/core/rmem_max", "212992\n");
        assertThat(surroundings().hostNetwork()).isTrue();
    }

    @Test
    void otherNetworkNamespacesAreShownBufferLimitsForReading() {
        files.putReadOnly("/proc/sys/net/core/rmem_max", "212992\n");
        assertThat(surroundings().hostNetwork()).isFalse();
    }

    @Test
    void settingsCannotBeChangedWhereTheirMountIsReadOnly() {
        files.put("/proc/self/mountinfo", OVERLAY + "23 22 0:6 / /proc rw,nosuid - proc proc rw\n");
        assertThat(surroundings().sysctlReadOnly()).isFalse();

        files.put(
                "/proc/self/mountinfo",
                OVERLAY + "23 22 0:6 / /proc rw,nosuid - proc proc rw\n"
                        + "24 23 0:6 /sys /proc/sys ro,relatime - proc proc rw\n");
        assertThat(surroundings().sysctlReadOnly()).isTrue();
    }

    @Test
    void ofTwoMountsInOnePlaceTheLaterCounts() {
        files.put("/proc/self/mountinfo", OVERLAY + """
                25 22 0:7 / /my\\040tmp rw,noexec - tmpfs tmpfs rw
                26 22 0:8 / /tmp rw - tmpfs tmpfs rw
                27 22 0:9 / /tmp rw,noexec - tmpfs tmpfs rw
                28 27 0:9 / /tmp/inner rw - tmpfs tmpfs rw
                """);
        Mounts mounts = new Mounts(files.machine());

        assertThat(mounts.has("noexec", "/tmp/x")).isTrue();
        assertThat(mounts.has("noexec", "/tmp/inner/x")).isFalse();
        assertThat(mounts.has("noexec", "/tmpfoo")).isFalse();
        assertThat(mounts.has("noexec", "/my tmp/x")).isTrue();
    }

    @Test
    void systemdIsKnownByItsDirectory() {
        files.putDirectory("/run/systemd/system");

        assertThat(surroundings().systemd()).isTrue();
    }

    @Test
    void ipv6AddressesAreCounted() {
        files.put("/proc/sys/net/ipv6/conf/all/disable_ipv6", "0\n");
        files.put("/proc/sys/net/ipv6/conf/lo/disable_ipv6", "1\n");
        files.put("/proc/thread-self/net/if_inet6", """
                fe800000000000000000000000000001 02 40 20 80     eth0
                20010db8000000000000000000000001 02 40 00 80     eth0
                """);

        Ipv6 ipv6 = Ipv6.read(files.machine());
        assertThat(ipv6).isEqualTo(new Ipv6(Optional.of(false), Optional.of(true), OptionalInt.of(2), false));
        assertThat(ipv6.isUsable()).isTrue();
    }

    @Test
    void ipv6WithoutAddressesIsNotUsable() {
        files.put("/proc/thread-self/net/if_inet6", "");

        assertThat(Ipv6.read(files.machine()).addresses()).hasValue(0);
        assertThat(Ipv6.read(files.machine()).isUsable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "quiet ipv6.disable=1, true",
        "ipv6.disable=1 quiet, true",
        "ipv6.disable=10, false",
        "xipv6.disable=1, false",
        "quiet, false"
    })
    void kernelBootedWithoutIpv6SaysSo(String commandLine, boolean without) {
        files.put("/proc/cmdline", commandLine + "\n");

        assertThat(Ipv6.read(files.machine()).bootedWithout()).isEqualTo(without);
    }

    @Test
    void limitsAreReadFromTheirFiles() {
        files.put("/proc/sys/net/core/rmem_max", "212992\n").put("/proc/sys/net/core/wmem_max", "212993\n");
        for (int i = 1; i <= 3; i++) {
            files.put("/proc/sys/net/ipv4/neigh/default/gc_thresh" + i, 300 * i + "\n");
            files.put("/proc/sys/net/ipv6/neigh/default/gc_thresh" + i, 400 * i + "\n");
        }
        files.put("/proc/sys/net/netfilter/nf_conntrack_count", "17\n");
        files.put("/proc/sys/net/netfilter/nf_conntrack_max", "262144\n");
        files.put("/proc/sys/net/ipv4/icmp_ratelimit", "1000\n");
        files.put("/proc/sys/net/ipv4/icmp_msgs_per_sec", "10000\n");
        files.put("/proc/thread-self/net/route", """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t0000A8C0\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                eth1\t000011AC\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                lo\t0000007F\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
                """);

        KernelLimits limits = KernelLimits.read(files.machine());
        assertThat(limits)
                .isEqualTo(new KernelLimits(
                        OptionalLong.of(212_992),
                        OptionalLong.of(212_993),
                        new NeighbourTable(OptionalLong.of(300), OptionalLong.of(600), OptionalLong.of(900)),
                        new NeighbourTable(OptionalLong.of(400), OptionalLong.of(800), OptionalLong.of(1_200)),
                        OptionalLong.of(65_536),
                        Optional.of(new ConnectionTracking(17, 262_144)),
                        OptionalLong.of(1_000),
                        OptionalLong.of(10_000)));
        assertThat(limits.ipv4Neighbours().unansweredPerSecond()).hasValue(300);
    }

    @Test
    void connectionTableIsNearlyFullFromNineTenthsOn() {
        assertThat(new ConnectionTracking(899, 1_000).isNearlyFull()).isFalse();
        assertThat(new ConnectionTracking(900, 1_000).isNearlyFull()).isTrue();
    }
}
