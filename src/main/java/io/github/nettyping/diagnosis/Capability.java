package io.github.nettyping.diagnosis;

/** The capabilities that matter to those who ping. capabilities(7). */
public enum Capability {
    /** Buffers beyond the limits of {@code net.core}. */
    NET_ADMIN(12),
    /** Raw sockets. */
    NET_RAW(13);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Its number in {@code linux/capability.h}. */
    int bit() {
        return bit;
    }
}
