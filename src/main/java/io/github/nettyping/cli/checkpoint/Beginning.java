package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.target.TargetSequence;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From where a sweep begins: the first target, or where an earlier part of it ended.
 *
 * @param targets  all of them, of which those that are done are not asked again
 * @param ledger   of what stands in the output, if somebody wants to know
 * @param past     what earlier parts sent and received
 * @param first    whether there were none
 * @param exitCode of the sweep if an earlier part finished it
 */
public record Beginning(
        TargetSequence targets, Optional<Ledger> ledger, SweepPast past, boolean first, OptionalInt exitCode) {

    /** Returns what has to be said to whoever may not know that there was an earlier part. */
    public Optional<String> announcement() {
        return first
                ? Optional.empty()
                : ledger.map(entries -> "going on after " + entries.count() + " of " + targets.count() + " targets");
    }

    /** Returns how many hosts have answered in earlier parts. */
    public long replies() {
        return ledger.map(entries -> entries.tally().outcomes().replied()).orElse(0L);
    }

    /** Returns the beginning of a sweep of which nothing is kept. */
    public static Beginning of(TargetSequence targets, Instant startedAt) {
        return new Beginning(targets, Optional.empty(), SweepPast.none(startedAt), true, OptionalInt.empty());
    }
}
