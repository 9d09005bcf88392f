package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.StableSink;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The disk is a list of what was done to it. */
class CheckpointKeeperTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TargetSequence SEQUENCE = TargetSequence.of(Targets.parse("10.0.0.0/24"));

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Checkpoint> saved = Collections.synchronizedList(new ArrayList<>());
    private final Ledger ledger = new Ledger(SEQUENCE, new Ledger.Snapshot(new PositionSet(), new SweepTally()));
    private final Ledger.Entries entries = ledger.new Entries();
    private final FakeFile file = new FakeFile();
    private boolean full;
    private final CheckpointKeeper keeper = new CheckpointKeeper(
            file,
            this::save,
            SampleCheckpoints.IDENTITY,
            "sweep",
            new Beginning(SEQUENCE, Optional.of(ledger), SweepPast.none(START), true, OptionalInt.empty()),
            () -> calls.add("stop"));

    private final class FakeFile implements StableSink {

        private long length;
        private long forced;

        @Override
        public synchronized long length() {
            return length;
        }

        @Override
        public synchronized long checksum() {
            return length;
        }

        @Override
        public void force() {
            calls.add("force");
            synchronized (this) {
                forced = length;
            }
        }

        @Override
        public int write(ByteBuffer bytes, int position, int limit) {
            throw new UnsupportedOperationException();
        }

        /** What an output does when it writes the line of a target. */
        synchronized void writeLine(String target) {
            length += 10;
            entries.add(SampleOutcomes.replied(target, 1_000));
            entries.enter();
        }
    }

    private void save(byte[] content) throws FileFailure {
        if (full) {
            throw new FileFailure("--checkpoint", Path.of("c"), new IOException("full"), "make room");
        }
        Checkpoint checkpoint = CheckpointText.parse(content);
        assertThat(file.forced).isGreaterThanOrEqualTo(checkpoint.outputBytes());
        calls.add("save");
        saved.add(checkpoint);
    }

    private static SweepSummary part(long probesSent) {
        CorrelatorStatistics none = CorrelatorStatistics.EMPTY;
        CorrelatorStatistics statistics = new CorrelatorStatistics(
                probesSent,
                0,
                0,
                0,
                0,
                0,
                0,
                none.rejected(),
                0,
                0,
                0,
                none.outcomes(),
                0,
                none.firstSentNanos(),
                none.lastSentNanos(),
                none.lastReplyNanos());
        return new SweepSummary(254, statistics, 0, List.of(), Set.of(), 1, 1, START, 5, false);
    }

    @AfterEach
    void end() {
        keeper.end();
    }

    @Test
    void outputIsForcedBeforeTheCheckpointThatTellsOfIt() throws IOException {
        file.writeLine("10.0.0.1");
        keeper.saveFirst();
        assertThat(calls).containsExactly("force", "save");
        assertThat(saved.get(0).outputBytes()).isEqualTo(10);
        assertThat(saved.get(0).done().done().count()).isEqualTo(1);
        assertThat(saved.get(0).past()).isEqualTo(SweepPast.none(START));
    }

    @Test
    void lineThatComesWhileTheCheckpointIsMadeIsNotInIt() {
        keeper.start(() -> {
            file.writeLine("10.0.0." + (1 + ledger.count()));
            return part(ledger.count());
        });
        Await.until("two checkpoints are there", Await.LIMIT, () -> saved.size() >= 2);
        keeper.end();
        for (Checkpoint checkpoint : saved) {
            assertThat(checkpoint.outputBytes())
                    .isEqualTo(10 * checkpoint.done().done().count());
        }
        assertThat(saved.get(1).done().done().count())
                .isEqualTo(saved.get(0).done().done().count() + 1);
        assertThat(saved.get(1).past().statistics().probesSent()).isEqualTo(2);
    }

    @Test
    void lastCheckpointHasTheEnd() {
        file.writeLine("10.0.0.1");
        assertThat(keeper.finish(part(9), OptionalInt.of(1))).isEmpty();
        assertThat(saved).hasSize(1);
        assertThat(saved.get(0).exitCode()).hasValue(1);
        assertThat(saved.get(0).past().statistics().probesSent()).isEqualTo(9);
        assertThat(saved.get(0).past().elapsedNanos()).isEqualTo(5);
    }

    @Test
    void failureStopsTheSweepOnceAndIsToldAtTheEnd() {
        full = true;
        keeper.start(() -> part(1));
        Await.until("the sweep is stopped", Await.LIMIT, () -> calls.contains("stop"));
        assertThat(keeper.finish(part(1), OptionalInt.empty()))
                .hasValueSatisfying(e -> assertThat(e).hasMessage("--checkpoint c: full; make room"));
        assertThat(calls).containsOnlyOnce("stop");
        assertThat(saved).isEmpty();
    }

    @Test
    void bugInWhatIsAskedStopsTheSweepToo() {
        keeper.start(() -> {
            throw new IllegalStateException("bug");
        });
        Await.until("the sweep is stopped", Await.LIMIT, () -> calls.contains("stop"));
        assertThat(keeper.finish(part(1), OptionalInt.empty()))
                .hasValueSatisfying(e -> assertThat(e).hasMessage("bug"));
    }
}
