package io.github.nettyping.cli.doctor;

import io.github.nettyping.channel.SocketTrial;
import io.github.nettyping.channel.SocketTrial.Echo;
import io.github.nettyping.channel.SocketTrial.Opened;
import io.github.nettyping.channel.SocketTrial.Refusal;
import io.github.nettyping.channel.SocketTrial.Refused;
import io.github.nettyping.channel.SocketTrial.TimeStamps;
import io.github.nettyping.diagnosis.Caller;
import io.github.nettyping.diagnosis.Capability;
import io.github.nettyping.diagnosis.CapabilitySets;
import io.github.nettyping.diagnosis.Diagnosis;
import io.github.nettyping.diagnosis.Ipv6;
import io.github.nettyping.diagnosis.KernelLimits;
import io.github.nettyping.diagnosis.KernelLimits.ConnectionTracking;
import io.github.nettyping.diagnosis.KernelLimits.NeighbourTable;
import io.github.nettyping.diagnosis.NativeLibraries;
import io.github.nettyping.diagnosis.PingGroupRange;
import io.github.nettyping.diagnosis.Platform;
import io.github.nettyping.diagnosis.Surroundings;
import io.github.nettyping.packet.SocketKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Diagnoses of machines that do not exist. Stateless. */
final class SampleDiagnoses {

    private static final NeighbourTable NO_TABLE =
            new NeighbourTable(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private SampleDiagnoses() {}

    /** A machine with one raw socket, and everything else wrong that can be at once. */
    static Diagnosis sick() {
        return new Diagnosis(
                new Platform(
                        "Linux",
                        Optional.of("Example \u00e4"),
                        "6.18.0",
                        "amd64",
                        Optional.of(new Platform.Libc(Platform.Libc.Family.GLIBC, Optional.of("2.36"))),
                        new Platform.Jdk("17.0.15", "Example Inc.", "/opt/jdk")),
                new NativeLibraries(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(new Caller(
                        1000,
                        1001,
                        100,
                        101,
                        List.of(4L, 101L),
                        new CapabilitySets(
                                Set.of(Capability.NET_RAW),
                                Set.of(Capability.NET_RAW, Capability.NET_ADMIN),
                                Set.of(),
                                Set.of(Capability.NET_RAW),
                                Set.of(Capability.NET_RAW)),
                        Optional.of(true))),
                new Surroundings(Optional.empty(), Optional.of(true), true, true, false, true),
                Optional.of(new PingGroupRange(1, 0)),
                List.of(
                        refused(SocketKind.IPV4_DGRAM, 13, "EACCES"),
                        new Opened(
                                SocketKind.IPV4_RAW,
                                425_984,
                                425_985,
                                false,
                                new Echo(Optional.of(new Refusal("sendmmsg to 127.0.0.1", 1, "EPERM")), false),
                                new TimeStamps(Optional.empty(), Optional.of(true), Optional.of(false))),
                        refused(SocketKind.IPV6_DGRAM, 97, "EAFNOSUPPORT"),
                        refused(SocketKind.IPV6_RAW, 97, "EAFNOSUPPORT")),
                new Ipv6(Optional.empty(), Optional.empty(), OptionalInt.empty(), false),
                new KernelLimits(
                        OptionalLong.of(212_992),
                        OptionalLong.of(212_993),
                        new NeighbourTable(OptionalLong.of(128), OptionalLong.of(512), OptionalLong.of(1_024)),
                        NO_TABLE,
                        OptionalLong.of(65_536),
                        Optional.of(new ConnectionTracking(99, 100)),
                        OptionalLong.of(1_000),
                        OptionalLong.empty()));
    }

    /** A machine of which next to nothing is known, on which the native parts do not load. */
    static Diagnosis unknown() {
        return new Diagnosis(
                new Platform(
                        "Linux",
                        Optional.empty(),
                        "6.18.0",
                        "amd64",
                        Optional.of(new Platform.Libc(Platform.Libc.Family.MUSL, Optional.empty())),
                        new Platform.Jdk("17.0.15", "Example Inc.", "/opt/jdk")),
                new NativeLibraries(Optional.of("no\nmore"), Optional.of("/tmp"), Optional.of("/home/me")),
                Optional.empty(),
                new Surroundings(Optional.empty(), Optional.empty(), true, true, false, false),
                Optional.empty(),
                List.of(),
                new Ipv6(Optional.empty(), Optional.empty(), OptionalInt.empty(), false),
                new KernelLimits(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        NO_TABLE,
                        NO_TABLE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }

    private static SocketTrial refused(SocketKind kind, int errno, String name) {
        return new Refused(kind, new Refusal("socket(" + kind + ")", errno, name));
    }
}
