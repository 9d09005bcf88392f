package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.AddressFormat;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Pictures of sweeps that never were: outcomes made up by a seeded generator, drawn by what draws real ones. */
final class SamplePictures {

    /** The picture of the README. */
    static final Path README_PICTURE = Path.of("docs/images/sweep.png");

    private SamplePictures() {}

    /** Writes the picture of the README anew; for whoever has changed how pictures look. */
    public static void main(String[] args) throws IOException {
        Files.deleteIfExists(README_PICTURE);
        write(README_PICTURE, slash16(), SamplePictures::ofAProvider);
    }

    static Targets slash16() {
        return Targets.builder().allAddresses(true).add("198.18.0.0/16").build();
    }

    /** 40 hosts in 30 networks, of both families. */
    static Targets scattered() {
        Random random = new Random(5);
        Targets.Builder builder = Targets.builder();
        for (int i = 0; i < 30; i++) {
            String network = i % 5 == 4
                    ? "2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + ":" + i + "::"
                    : "198." + random.nextInt(256) + "." + random.nextInt(256) + ".";
            builder.add(network + (1 + random.nextInt(99)));
            if (i % 3 == 0) {
                builder.add(network + (100 + random.nextInt(99)));
            }
        }
        return builder.build();
    }

    /** Draws a sweep of these targets. */
    static void write(Path file, Targets targets, BiFunction<Random, IpAddress, ProbeOutcome> answers) {
        write(
                file,
                new ResolvedTargets(targets, Map.of(), true, false),
                answers,
                "sweep --all-addresses 198.18.0.0/16");
    }

    static void write(
            Path file, ResolvedTargets resolved, BiFunction<Random, IpAddress, ProbeOutcome> answers, String command) {
        SweepPicture picture = new SweepPicture(resolved, SweepPicture.checked(file));
        Consumer<ProbeOutcome> part = picture.newPart();
        PingRecorder recorder = new PingRecorder(3);
        Map<ProbeOutcome.Kind, Long> counts = new EnumMap<>(ProbeOutcome.Kind.class);
        Random random = new Random(17);
        Targets targets = resolved.targets();
        TargetCursor cursor = targets.cursor();
        for (long i = 0; i < targets.count(); i++) {
            cursor.moveTo(i);
            ProbeOutcome outcome = answers.apply(random, cursor.address());
            part.accept(outcome);
            counts.merge(outcome.kind(), 1L, Long::sum);
            if (outcome instanceof Replied reply) {
                recorder.recordReply(reply);
            }
        }
        picture.write(new SweepReport(
                summary(targets.count(), counts),
                recorder.statistics().roundTrips(),
                command,
                OptionalLong.empty(),
                "0.1.0",
                "6.18.0"));
    }

    private static SweepSummary summary(long targets, Map<ProbeOutcome.Kind, Long> counts) {
        CorrelatorStatistics.Outcomes outcomes = new CorrelatorStatistics.Outcomes(
                counts.getOrDefault(ProbeOutcome.Kind.REPLIED, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.UNREACHABLE, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.TIME_EXCEEDED, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.OTHER_ICMP_ERROR, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.TIMED_OUT, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.NOT_SENT, 0L),
                counts.getOrDefault(ProbeOutcome.Kind.DROPPED_LOCALLY, 0L));
        CorrelatorStatistics none = CorrelatorStatistics.EMPTY;
        CorrelatorStatistics statistics = new CorrelatorStatistics(
                2 * targets - outcomes.replied(),
                targets - outcomes.replied(),
                0,
                outcomes.replied(),
                0,
                0,
                0,
                none.rejected(),
                0,
                0,
                0,
                outcomes,
                0,
                OptionalLong.of(0),
                OptionalLong.of(1),
                OptionalLong.of(1));
        return new SweepSummary(
                targets,
                statistics,
                0,
                List.of(),
                Set.of(SocketKind.IPV4_RAW),
                10_082,
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                13_250_000_000L,
                false);
    }

    /** Every target alive, the round trip 1 ms times the last byte of its address. */
    static ProbeOutcome allAlive(Random random, IpAddress target) {
        return SampleOutcomes.replied(text(target), 1_000_000L * (1 + (target.low() & 0xff)));
    }

    /** Networks of a provider: servers nearby, customers behind slow lines, a loop, a refusing router, much silence. */
    static ProbeOutcome ofAProvider(Random random, IpAddress target) {
        int host = (int) target.low() & 0xffff;
        String text = text(target);
        int block = host >>> 12;
        double chance = random.nextDouble();
        double millis =
                switch (block) {
                    case 0, 1 -> logNormal(random, 0.35, 0.5);
                    case 2, 4 -> logNormal(random, 4, 0.4);
                    case 5, 6 -> logNormal(random, 18, 0.5) + (host >>> 8 & 15);
                    case 9, 10 -> logNormal(random, 45, 0.35);
                    default -> logNormal(random, 160, 0.4);
                };
        boolean denseNetwork = new Random(host >>> 8).nextInt(3) > 0;
        double alive =
                switch (block) {
                    case 0 -> 0.97;
                    case 1 -> denseNetwork ? 0.85 : 0.02;
                    case 2, 4 -> (host & 0xff) < 96 || denseNetwork ? 0.6 : 0.05;
                    case 5, 6 -> denseNetwork ? 0.35 : 0.1;
                    case 9, 10 -> denseNetwork ? 0.5 : 0;
                    case 13, 15 -> 0.06;
                    default -> 0;
                };
        if (chance < alive) {
            return SampleOutcomes.replied(text, (long) (millis * 1e6));
        }
        if (block == 7 && host >>> 10 != 29) {
            return SampleOutcomes.ttlExceededByNobody(text);
        }
        if ((block == 11 && (host >>> 8 & 3) != 2) || (block == 2 && chance > 0.9)) {
            return SampleOutcomes.hostUnreachable(text, "198.18.11.1");
        }
        return host >>> 8 == 0x8e ? SampleOutcomes.sourceQuench(text, "198.18.11.1") : SampleOutcomes.timedOut(text);
    }

    private static double logNormal(Random random, double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    static String text(IpAddress address) {
        return AddressFormat.append(new StringBuilder(), address).toString();
    }
}
