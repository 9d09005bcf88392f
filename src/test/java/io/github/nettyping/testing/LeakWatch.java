package io.github.nettyping.testing;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Fails the build when a buffer is leaked in any test: it looks once all tests have run, and then ends the JVM with an
 * error, which is the one thing a listener can do that no runner overlooks. Leak detection itself is switched on in the
 * build, at level paranoid.
 */
public final class LeakWatch implements TestExecutionListener {

    private static final int LOOKS = 5;

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " was not released: " + records));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        for (int i = 0; i < LOOKS; i++) {
            // A leak is noticed when a buffer is allocated after the lost one has been collected.
            System.gc();
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        if (!leaks.isEmpty()) {
            System.err.println("LEAK: " + leaks.size() + " buffers; the first: " + leaks.peek()
                    + "; to see where it was used: -Dtest.jvm.extra=-Dio.netty.leakDetection.targetRecords=8");
            System.err.flush();
            Runtime.getRuntime().halt(97);
        }
    }
}
