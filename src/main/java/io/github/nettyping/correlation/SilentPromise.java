package io.github.nettyping.correlation;

import io.github.nettyping.internal.UnawaitedPromise;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * One promise for all writes that nobody waits for: a void promise that remembers the failure of the last write.
 * Confined to the channel's event loop.
 *
 * <p>Netty's own void promises either tell nobody of a write that fails before it reaches the socket, and its probe
 * would wait for ever, or tell the whole pipeline of every packet the kernel refuses, which is an outcome.
 */
final class SilentPromise extends DefaultChannelPromise implements UnawaitedPromise {

    private @Nullable Throwable failure;

    SilentPromise(Channel channel, EventExecutor executor) {
        super(channel, executor);
    }

    /** Prepares for the next write. */
    void forget() {
        failure = null;
    }

    /** Returns why a write since {@link #forget} failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public boolean isVoid() {
        return true;
    }

    @Override
    public ChannelPromise unvoid() {
        return new DefaultChannelPromise(channel(), executor());
    }

    @Override
    public boolean setUncancellable() {
        return true;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public ChannelPromise setSuccess() {
        return this;
    }

    @Override
    public ChannelPromise setSuccess(@Nullable Void result) {
        return this;
    }

    /** Returns true, or the channel would log that the promise was settled before. */
    @Override
    public boolean trySuccess() {
        return true;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
        return true;
    }

    @Override
    public ChannelPromise setFailure(Throwable cause) {
        failure = cause;
        return this;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        failure = cause;
        return true;
    }

    @Override
    public ChannelPromise addListener(GenericFutureListener<? extends Future<? super Void>> listener) {
        throw new IllegalStateException("a void promise is never settled; use unvoid()");
    }

    @Override
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ChannelPromise addListeners(GenericFutureListener<? extends Future<? super Void>>... listeners) {
        throw new IllegalStateException("a void promise is never settled; use unvoid()");
    }
}
