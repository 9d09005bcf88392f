package io.github.nettyping.testing;

import java.lang.ref.WeakReference;
import java.time.Duration;

/** Finds out what is held on to. Stateless. */
public final class Reachability {

    private static final Duration PATIENCE = Await.LIMIT;

    private Reachability() {}

    /** Waits until an object is garbage, and fails if it stays reachable. */
    public static void assertGarbage(WeakReference<?> reference) {
        Await.until("it is garbage", PATIENCE, () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }
}
