package io.github.nettyping.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end for want of memory. Whatever lacked it may be half done, and a reply that could not be taken in is no silent host: so
 * the process ends. Stateless.
 */
public final class MemoryShortage {

    private static final int MEBIBYTE = 1 << 20;

    /** Causes may form a circle. */
    private static final int MOST_CAUSES = 16;

    private static final int RESERVE_BYTES = 1 << 16;

    /** Given back at the end, whose words need memory themselves; it is only held. */
    @SuppressWarnings("UnusedVariable")
    private static volatile byte @Nullable [] reserve;

    private MemoryShortage() {}

    /** Sets memory aside for the words of the end; to be called while there is some, which also loads this class. */
    public static void prepare() {
        reserve = new byte[RESERVE_BYTES];
    }

    /** Returns what is short and the remedy; empty if the failure has another reason. */
    public static Optional<String> in(Throwable failure) {
        OutOfMemoryError error = find(failure);
        if (error != null) {
            reserve = null;
        }
        return error == null ? Optional.empty() : Optional.of(of(String.valueOf(error.getMessage())));
    }

    private static @Nullable OutOfMemoryError find(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof OutOfMemoryError error) {
                return error;
            }
            cause = cause.getCause();
        }
        return null;
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
        OutOfMemoryError error = find(failure);
        if (error == null) {
            return;
        }
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            reserve = null;
            err.write(("nettyping: " + of(String.valueOf(error.getMessage())) + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException | OutOfMemoryError e) {
            // Nobody listens, or there is no memory even for words.
        } finally {
            // Not exit: what would be run then may wait for this very thread, or need memory.
            Runtime.getRuntime().halt(ExitCode.SYSTEM.code());
        }
    }
}
