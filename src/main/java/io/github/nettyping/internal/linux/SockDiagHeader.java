package io.github.nettyping.internal.linux;

/** Constants of {@code linux/sock_diag.h}: indexes into the array of 32-bit counters {@code SO_MEMINFO} fills. */
public final class SockDiagHeader {

    /** Packets dropped because the receive buffer was full. */
    public static final int SK_MEMINFO_DROPS = 8;
    /** How many counters there are. */
    public static final int SK_MEMINFO_VARS = 9;

    private SockDiagHeader() {}
}
