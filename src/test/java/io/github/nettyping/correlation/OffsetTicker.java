package io.github.nettyping.correlation;

import io.netty.util.concurrent.MockTicker;
import java.util.concurrent.TimeUnit;

/** A ticker that counts from its own beginning, as Netty's system ticker does: behind {@link System#nanoTime()}. */
final class OffsetTicker implements MockTicker {

    private long nanos;

    @Override
    public long initialNanoTime() {
        return 5_000_000_123L;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void advance(long amount, TimeUnit unit) {
        nanos += unit.toNanos(amount);
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody sleeps in a test");
    }
}
