package io.github.nettyping.internal.linux;

/** Constants of {@code asm-generic/ioctls.h}, the same on x86-64 and AArch64. */
public final class IoctlsHeader {

    /** Reads the size of a terminal's window. ioctl_tty(2). */
    public static final int TIOCGWINSZ = 0x5413;

    /** Reads how long the next message of a socket is. unix(7). */
    public static final int FIONREAD = 0x541b;

    private IoctlsHeader() {}
}
