package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.sweep.SweepResults;
import io.github.nettyping.cli.sweep.SweepView;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final TargetSequence SEQUENCE = TargetSequence.of(Targets.parse("10.0.0.0/18"))
            .shuffled(7)
            .shard(new Shard(2, 3))
            .limit(5_000);

    private static Ledger empty(TargetSequence targets) {
        return new Ledger(targets, new Ledger.Snapshot(new PositionSet(), new SweepTally()));
    }

    private static ProbeOutcome outcome(long position) {
        String target = SEQUENCE.get(position).toString();
        return position % 3 == 0 ? SampleOutcomes.timedOut(target) : SampleOutcomes.replied(target, 1_000 + position);
    }

    /** Takes whole writes, a random part of each at a time, until it is full. */
    private static final class Disk implements Output.Sink {

        private final Random random = new Random(11);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int capacity = Integer.MAX_VALUE;

        @Override
        public int write(ByteBuffer buffer, int position, int limit) throws IOException {
            int count = Math.min(1 + random.nextInt(limit - position), capacity - bytes.size());
            if (count == 0) {
                throw new IOException("full");
            }
            for (int i = 0; i < count; i++) {
                bytes.write(buffer.get(position + i));
            }
            return count;
        }
    }

    @Test
    void outcomesEnterWhenTheyAreWrittenAndNotBefore() {
        Ledger ledger = empty(SEQUENCE);
        Ledger.Entries entries = ledger.new Entries();
        entries.add(outcome(4));
        entries.add(outcome(3));
        assertThat(ledger.snapshot().done().count()).isZero();

        entries.enter();
        Ledger.Snapshot snapshot = ledger.snapshot();
        assertThat(snapshot.done().contains(3)).isTrue();
        assertThat(snapshot.done().contains(4)).isTrue();
        assertThat(snapshot.done().count()).isEqualTo(2);
        assertThat(snapshot.tally().outcomes()).isEqualTo(new CorrelatorStatistics.Outcomes(1, 0, 0, 0, 1, 0, 0));
        assertThat(snapshot.tally().roundTrips().minNanos()).hasValue(1_004);

        entries.add(outcome(5));
        entries.enter();
        assertThat(snapshot.done().count()).isEqualTo(2);
        assertThat(snapshot.tally().outcomes().replied()).isEqualTo(1);
    }

    @Test
    void itGoesOnFromWhatWasDoneBefore() {
        Ledger before = empty(SEQUENCE);
        Ledger.Entries entries = before.new Entries();
        for (long position = 0; position < 100; position++) {
            entries.add(outcome(position));
        }
        entries.enter();

        Ledger ledger = new Ledger(SEQUENCE, before.snapshot());
        Ledger.Entries further = ledger.new Entries();
        for (long position = 100; position < 5_000; position++) {
            further.add(outcome(position));
            if (further.isFull()) {
                further.enter();
            }
        }
        assertThat(ledger.isComplete()).isFalse();
        further.enter();
        assertThat(ledger.isComplete()).isTrue();
        assertThat(ledger.tally().outcomes().timedOut()).isEqualTo(1_667);
        assertThat(ledger.tally().outcomes().replied()).isEqualTo(3_333);
        assertThat(before.count()).isEqualTo(100);
    }

    @Test
    void secondOutcomeOfATargetIsABug() {
        Ledger ledger = empty(SEQUENCE);
        Ledger.Entries entries = ledger.new Entries();
        entries.add(outcome(4));
        entries.add(outcome(4));
        assertThatThrownBy(entries::enter).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void outcomeOfNoTargetIsABug() {
        Ledger.Entries entries = empty(SEQUENCE).new Entries();
        assertThatThrownBy(() -> entries.add(SampleOutcomes.timedOut("192.0.2.1")))
                .isInstanceOf(IllegalStateException.class);
    }

    /** At any moment, the targets in the bytes that have been written are those of the ledger. */
    @Test
    void bytesAndLedgerAgreeWheneverSomebodyLooks() throws InterruptedException {
        for (ResultFormat.Name format : ResultFormat.Name.values()) {
            Disk disk = new Disk();
            assertAgreement(disk, format);
            assertThat(doneBy(disk.bytes.toByteArray(), format)).hasSize(5_000);
        }
    }

    @Test
    void bytesOfAFullDiskBeyondTheLedgerAreOneWrite() throws InterruptedException {
        Disk disk = new Disk();
        disk.capacity = 200_000;
        assertAgreement(disk, ResultFormat.Name.JSONL);
    }

    private record Look(int bytes, Ledger.Snapshot snapshot) {}

    private static void assertAgreement(Disk disk, ResultFormat.Name format) throws InterruptedException {
        Ledger ledger = empty(SEQUENCE);
        DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);
        List<Look> looks = new ArrayList<>();
        try {
            SweepView view = new SweepView(format, false, SweepIdentity.Shown.ALL, SummaryForm.TEXT, "", Colour.NONE);
            SweepResults results = new SweepResults(
                    view, Map.of(), Optional.empty(), disk, loops, () -> outcome -> {}, () -> {}, Optional.of(ledger));
            List<Future<?>> running = new ArrayList<>();
            int first = 0;
            for (EventExecutor loop : loops) {
                int begin = first++;
                running.add(loop.submit(() -> {
                    for (long position = begin; position < 5_000; position += 2) {
                        results.onOutcome(outcome(position));
                    }
                }));
            }
            while (!running.stream().allMatch(Future::isDone)) {
                synchronized (disk) {
                    looks.add(new Look(disk.bytes.size(), ledger.snapshot()));
                }
                Thread.onSpinWait();
            }
            results.flush();
            looks.add(new Look(disk.bytes.size(), ledger.snapshot()));
            assertThat(results.failure()).isEmpty();
            boolean full = results.outputFailure().isPresent();
            byte[] all = disk.bytes.toByteArray();
            Look last = new Look(-1, new Ledger.Snapshot(new PositionSet(), new SweepTally()));
            for (Look look : looks) {
                if (look.bytes() == last.bytes() || (full && look.bytes() == disk.capacity)) {
                    continue;
                }
                last = look;
                Set<String> done = doneBy(Arrays.copyOf(all, look.bytes()), format);
                assertThat(done).hasSize((int) look.snapshot().done().count()).allMatch(target -> {
                    long index = SEQUENCE.targets()
                            .indexOf(SampleOutcomes.address(target))
                            .orElseThrow();
                    return look.snapshot()
                            .done()
                            .contains(SEQUENCE.positionOf(index).orElseThrow());
                });
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Returns the targets in whole lines; every byte must belong to one. */
    private static Set<String> doneBy(byte[] bytes, ResultFormat.Name format) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
        List<String> targets = text.lines()
                .map(line -> switch (format) {
                    case JSONL -> line.split("\"", 5)[3];
                    case CSV -> line.split(",", 2)[0];
                    case TEXT -> line.split("\t", 2)[0];
                })
                .toList();
        Set<String> once = new HashSet<>(targets);
        assertThat(once).hasSameSizeAs(targets);
        return once;
    }

    @Test
    void targetsWithoutALineEnterInAMoment() throws InterruptedException {
        Ledger ledger = empty(SEQUENCE);
        Disk disk = new Disk();
        DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(1);
        try {
            SweepView quiet = new SweepView(
                    ResultFormat.Name.TEXT, true, SweepIdentity.Shown.NONE, SummaryForm.TEXT, "", Colour.NONE);
            SweepResults results = new SweepResults(
                    quiet, Map.of(), Optional.empty(), disk, loops, () -> outcome -> {}, () -> {}, Optional.of(ledger));
            loops.submit(() -> results.onOutcome(outcome(1))).sync();
            Await.until("the target is done, without a flush", Await.LIMIT, () -> {
                synchronized (disk) {
                    return ledger.count() == 1;
                }
            });
            assertThat(disk.bytes.size()).isZero();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void moreTargetsThanThereIsRoomForAreWrittenEarly() throws InterruptedException {
        Ledger ledger = empty(SEQUENCE);
        Disk disk = new Disk();
        DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(1);
        try {
            SweepView quiet = new SweepView(
                    ResultFormat.Name.TEXT, true, SweepIdentity.Shown.NONE, SummaryForm.TEXT, "", Colour.NONE);
            SweepResults results = new SweepResults(
                    quiet, Map.of(), Optional.empty(), disk, loops, () -> outcome -> {}, () -> {}, Optional.of(ledger));
            loops.submit(() -> {
                        for (long position = 0; position < 5_000; position++) {
                            results.onOutcome(outcome(position));
                        }
                    })
                    .sync();
            results.flush();
            assertThat(results.failure()).isEmpty();
            assertThat(ledger.isComplete()).isTrue();
            assertThat(results.tally().outcomes().replied()).isEqualTo(3_333);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
