package io.github.nettyping.internal.linux;

import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The system calls through jnr-ffi. Safe for use by many threads. */
final class JnrSyscalls implements Syscalls {

    /** {@code socklen_t}, in and out; one a thread, for the calls that return a length. */
    private static final FastThreadLocal<NativeMemory> LENGTH = new FastThreadLocal<>() {
        @Override
        protected NativeMemory initialValue() {
            return new NativeMemory(Integer.BYTES);
        }

        @Override
        protected void onRemoval(NativeMemory value) {
            value.close();
        }
    };

    private final LibC libc;
    private final Runtime runtime;

    private JnrSyscalls(LibC libc) {
        this.libc = libc;
        this.runtime = Runtime.getRuntime(libc);
    }

    /**
     * Binds the C library and proves that calls through it reach the kernel unchanged. Netty's native library must be
     * loaded before: closing a descriptor is its work.
     *
     * @throws UnsatisfiedLinkError if it cannot be bound or a call is miscompiled
     * @throws IOException          if the kernel has no room now for the socket of the proof
     */
    static JnrSyscalls load() throws IOException {
        // What the process has loaded: the C library is, so there is no need to search the directories for its file.
        JnrSyscalls syscalls = new JnrSyscalls(
                LibraryLoader.create(LibC.class).failImmediately().load(LibraryLoader.DEFAULT_LIBRARY));
        SyscallSelfTest.run(syscalls);
        return syscalls;
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return result(libc.socket(domain, type, protocol));
    }

    @Override
    public int bind(int fd, NativeMemory address, int length) {
        return result(libc.bind(fd, address.address(), length));
    }

    @Override
    public int connect(int fd, NativeMemory address, int length) {
        return result(libc.connect(fd, address.address(), length));
    }

    @Override
    public int getsockname(int fd, NativeMemory address) {
        NativeMemory length = LENGTH.get();
        length.bytes().putInt(0, address.size());
        int result = result(libc.getsockname(fd, address.address(), length.address()));
        return result < 0 ? result : length.bytes().getInt(0);
    }

    @Override
    public int setsockopt(int fd, int level, int option, NativeMemory value, int length) {
        return result(libc.setsockopt(fd, level, option, value.address(), length));
    }

    @Override
    public int getsockopt(int fd, int level, int option, NativeMemory value) {
        NativeMemory length = LENGTH.get();
        length.bytes().putInt(0, value.size());
        int result = result(libc.getsockopt(fd, level, option, value.address(), length.address()));
        return result < 0 ? result : length.bytes().getInt(0);
    }

    @Override
    public int ioctl(int fd, long request, NativeMemory argument) {
        return result(libc.ioctl(fd, request, argument.address()));
    }

    @Override
    public int sendmmsg(int fd, MmsgArray messages, int count, int flags) {
        return result(libc.sendmmsg(fd, messages.address(), count, flags));
    }

    @Override
    public int recvmmsg(int fd, MmsgArray messages, int count, int flags) {
        return result(libc.recvmmsg(fd, messages.address(), count, flags, 0));
    }

    // jnr-ffi saves errno on the way out of every call; it must be read before the next call of this thread.
    private int result(int returned) {
        return returned < 0 ? -runtime.getLastError() : returned;
    }
}
