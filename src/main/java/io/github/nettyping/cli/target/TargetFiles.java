package io.github.nettyping.cli.target;

import io.github.nettyping.target.TargetFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the files that options name. Stateless. */
public final class TargetFiles {

    static final String STANDARD_INPUT = "-";

    private TargetFiles() {}

    /**
     * Hands over the words of a file, or of standard input.
     *
     * @param option that names it
     * @throws IllegalArgumentException if it cannot be read, or a word cannot be used; the message says what and where
     */
    public static void read(String option, String file, InputStream standardInput, Consumer<String> each) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                TargetFile.read(new InputStreamReader(standardInput, StandardCharsets.UTF_8), "standard input", each);
            } else {
                TargetFile.read(Path.of(file), each);
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    option + ' ' + file + ": " + reason(e) + "; expected a readable file, or - for standard input", e);
        }
    }

    private static String reason(Exception e) {
        // These have nothing but the name of the file for their message.
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
