package io.github.nettyping.diagnosis;

/** The capabilities that matter for pinging. capabilities(7). */
public enum Capability {
    /** Permits buffers beyond the limits of {@code net.core}. */
    NET_ADMIN(12),
    /** Permits raw sockets. */
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
