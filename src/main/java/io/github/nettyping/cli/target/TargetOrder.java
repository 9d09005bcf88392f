package io.github.nettyping.cli.target;

import io.github.nettyping.target.Shard;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of the targets are asked, and in which order. Immutable.
 *
 * @param seed  of the random order; empty if they are asked in ascending order
 * @param drawn whether nobody has chosen the seed
 * @param limit how many of that part at most; empty for all
 */
public record TargetOrder(OptionalLong seed, boolean drawn, Shard shard, OptionalLong limit) {

    public static final TargetOrder ASCENDING =
            new TargetOrder(OptionalLong.empty(), false, Shard.WHOLE, OptionalLong.empty());

    /** A set that says it has so many addresses may have more: it ends there, for they could not be numbered. */
    private static final long MOST_NUMBERED = Long.MAX_VALUE;

    public boolean anySize() {
        return limit.isPresent();
    }

    /** Puts targets in this order; throws {@link IllegalArgumentException} if they are too many for it. */
    public TargetSequence of(Targets targets) {
        boolean cut = targets.count() == MOST_NUMBERED;
        if (cut && seed.isPresent()) {
            throw new IllegalArgumentException("too many targets for --order random, which can number less than 2^63 of"
                    + " them, an IPv6 /66 at most; name smaller ranges, or leave --order random out");
        }
        TargetSequence sequence = TargetSequence.of(targets);
        if (seed.isPresent()) {
            sequence = sequence.shuffled(seed.getAsLong());
        }
        long wanted = limit.orElse(Long.MAX_VALUE);
        sequence = sequence.shard(shard).limit(wanted);
        if (cut && sequence.count() < wanted) {
            throw new IllegalArgumentException("too many targets for --limit " + wanted + " and --shard " + shard
                    + ": only the first 2^63 of all can be numbered; lower --limit, or name smaller ranges");
        }
        return sequence;
    }

    /** Returns the order of a sweep that goes on: nobody has chosen another seed. {@code earlier}: that of the earlier part. */
    public TargetOrder goingOnFrom(OptionalLong earlier) {
        return drawn && earlier.isPresent() ? new TargetOrder(earlier, false, shard, limit) : this;
    }

    /** Returns what has to be said to whoever may want this order again. */
    public Optional<String> announcement() {
        return drawn ? Optional.of("random order, --seed " + seed.orElseThrow() + " repeats it") : Optional.empty();
    }
}
