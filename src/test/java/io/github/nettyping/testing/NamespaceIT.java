package io.github.nettyping.testing;

import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.SystemCallException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
class NamespaceIT {

    private static final Duration LIMIT = Await.LIMIT;

    @Test
    void startsWithALoopbackDeviceAndNoWayOut() {
        try (Namespace lab = Namespace.create()) {
            assertThat(lab.devices()).containsExactly("lo");
            assertThat(lab.ip("route", "show", "default")).isEmpty();
            assertThat(lab.ip("-6", "route", "show", "default")).isEmpty();
        }
    }

    @Test
    void leavesTheCallersThreadWhereItIs() throws Exception {
        try (Namespace lab = Namespace.create()) {
            Path before = namespaceOfThread();

            Path inside = lab.call(NamespaceIT::namespaceOfThread);

            assertThat(inside).isNotEqualTo(before);
            assertThat(namespaceOfThread()).isEqualTo(before);
        }
    }

    @Test
    void runsThreadsOfItsFactoryInside() throws Exception {
        try (Namespace lab = Namespace.create()) {
            CompletableFuture<Path> seen = new CompletableFuture<>();
            Thread thread = lab.threads().newThread(() -> {
                try {
                    seen.complete(namespaceOfThread());
                } catch (IOException e) {
                    seen.completeExceptionally(e);
                }
            });

            thread.start();

            assertThat(seen.get()).isEqualTo(lab.call(NamespaceIT::namespaceOfThread));
            thread.join();
        }
    }

    @Test
    void keepsASocketInsideOnEveryThread() throws Exception {
        try (Namespace near = Namespace.create();
                Namespace far = Namespace.create()) {
            Link link = Link.between(near, far);

            // Opened on a thread inside, used on this one.
            try (TestSocket socket = TestSocket.ping(near, address(link.farIpv4()))) {
                assertThat(socket.ping(1, LIMIT, (byte) 42)).isTrue();
            }
        }
    }

    @Test
    void passesOnWhatTheCodeInsideThrows() {
        try (Namespace lab = Namespace.create()) {
            assertThatThrownBy(() -> lab.call(() -> {
                        throw new IOException("no");
                    }))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no");
        }
    }

    @Test
    void reportsAProgramThatFailsWithItsOutput() {
        try (Namespace lab = Namespace.create()) {
            assertThat(lab.exec("echo", "two words")).isEqualTo("two words\n");
            assertThatThrownBy(() -> lab.exec("sh", "-c", "echo why >&2; exit 3"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("exit status 3: why");
        }
    }

    @Test
    void keepsItsKernelParametersToItself() throws Exception {
        String before = Sysctl.read("net.ipv4.icmp_ratelimit");
        try (Namespace lab = Namespace.create()) {
            lab.sysctl("net.ipv4.icmp_ratelimit", "12000");

            assertThat(lab.sysctl("net.ipv4.icmp_ratelimit")).isEqualTo("12000");
            assertThat(Sysctl.read("net.ipv4.icmp_ratelimit")).isEqualTo(before).isNotEqualTo("12000");
        }
    }

    @Test
    void refusesKernelParametersOfTheWholeMachine() {
        try (Namespace lab = Namespace.create()) {
            assertThatThrownBy(() -> lab.sysctl("kernel.pid_max", "1")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void permitsPingSocketsOrNot() throws Exception {
        try (Namespace open = Namespace.create();
                Namespace shut = Namespace.createWithoutPingSockets()) {
            TestSocket.ping(open, address("127.0.0.1")).close();

            assertThatThrownBy(() -> TestSocket.ping(shut, address("127.0.0.1")))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("Permission denied");
        }
    }

    @Test
    void steersWhatADeviceReceivesToOtherProcessors() {
        try (Namespace lab = Namespace.create()) {
            lab.steerReceive("lo", 1);

            assertThat(lab.exec("cat", "/sys/class/net/lo/queues/rx-0/rps_cpus").strip())
                    .matches("[0,]*1");
        }
    }

    @Test
    void leavesNoNameAndNoThreadBehind() throws Exception {
        String name;
        try (Namespace lab = Namespace.create()) {
            name = lab.name();
            assertThat(names()).contains(name);
            lab.call(() -> true);
        }

        assertThat(names()).doesNotContain(name);
        Await.until("threads of " + name + " end", LIMIT, () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(name)));
    }

    @Test
    void canBeClosedTwice() {
        Namespace lab = Namespace.create();
        lab.close();
        lab.close();

        assertThatThrownBy(() -> lab.call(() -> true)).isInstanceOf(SystemCallException.class);
    }

    @Test
    void removesWhatAKilledProcessLeftBehind() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String leftover = "nettyping-" + dead.pid() + "-1";
        Commands.run(List.of("ip", "netns", "add", leftover));

        OpenNamespaces.removeLeftovers();

        assertThat(names()).doesNotContain(leftover);
    }

    private static Path namespaceOfThread() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
    }

    private static List<String> names() {
        String[] names = new File("/var/run/netns").list();
        return names == null ? List.of() : List.of(names);
    }
}
