package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.TargetSequence;
import java.util.OptionalLong;

/**
 * Which targets stand in the output, lines that are not shown included, and what became of them. It agrees with the bytes of
 * the output at any time, since both change together: guarded by the monitor of the output's sink, but for
 * {@link Entries#add}.
 */
public final class Ledger {

    /** What it said at some time. Nobody changes it any more. */
    record Snapshot(PositionSet done, SweepTally tally) {}

    private final TargetSequence targets;
    private final PositionSet done;
    private final SweepTally tally;

    /** Begins with what was done before, which is copied. */
    Ledger(TargetSequence targets, Snapshot before) {
        this.targets = targets;
        this.done = before.done().copy();
        this.tally = before.tally().copy();
    }

    Snapshot snapshot() {
        return new Snapshot(done.copy(), tally.copy());
    }

    /** Tells whether nothing is left to be done; to be called while nobody writes. */
    public boolean isComplete() {
        return done.count() == targets.count();
    }

    /** Returns how many targets are done; to be called while nobody writes. */
    long count() {
        return done.count();
    }

    /** Returns what became of the targets; to be read while nobody writes. */
    public SweepTally tally() {
        return tally;
    }

    /** Outcomes of one event loop whose lines are on their way. Confined to it. */
    public final class Entries {

        private static final int CAPACITY = 4_096;

        private final long[] positions = new long[CAPACITY];
        private final long[] rttNanos = new long[CAPACITY];
        private final ProbeOutcome.Kind[] kinds = new ProbeOutcome.Kind[CAPACITY];
        /** Of replies. */
        private final RttSource[] sources = new RttSource[CAPACITY];

        private int size;

        /** Takes an outcome whose line has been added to the output. */
        public void add(ProbeOutcome outcome) {
            positions[size] = position(outcome.probe().target());
            kinds[size] = outcome.kind();
            if (outcome instanceof Replied reply) {
                rttNanos[size] = reply.rttNanos();
                sources[size] = reply.rttSource();
            }
            size++;
        }

        public boolean isFull() {
            return size == CAPACITY;
        }

        /** Enters them into the ledger, for they have been written. */
        public void enter() {
            for (int i = 0; i < size; i++) {
                if (!done.add(positions[i])) {
                    throw new IllegalStateException("a second outcome of position " + positions[i]);
                }
                if (kinds[i] == ProbeOutcome.Kind.REPLIED) {
                    tally.countReply(rttNanos[i], sources[i]);
                } else {
                    tally.count(kinds[i]);
                }
            }
            size = 0;
        }
    }

    private long position(IpAddress target) {
        OptionalLong index = targets.targets().indexOf(target);
        OptionalLong position = index.isPresent() ? targets.positionOf(index.getAsLong()) : OptionalLong.empty();
        if (position.isEmpty()) {
            throw new IllegalStateException("an outcome of no target: " + target);
        }
        return position.getAsLong();
    }
}
