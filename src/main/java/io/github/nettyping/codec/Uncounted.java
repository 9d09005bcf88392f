package io.github.nettyping.codec;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Reference counting of messages that hold no resource: the count is 1 and stays so. */
interface Uncounted extends ReferenceCounted {

    @Override
    default int refCnt() {
        return 1;
    }

    @Override
    default ReferenceCounted retain() {
        return this;
    }

    @Override
    default ReferenceCounted retain(int increment) {
        return this;
    }

    @Override
    default ReferenceCounted touch() {
        return this;
    }

    @Override
    default ReferenceCounted touch(@Nullable Object hint) {
        return this;
    }

    @Override
    default boolean release() {
        return false;
    }

    @Override
    default boolean release(int decrement) {
        return false;
    }
}
