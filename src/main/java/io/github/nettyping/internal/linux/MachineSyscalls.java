package io.github.nettyping.internal.linux;

import io.netty.channel.epoll.Epoll;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/** The system calls of this machine. Loaded at first use; the cause of a failure is kept. */
final class MachineSyscalls {

    private static final @Nullable Syscalls SYSCALLS;
    private static final @Nullable Throwable CAUSE;
    private static final @Nullable String MESSAGE;

    static {
        Syscalls syscalls = null;
        Throwable cause = null;
        String message = null;
        if (!"linux".equals(PlatformDependent.normalizedOs())) {
            message = "unsupported: nettyping runs on Linux only, this is " + System.getProperty("os.name");
        } else {
            try {
                // Before any native of Netty's FileDescriptor.
                Epoll.ensureAvailability();
                syscalls = JnrSyscalls.load();
            } catch (LinkageError | RuntimeException e) {
                cause = e;
                message = "unsupported: the native parts of Netty or jnr-ffi do not load: " + e.getMessage()
                        + " (see nettyping doctor)";
            }
        }
        SYSCALLS = syscalls;
        CAUSE = cause;
        MESSAGE = message;
    }

    private MachineSyscalls() {}

    static Syscalls get() {
        Syscalls syscalls = SYSCALLS;
        if (syscalls == null) {
            throw new UnsupportedOperationException(String.valueOf(MESSAGE), CAUSE);
        }
        return syscalls;
    }
}
