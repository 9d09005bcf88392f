package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of socket options and addresses that this machine does not have, and that no socket is left of it. */
@RequiresNamespaces
@Isolated("counts the process's descriptors")
class RefusedOptionsIT {

    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    /** {@code SOL_SOCKET}, and a number that no option has. */
    private static final ChannelOption<Integer> NO_SUCH_OPTION =
            new IntegerUnixChannelOption("NO_SUCH_OPTION", 1, 9_999);

    private static Namespace namespace;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        group = IcmpEventLoops.newGroup(1, "user");
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    private static SocketPolicy policy(SocketKind kind) {
        return kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM;
    }

    private static Pinger.Builder builder(SocketKind kind) {
        return Pinger.builder()
                .socketPolicy(policy(kind))
                .families(kind.family())
                .group(group);
    }

    private static Pinger open(Pinger.Builder builder) throws Exception {
        return namespace.call(builder::open);
    }

    private static String loopback(SocketKind kind) {
        return kind.family() == IpFamily.IPV4 ? "127.0.0.1" : "::1";
    }

    private static Sweep sweep(SweepOptions.Builder options, String words, List<ProbeOutcome> outcomes)
            throws Exception {
        return namespace.call(() -> Sweep.start(group, Targets.parse(words), options.build(), outcomes::add));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Counts the sockets of this process. */
    private static long sockets() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(RefusedOptionsIT::isSocket).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was the one of the listing.
            return false;
        }
    }

    private static void assertRefused(Pinger.Builder builder, String message) {
        long before = sockets();
        assertThatThrownBy(() -> open(builder))
                .isInstanceOf(ChannelException.class)
                .hasMessage(message)
                .hasCauseInstanceOf(SystemCallException.class);
        assertThat(sockets()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aPingerThatCannotHaveItsInterfaceSaysSoAndLeavesNoSocket(SocketKind kind) {
        assertRefused(
                builder(kind).option(IcmpChannelOption.INTERFACE, "nowhere0"),
                "setsockopt(SO_BINDTODEVICE, nowhere0) on " + kind
                        + ": ENODEV; there is no such interface: see ip link");
    }

    @ParameterizedTest
    @EnumSource
    void aPingerThatCannotHaveItsAddressSaysSoAndLeavesNoSocket(SocketKind kind) {
        String foreign = kind.family() == IpFamily.IPV4 ? "10.99.0.1" : "fd99::1";
        assertRefused(
                builder(kind).localAddress(Packets.address(foreign)),
                "bind(" + foreign + ", 0) on " + kind
                        + ": EADDRNOTAVAIL; this machine has no such address: see ip address");
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_RAW", "IPV6_DGRAM"})
    void aLinkLocalAddressNeedsItsScope(SocketKind kind) {
        assertRefused(
                builder(kind).localAddress(Packets.address("fe80::1")),
                "bind(fe80::1, 0) on " + kind
                        + ": EINVAL; a link-local address needs its interface, as in fe80::1%eth0");
    }

    @ParameterizedTest
    @EnumSource
    void aPingerThatCannotHaveAnOptionSaysSoAndLeavesNoSocket(SocketKind kind) {
        assertRefused(
                builder(kind).option(NO_SUCH_OPTION, 1),
                "setsockopt(1, 9999, 1) on " + kind
                        + ": ENOPROTOOPT; this kernel, or this kind of socket, does not have the option");
    }

    @Test
    void whatIsNoOptionOfTheseSocketsIsAnIllegalArgument() {
        long before = sockets();
        assertThatThrownBy(() -> open(Pinger.builder().group(group).option(ChannelOption.TCP_NODELAY, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option: TCP_NODELAY (expected: one that IcmpChannelOption names)");
        assertThatThrownBy(() -> open(Pinger.builder().group(group).option(IcmpChannelOption.HOP_LIMIT, 256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("HOP_LIMIT: 256 (expected: 1 to 255)");
        assertThatThrownBy(() -> Pinger.builder().option(IcmpChannelOption.HEADER_INCLUDED, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEADER_INCLUDED");
        assertThat(sockets()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aSweepThatCannotHaveItsAddressOrInterfaceFailsAndLeavesNoSocket(SocketKind kind) throws Exception {
        String foreign = kind.family() == IpFamily.IPV4 ? "10.99.0.1" : "fd99::1";
        String target = loopback(kind);
        long before = sockets();
        List<ProbeOutcome> outcomes = new ArrayList<>();
        Sweep unbound = sweep(
                SweepOptions.builder().socketPolicy(policy(kind)).localAddress(Packets.address(foreign)),
                target,
                outcomes);
        Sweep nowhere = sweep(
                SweepOptions.builder().socketPolicy(policy(kind)).option(IcmpChannelOption.INTERFACE, "nowhere0"),
                target,
                outcomes);

        assertThat(catchThrowable(() -> get(unbound.completion())))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("EADDRNOTAVAIL; this machine has no such address");
        assertThat(catchThrowable(() -> get(nowhere.completion())))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("setsockopt(SO_BINDTODEVICE, nowhere0)");
        assertThat(outcomes).isEmpty();
        assertThat(sockets()).isEqualTo(before);
    }

    @Test
    void aSweepThatCannotHaveAnOptionIsNeverStartedAndLeavesNoSocket() {
        long before = sockets();
        assertThatThrownBy(
                        () -> sweep(SweepOptions.builder().option(NO_SUCH_OPTION, 1), "127.0.0.1", new ArrayList<>()))
                .isInstanceOf(ChannelException.class)
                .hasMessageStartingWith("setsockopt(1, 9999, 1) on ");
        assertThat(sockets()).isEqualTo(before);
    }
}
