package io.github.nettyping.internal.linux;

import java.util.Optional;

/** Words for system calls that are refused to the whole program, and not for what they were asked. Stateless. */
public final class CallRefusal {

    /** Causes may form a circle. */
    private static final int MOST_CAUSES = 16;

    private static final String FORBIDDEN = "this process lacks the right, or a sandbox such as seccomp forbids it";
    private static final String MISSING = "the kernel, or a sandbox such as gVisor, does not have it";

    private CallRefusal() {}

    /** Tells whether an error number says that nobody here may make the call, whatever it is asked for. */
    static boolean isOfSandbox(int errno) {
        return errno == Errno.EPERM || errno == Errno.EACCES || errno == Errno.ENOSYS;
    }

    /** Returns the likely reason, and the remedy if there is one; empty if the error number may mean anything. */
    public static String remedy(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> FORBIDDEN;
            case Errno.ENOSYS -> MISSING;
            case Errno.EMFILE -> "raise the limit of open files: ulimit -n";
            case Errno.ENFILE -> "this machine has too many open files: see fs.file-max";
            case Errno.ENOMEM, Errno.ENOBUFS -> "the kernel lacks memory for it";
            default -> "";
        };
    }

    /**
     * Returns what lies at the bottom of a failure of Netty, with the likely reason. Netty tells of a refused call in the words of
     * strerror(3), which the C library speaks in the locale of the process; those of English are known here.
     */
    public static String of(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; root.getCause() != null && i < MOST_CAUSES; i++) {
            root = root.getCause();
        }
        String message =
                Optional.ofNullable(root.getMessage()).orElse(root.getClass().getName());
        String remedy = "";
        if (message.contains("Too many open files")) {
            remedy = remedy(message.contains("in system") ? Errno.ENFILE : Errno.EMFILE);
        } else if (message.contains("failed to map segment")) {
            remedy = "is it on a file system mounted noexec? Choose another by -Djava.io.tmpdir";
        } else if (message.contains("Operation not permitted") || message.contains("Permission denied")) {
            remedy = FORBIDDEN;
        } else if (message.contains("Function not implemented")) {
            remedy = MISSING;
        } else if (message.contains("Cannot allocate memory")) {
            remedy = remedy(Errno.ENOMEM);
        }
        return message + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
