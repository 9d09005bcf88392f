package io.github.nettyping.packet;

import io.github.nettyping.internal.Internal;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * A reference count for objects that only one thread uses at a time. Counting costs an addition. Netty's own base
 * class, which many threads may share, needs a locked instruction each time, and a packet is counted often.
 *
 * <p>Handing an object to another thread by a task or a queue is fine. Two threads that each hold a reference are not.
 */
@Internal
public abstract class ConfinedReferenceCounted implements ReferenceCounted {

    private int count = 1;

    /** Makes an object with a reference count of 1. */
    protected ConfinedReferenceCounted() {}

    @Override
    public final int refCnt() {
        return count;
    }

    /** Sets the count to 1 again, for objects that are reused. */
    protected final void revive() {
        count = 1;
    }

    @Override
    public ReferenceCounted retain() {
        return retain(1);
    }

    @Override
    public ReferenceCounted retain(int increment) {
        if (increment <= 0) {
            throw new IllegalArgumentException("increment: " + increment + " (expected: 1 or more)");
        }
        int raised = count + increment;
        if (count == 0 || raised < 0) {
            throw new IllegalReferenceCountException(count, increment);
        }
        count = raised;
        return this;
    }

    @Override
    public ReferenceCounted touch() {
        return touch(null);
    }

    @Override
    public abstract ReferenceCounted touch(@Nullable Object hint);

    @Override
    public final boolean release() {
        return release(1);
    }

    @Override
    public final boolean release(int decrement) {
        if (decrement <= 0) {
            throw new IllegalArgumentException("decrement: " + decrement + " (expected: 1 or more)");
        }
        if (decrement > count) {
            throw new IllegalReferenceCountException(count, -decrement);
        }
        count -= decrement;
        if (count == 0) {
            deallocate();
            return true;
        }
        return false;
    }

    /** Releases what this object holds; called when the count has come down to 0. */
    protected abstract void deallocate();
}
