package io.github.nettyping.internal.linux;

/** Constants of {@code linux/sock_diag.h}: indexes into the array of 32-bit counters {@code SO_MEMINFO} fills. */
public final class SockDiagHeader {

    /** Bytes of the receive buffer in use. */
    public static final int SK_MEMINFO_RMEM_ALLOC = 0;
    /** Size of the receive buffer. */
    public static final int SK_MEMINFO_RCVBUF = 1;
    /** Bytes of the send buffer in use. */
    public static final int SK_MEMINFO_WMEM_ALLOC = 2;
    /** Size of the send buffer. */
    public static final int SK_MEMINFO_SNDBUF = 3;
    /** Packets dropped because the receive buffer was full. */
    public static final int SK_MEMINFO_DROPS = 8;
    /** How many counters there are. */
    public static final int SK_MEMINFO_VARS = 9;

    private SockDiagHeader() {}
}
