package io.github.nettyping.internal.engine;

import io.github.nettyping.testing.RefusingLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An event loop that is the test's thread and runs when the test says so, at the test's time. */
public final class TestLoop {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
    private final RefusingLoop refusing = new RefusingLoop(loop);

    public EventLoop eventLoop() {
        return refusing.eventLoop();
    }

    /** Sets whether its queue of tasks is full. */
    public void full(boolean value) {
        refusing.full(value);
    }

    /** Refuses everything from now on, as a loop that has ended. */
    public void end() {
        refusing.end();
    }

    /** Runs all tasks that are due, and those they bring about; returns how many there were. */
    public int run() {
        int all = 0;
        for (int ran = loop.runNow(); ran > 0; ran = loop.runNow()) {
            all += ran;
        }
        return all;
    }

    /** Lets time pass in steps of a millisecond. */
    public void advance(Duration time) {
        for (long i = 0; i < time.toMillis(); i++) {
            pause(Duration.ofMillis(1));
        }
    }

    /** Lets time pass at once, with nobody running; returns how many tasks were due at its end. */
    public int pause(Duration time) {
        ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
        return run();
    }
}
