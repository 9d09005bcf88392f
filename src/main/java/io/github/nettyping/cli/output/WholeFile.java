package io.github.nettyping.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that has either its old content or all of the new: written beside its place, then moved there. Devices and pipes
 * are written to as they are. Immutable.
 *
 * @param option the option that names it, for messages
 */
public record WholeFile(String option, Path path) {

    /** Finds out whether it can be written, before a long run shows that it cannot. Throws as {@link #write}. */
    public void check() {
        try {
            if (Files.isDirectory(path)) {
                throw new FileSystemException(path.toString(), null, "is a directory");
            }
            if (isPlain()) {
                Files.delete(Files.createTempFile(directory(), ".nettyping", ".tmp"));
            }
        } catch (IOException e) {
            throw complaint(e);
        }
    }

    /** Writes it. The message of an {@link UncheckedIOException} says why that failed, and what helps. */
    public void write(byte[] content) {
        try {
            if (isPlain()) {
                DurableFile.replace(path, "." + ProcessHandle.current().pid(), content);
            } else {
                Files.write(path, content);
            }
        } catch (IOException e) {
            throw complaint(e);
        }
    }

    private boolean isPlain() {
        return Files.notExists(path) || Files.isRegularFile(path);
    }

    private Path directory() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        return parent;
    }

    private UncheckedIOException complaint(IOException e) {
        return new UncheckedIOException(
                option + " " + path + ": " + FileFailure.reason(e) + "; name a file that can be written", e);
    }
}
