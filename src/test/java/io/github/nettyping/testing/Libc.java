package io.github.nettyping.testing;

import io.github.nettyping.packet.SystemCallException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The C library's calls that the laboratory needs, apart from those of the code under test. Safe for use by many
 * threads.
 *
 * <p>Every call here returns -1 on failure; read {@link #errno()} right after it, on the same thread. None takes more
 * than five arguments: jnr-ffi passes garbage as the sixth integer argument on x86-64.
 */
final class Libc {

    // asm-generic/errno-base.h, errno.h
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    // asm-generic/fcntl.h, the same on x86-64 and AArch64; eventfd(2) and socket(2) use the same bits
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int NONBLOCK = 0x800;
    static final int CLOEXEC = 0x80000;

    /** A new or another network namespace. {@code linux/sched.h}, setns(2). */
    static final int CLONE_NEWNET = 0x40000000;

    /** Data to read. {@code asm-generic/poll.h}, poll(2). */
    static final short POLLIN = 1;

    static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");

    private static final Runtime RUNTIME = Runtime.getRuntime(CALLS);

    private Libc() {}

    /** Functions of the C library, section 2 of the manual. Public since jnr-ffi's generated class implements it. */
    public interface Calls {
        int open(String path, int flags);

        int close(int fd);

        int setns(int fd, int type);

        int socket(int domain, int type, int protocol);

        int connect(int fd, long address, int bytes);

        int setsockopt(int fd, int level, int name, long value, int bytes);

        int ioctl(int fd, long request, long argument);

        int eventfd(int initial, int flags);

        int poll(long descriptors, long count, int timeoutMillis);

        long read(int fd, long buffer, long bytes);

        long write(int fd, long buffer, long bytes);

        int kill(int pid, int signal);

        String strerror(int errno);
    }

    static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    /** Returns a zeroed native-order buffer outside the heap. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Returns the address of a direct buffer's first byte, valid while the buffer is reachable. */
    static long addressOf(Buffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer");
        }
        return Pointer.wrap(RUNTIME, (ByteBuffer) direct).address();
    }

    /** Returns the result of a call unless it is negative; must directly follow the call. */
    static int check(int result, String call) throws SystemCallException {
        if (result < 0) {
            throw failure(call, errno());
        }
        return result;
    }

    static SystemCallException failure(String call, int errno) {
        return new SystemCallException(call, errno, "errno " + errno + " (" + CALLS.strerror(errno) + ")", "");
    }
}
