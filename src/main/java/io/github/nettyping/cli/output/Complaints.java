package io.github.nettyping.cli.output;

import io.github.nettyping.Pinger;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.ChannelException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What went wrong, in one line on standard error. Stateless. */
public final class Complaints {

    private Complaints() {}

    /** Prints one line, whatever the message holds: file names and targets may contain anything. */
    public static void print(PrintWriter err, String message) {
        err.println("nettyping: " + VisibleText.of(message));
        err.flush();
    }

    /** Says why a run has failed, unless the reader of its output has had enough; returns with which exit code it ends. */
    public static ExitCode failed(PrintWriter err, Throwable failure) {
        if (StandardOutput.isReaderGone(failure)) {
            return ExitCode.READER_GONE;
        }
        if (failure instanceof UnusableException) {
            print(err, String.valueOf(failure.getMessage()));
            return ExitCode.USAGE;
        }
        print(err, of(failure));
        return ExitCode.SYSTEM;
    }

    /** Returns why a pinger has closed by itself; if it has not, that is what must not be. */
    public static Throwable failureOf(Pinger pinger, String otherwise) {
        Throwable closed =
                pinger.statistics().handle((statistics, failure) -> failure).join();
        if (closed == null) {
            return new IllegalStateException(otherwise);
        }
        return closed.getCause() == null ? closed : closed.getCause();
    }

    /** Says of a failure that is no bug what its message says, and of any other one what it is. */
    public static String of(Throwable failure) {
        Optional<String> shortage = MemoryShortage.in(failure);
        if (shortage.isPresent()) {
            return shortage.get();
        }
        Throwable cause = failure.getCause();
        if (cause != null && cause.toString().equals(failure.getMessage())) {
            // Made of its cause alone.
            return of(cause);
        }
        String message = failure.getMessage();
        boolean expected = failure instanceof ChannelException
                || failure instanceof UnsupportedOperationException
                || failure instanceof SystemCallException
                || failure instanceof FileFailure
                || failure instanceof UncheckedIOException;
        if (expected && message != null) {
            return message;
        }
        if (failure instanceof NoClassDefFoundError && cause instanceof ClassNotFoundException) {
            return "the program is not whole: " + message + " cannot be loaded; are all files of target/lib there and"
                    + " readable, and is ulimit -n high enough?";
        }
        StackTraceElement[] trace = failure.getStackTrace();
        return "internal error: " + failure + (trace.length == 0 ? "" : " at " + trace[0]) + "; please report it";
    }
}
