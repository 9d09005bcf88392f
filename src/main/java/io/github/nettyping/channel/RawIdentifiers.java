package io.github.nettyping.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The identifiers of this process's raw sockets. The kernel gives none, as it does to ping sockets, and hands every reply to
 * every raw socket: two of a process with the same identifier would take each other's replies for forged ones. Safe for
 * use by many threads.
 */
final class RawIdentifiers {

    private static final int IDENTIFIERS = 0x1_0000;

    /** So many misses mean that hardly any is free. */
    private static final int TRIES = 1_000;

    /** How many sockets have each identifier. Guarded by itself. */
    private static final Map<Integer, Integer> TAKEN = new HashMap<>();

    private RawIdentifiers() {}

    /** Takes one that no other socket of this process has, if any; at random, for other processes have some too. */
    static int takeFree() {
        synchronized (TAKEN) {
            int chosen = 0;
            for (int i = 0; i < TRIES && (chosen == 0 || TAKEN.containsKey(chosen)); i++) {
                chosen = ThreadLocalRandom.current().nextInt(1, IDENTIFIERS);
            }
            take(chosen);
            return chosen;
        }
    }

    /** Takes the one a user wants, whether or not another socket has it. */
    static void take(int identifier) {
        synchronized (TAKEN) {
            TAKEN.merge(identifier, 1, Integer::sum);
        }
    }

    /** Gives back what was taken. */
    static void release(int identifier) {
        synchronized (TAKEN) {
            TAKEN.computeIfPresent(identifier, (key, sockets) -> sockets == 1 ? null : sockets - 1);
        }
    }

    /** Tells whether a socket of this process has it. */
    static boolean isTaken(int identifier) {
        synchronized (TAKEN) {
            return TAKEN.containsKey(identifier);
        }
    }
}
