package io.github.nettyping.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The end for want of memory. Whatever lacked it may be half done, and a reply that could not be taken in is no silent host: so
 * the process ends. Stateless.
 */
public final class MemoryShortage {

    private static final int MEBIBYTE = 1 << 20;

    /** Causes may form a circle. */
    private static final int MOST_CAUSES = 16;

    private MemoryShortage() {}

    /** Returns what is short and the remedy; empty if the failure has another reason. */
    public static Optional<String> in(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof OutOfMemoryError error) {
                return Optional.of(of(String.valueOf(error.getMessage())));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String of(String message) {
        if (message.contains("thread")) {
            return "no further thread can be started; raise ulimit -u, or the limit of tasks of this cgroup";
        }
        long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
        boolean direct = message.contains("irect");
        return "needs more memory" + (direct ? " outside the heap (" : " than the " + heap + " MiB of its heap (")
                + message + "): NETTYPING_JAVA_OPTS=" + (direct ? "-XX:MaxDirectMemorySize=" : "-Xmx") + 2 * heap + 'm';
    }

    /** Ends the process, in any thread, if that is the reason of a failure. */
    public static void endIfIn(Throwable failure) {
        in(failure).ifPresent(message -> {
            try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
                err.write(("nettyping: " + message + '\n').getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // Nobody listens.
            } finally {
                // Not exit: what would be run then may wait for this very thread, or need memory.
                Runtime.getRuntime().halt(ExitCode.SYSTEM.code());
            }
        });
    }
}
