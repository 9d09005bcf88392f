package io.github.nettyping.internal.linux;

/** Constants of {@code linux/net_tstamp.h}. */
public final class TimestampingHeader {

    /** Stamp packets when they leave the kernel. {@code Documentation/networking/timestamping.rst}. */
    public static final int SOF_TIMESTAMPING_TX_SOFTWARE = 1 << 1;
    /** Stamp packets when they enter the kernel. {@code Documentation/networking/timestamping.rst}. */
    public static final int SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;
    /** Report the stamps software made. {@code Documentation/networking/timestamping.rst}. */
    public static final int SOF_TIMESTAMPING_SOFTWARE = 1 << 4;

    /** Number transmit stamps. {@code Documentation/networking/timestamping.rst}. */
    public static final int SOF_TIMESTAMPING_OPT_ID = 1 << 7;
    /** Deliver transmit stamps without their packets. {@code Documentation/networking/timestamping.rst}. */
    public static final int SOF_TIMESTAMPING_OPT_TSONLY = 1 << 11;

    private TimestampingHeader() {}
}
