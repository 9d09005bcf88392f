package io.github.nettyping.internal.linux;

import java.util.OptionalInt;
import jnr.ffi.LibraryLoader;

/** How large the window of a terminal is. Confined to one thread. */
public final class TerminalSize {

    /** {@code struct winsize}: rows, columns, and two more, each of 16 bits. */
    static final int WINSIZE_BYTES = 8;

    static final int WS_COL = 2;

    private final TerminalCalls calls;

    private TerminalSize(TerminalCalls calls) {
        this.calls = calls;
    }

    /**
     * Binds the C library. Netty's native library must be loaded before.
     *
     * @throws UnsatisfiedLinkError if it cannot be bound
     */
    public static TerminalSize load() {
        return new TerminalSize(
                LibraryLoader.create(TerminalCalls.class).failImmediately().load(LibraryLoader.DEFAULT_LIBRARY));
    }

    /** Returns the columns of a terminal; empty if it does not know them, or is none. */
    public OptionalInt columns(int fd) {
        try (NativeMemory size = new NativeMemory(WINSIZE_BYTES)) {
            int result = calls.ioctl(fd, IoctlsHeader.TIOCGWINSZ, size.address());
            int columns = Short.toUnsignedInt(size.bytes().getShort(WS_COL));
            return result < 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
        }
    }
}
