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

    /** So many misses say that there is hardly a free one. */
    private static final int TRIES = 1_000;

    /** How many sockets have each. Guarded by itself. */
    private static final Map<Integer, Integer> TAKEN = new HashMap<>();

    private RawIdentifiers() {}

    /** Takes one that no other socket of this process has, as long as there is such; at random, for other processes' sake. */
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

    /** Takes the one a user wants, whoever has it. */
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
