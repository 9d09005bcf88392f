package io.github.nettyping.cli;

import io.github.nettyping.cli.output.Complaints;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.internal.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the JVM enters. Needs no class of a library: the JVM ends with 1 if it cannot load the class it is told to run,
 * and with 4 ends whatever is missing afterwards.
 */
public final class Start {

    private Start() {}

    /**
     * Runs {@link Main} if its words can be told and its classes loaded.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        if (System.getProperty("nettyping.try") != null) {
            // The launcher wants to know whether a JVM starts.
            System.out.println("nettyping can start");
            return;
        }
        Optional<String> unreadable = unreadable(args);
        if (unreadable.isPresent()) {
            end(
                    "\"" + unreadable.get()
                            + "\" cannot be read: only words in UTF-8 can, in a UTF-8 locale such as C.UTF-8",
                    ExitCode.USAGE);
        }
        try {
            Main.main(args);
        } catch (LinkageError e) {
            end(Complaints.of(e), ExitCode.SYSTEM);
        }
    }

    private static void end(String message, ExitCode code) {
        Complaints.print(new PrintWriter(System.err, true, StandardCharsets.UTF_8), message);
        System.exit(code.code());
    }

    /** Returns the first word that the JVM could not decode, with the bytes that are no ASCII escaped. */
    private static Optional<String> unreadable(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].indexOf('\uFFFD') >= 0) {
                Optional<byte[]> bytes = bytes(args.length - i);
                // Who writes that character itself is understood.
                if (bytes.isEmpty() || !Arrays.equals(bytes.get(), args[i].getBytes(StandardCharsets.UTF_8))) {
                    return Optional.of(bytes.map(VisibleText::of).orElse(args[i]));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the bytes of the process's last word but some; nothing without /proc. */
    private static Optional<byte[]> bytes(int fromEnd) {
        try {
            String words = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
            String[] all = words.split("\0", -1);
            // After the last NUL stands nothing.
            int index = all.length - 1 - fromEnd;
            return index < 0 ? Optional.empty() : Optional.of(all[index].getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
