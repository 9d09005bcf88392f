package io.github.nettyping.internal.linux;

import java.util.OptionalInt;

/** The size of a terminal's window: {@code struct winsize} of ioctl_tty(2). Stateless. */
public final class TerminalSize {

    /** {@code struct winsize}: rows, columns, and two more, each of 16 bits. */
    static final int WINSIZE_BYTES = 8;

    static final int WS_COL = 2;

    private TerminalSize() {}

    /** Returns the columns of a terminal; empty if it does not know them or is not a terminal. */
    public static OptionalInt columns(Syscalls syscalls, int fd) {
        try (NativeMemory size = new NativeMemory(WINSIZE_BYTES)) {
            int result = syscalls.ioctl(fd, IoctlsHeader.TIOCGWINSZ, size);
            int columns = Short.toUnsignedInt(size.bytes().getShort(WS_COL));
            return result < 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
        }
    }
}
