package io.github.nettyping.internal.linux;

import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of this machine. Loaded at first use. A failure that cannot change is kept; after trouble that may
 * pass, such as a full disk, the next call tries again. Safe for use by many threads.
 *
 * <p>Netty and jffi load their libraries in class initializers, which run once: whatever goes wrong there stays wrong
 * until the JVM ends. So they run only after what they need has been {@linkplain LoadingNeeds found to be there}, and in a
 * thread that nobody interrupts: jffi unpacks its library through a channel, which an interrupt closes.
 */
final class MachineSyscalls {

    private static volatile @Nullable Syscalls loaded;
    /** Why they can never be loaded; guarded by the class. */
    private static @Nullable Failure never;

    private record Failure(String message, @Nullable Throwable cause) {

        /** Returns it with the stack of this call. */
        UnsupportedOperationException exception() {
            return new UnsupportedOperationException(message, cause);
        }
    }

    private MachineSyscalls() {}

    static Syscalls get() {
        Syscalls syscalls = loaded;
        return syscalls == null ? load() : syscalls;
    }

    private static synchronized Syscalls load() {
        Syscalls syscalls = loaded;
        if (syscalls != null) {
            return syscalls;
        }
        if (never != null) {
            throw never.exception();
        }
        // Netty's own names of the platform are found by reading files.
        String system = System.getProperty("os.name");
        if (!"Linux".equals(system)) {
            never = new Failure("unsupported: nettyping runs on Linux only, this is " + system, null);
            throw never.exception();
        }
        Loader loader = new Loader();
        loader.runInItsThread();
        if (loader.passing != null) {
            throw new UnsupportedOperationException(
                    "the native parts of Netty and jnr-ffi cannot be loaded now: " + loader.passing.getMessage()
                            + "; mend that and try again",
                    loader.passing);
        }
        if (loader.lasting != null) {
            never = new Failure(
                    "unsupported: nettyping cannot work here: " + CallRefusal.of(loader.lasting)
                            + " (see nettyping doctor)",
                    loader.lasting);
            throw never.exception();
        }
        syscalls = loader.syscalls;
        if (syscalls == null) {
            throw new AssertionError("neither loaded nor failed");
        }
        loaded = syscalls;
        return syscalls;
    }

    /** One attempt. Its result is read when its thread has ended. */
    private static final class Loader implements Runnable {

        private @Nullable Syscalls syscalls;
        private @Nullable Throwable passing;
        private @Nullable Throwable lasting;

        void runInItsThread() {
            Thread thread = new Thread(this, "nettyping-loader");
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // No more threads, for now.
                passing = e;
                return;
            }
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                // First of all: a class that cannot be read, because too many files are open, stays lost.
                LoadingNeeds.require();
                // Before any native of Netty's FileDescriptor.
                Epoll.ensureAvailability();
                syscalls = JnrSyscalls.load();
                // The self-test's.
                FastThreadLocal.removeAll();
            } catch (IOException | VirtualMachineError e) {
                passing = e;
            } catch (Throwable t) {
                lasting = t;
            }
        }
    }
}
