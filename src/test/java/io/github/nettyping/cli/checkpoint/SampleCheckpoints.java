package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.Shard;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A checkpoint with every field different from all others. */
final class SampleCheckpoints {

    static final SweepIdentity IDENTITY = new SweepIdentity(
            256,
            "0123abcd",
            OptionalLong.of(-42),
            new Shard(2, 3),
            OptionalLong.of(77),
            ResultFormat.Name.CSV,
            SweepIdentity.Shown.ALIVE,
            "/tmp/\u00e4 \"b\"");

    private SampleCheckpoints() {}

    static Ledger.Snapshot done() {
        PositionSet positions = new PositionSet();
        for (int i = 0; i < 28; i++) {
            positions.add(i);
        }
        positions.add(99);
        SweepTally tally = SweepTally.of(new CorrelatorStatistics.Outcomes(0, 2, 3, 4, 5, 6, 7), new PingRecorder(3));
        tally.countReply(41_250, RttSource.KERNEL_TX_RX);
        tally.countReply(1_000_000, RttSource.USER_CLOCK);
        return new Ledger.Snapshot(positions, tally);
    }

    static SweepPast past() {
        return new SweepPast(
                new CorrelatorStatistics(
                        21,
                        22,
                        23,
                        24,
                        25,
                        26,
                        27,
                        new CorrelatorStatistics.Rejected(31, 32, 33, 34, 35, 36, 37),
                        41,
                        42,
                        43,
                        CorrelatorStatistics.EMPTY.outcomes(),
                        0,
                        OptionalLong.of(0),
                        OptionalLong.of(1_000),
                        OptionalLong.of(2_000)),
                51,
                List.of("eth0", "eth1"),
                Set.of(SocketKind.IPV4_DGRAM, SocketKind.IPV6_RAW),
                Instant.parse("2026-01-01T00:00:00.5Z"),
                61);
    }

    static Checkpoint unfinished() {
        return new Checkpoint(IDENTITY, "sweep \u00e4", "0.1.0", 1_234, 5_678, done(), past(), OptionalInt.empty());
    }
}
