package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which targets of a set are asked, and in which order: ascending or at random, all or a part of them. Each has a
 * position from 0, which is computed in a time that does not depend on their number; nothing is stored for a target.
 * Immutable, except for the set of what is done, which must not be changed meanwhile.
 *
 * <pre>{@code
 * TargetSequence sequence = TargetSequence.of(Targets.parse("10.0.0.0/8"))
 *         .shuffled(42)
 *         .shard(new Shard(2, 8))
 *         .limit(1_000_000);
 * }</pre>
 *
 * <p>Whatever the order of these calls, the set is put in order first, then one part of it is taken, then the beginning
 * of that part. Same set, seed, part and limit give the same sequence on every machine and with every version.
 */
public final class TargetSequence {

    private static final PositionSet NOTHING = new PositionSet();

    private final Targets targets;
    private final @Nullable Permutation permutation;
    private final Shard shard;
    private final long limit;
    private final PositionSet done;
    private final long count;

    private TargetSequence(
            Targets targets, @Nullable Permutation permutation, Shard shard, long limit, PositionSet done) {
        this.targets = targets;
        this.permutation = permutation;
        this.shard = shard;
        this.limit = limit;
        this.done = done;
        this.count = Math.min(limit, shard.size(targets.count()));
    }

    /**
     * {@return all targets of a set in ascending order, that of the set}
     *
     * @param targets any set
     */
    public static TargetSequence of(Targets targets) {
        Objects.requireNonNull(targets, "targets");
        return new TargetSequence(targets, null, Shard.WHOLE, Long.MAX_VALUE, NOTHING);
    }

    /**
     * {@return the set in a random order, so that a network gets a probe now and then instead of many at once}
     *
     * @param seed any number; the same one gives the same order
     */
    public TargetSequence shuffled(long seed) {
        return new TargetSequence(targets, new Permutation(targets.count(), seed), shard, limit, done);
    }

    /**
     * {@return one part of the set in its order: every {@link Shard#count()}th target}
     *
     * @param newShard which part
     */
    public TargetSequence shard(Shard newShard) {
        Objects.requireNonNull(newShard, "newShard");
        return new TargetSequence(targets, permutation, newShard, limit, done);
    }

    /**
     * {@return only the beginning: a sequence of at most so many targets}
     *
     * @param targetsAtMost how many targets, 0 or more
     * @throws IllegalArgumentException if {@code targetsAtMost} is negative
     */
    public TargetSequence limit(long targetsAtMost) {
        if (targetsAtMost < 0) {
            throw new IllegalArgumentException("targetsAtMost: " + targetsAtMost + " (expected: >= 0)");
        }
        return new TargetSequence(targets, permutation, shard, targetsAtMost, done);
    }

    /**
     * {@return the same sequence without what has been done already} Positions and {@link #count()} stay as they are.
     *
     * @param newDone positions whose targets are not to be asked again; not copied
     */
    public TargetSequence without(PositionSet newDone) {
        Objects.requireNonNull(newDone, "newDone");
        return new TargetSequence(targets, permutation, shard, limit, newDone);
    }

    /** {@return the set: all targets, those of other parts included} */
    public Targets targets() {
        return targets;
    }

    /** {@return how many positions there are, done or not} */
    public long count() {
        return count;
    }

    /**
     * {@return the first position from a given one on that is not done; {@link #count()} or more if there is none}
     *
     * @param from 0 or more
     */
    public long nextMissing(long from) {
        return done == NOTHING ? from : done.firstMissing(from);
    }

    /**
     * {@return which target stands at a position: its number in the set}
     *
     * @param position 0 to {@code count() - 1}
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public long indexAt(long position) {
        Objects.checkIndex(position, count);
        long place = shard.place(position);
        return permutation == null ? place : permutation.at(place);
    }

    /**
     * {@return the position of a target; empty if it belongs to another part, or is beyond the limit}
     *
     * @param index its number in the set
     * @throws IndexOutOfBoundsException if there is no such target
     */
    public OptionalLong positionOf(long index) {
        Objects.checkIndex(index, targets.count());
        long place = permutation == null ? index : permutation.placeOf(index);
        if (!shard.has(place)) {
            return OptionalLong.empty();
        }
        long position = shard.position(place);
        return position < count ? OptionalLong.of(position) : OptionalLong.empty();
    }

    /**
     * {@return the target at a position}
     *
     * @param position 0 to {@code count() - 1}
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public IpAddress get(long position) {
        return targets.get(indexAt(position));
    }

    /** Returns count, part and order, for logs. */
    @Override
    public String toString() {
        return "TargetSequence[" + count + " of " + targets.count() + ", part " + shard
                + (permutation == null ? "" : ", at random") + ']';
    }
}
