package io.github.nettyping.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that an option names cannot be used; the message names option and file, says why, and what helps. Immutable. */
public final class FileFailure extends IOException {

    private static final long serialVersionUID = 1;

    public FileFailure(String option, Path path, IOException cause, String remedy) {
        super(option + " " + path + ": " + reason(cause) + "; " + remedy, cause);
    }

    /** Returns why a file cannot be created or written, in a few words. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        // These have the name of the file for the rest of their message.
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : String.valueOf(e.getMessage());
    }
}
